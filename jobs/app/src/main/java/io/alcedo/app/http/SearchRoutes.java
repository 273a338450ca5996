package io.alcedo.app.http;

import io.alcedo.app.search.CropSearch;
import io.alcedo.app.search.SearchAnswer;
import io.alcedo.connectors.InvalidInputException;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;

/** Searches by picture, crop and track. */
record SearchRoutes(CropSearch search, Clock clock) {
  /** A picture of 64 megapixels has this size; what is larger is none that one searches with. */
  static final int MAX_PICTURE_BYTES = 20 << 20;

  void byPicture(Context context) throws IOException {
    SearchParameters parameters = parameters(context, "whole");
    boolean whole = parameters.flag("whole");
    reply(context, search.byPicture(picture(context), whole, parameters.options()));
  }

  void byId(Context context) {
    SearchParameters parameters = parameters(context, "crop", "track");
    String crop = parameters.text("crop");
    String track = parameters.text("track");
    if ((crop == null) == (track == null)) {
      throw new InvalidInputException(
          "expected either crop=ID or track=ID, or a POST with a picture as its body");
    }
    reply(
        context,
        crop != null
            ? search.byCrop(crop, parameters.options())
            : search.byTrack(track, parameters.options()));
  }

  private SearchParameters parameters(Context context, String... more) {
    try {
      return new SearchParameters(context.queryParamMap(), clock, more);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("the parameters are not URL-encoded", e);
    }
  }

  /** Reads no more than the limit, whatever the request says of its length. */
  private static byte[] picture(Context context) throws IOException {
    if (context.req().getContentLengthLong() > MAX_PICTURE_BYTES) {
      throw tooLarge();
    }
    byte[] picture = context.bodyInputStream().readNBytes(MAX_PICTURE_BYTES + 1);
    if (picture.length > MAX_PICTURE_BYTES) {
      throw tooLarge();
    }
    return picture;
  }

  private static ContentTooLargeResponse tooLarge() {
    return new ContentTooLargeResponse(
        "the picture is over the limit of %d MB. Give a smaller one."
            .formatted(MAX_PICTURE_BYTES >> 20));
  }

  private static void reply(Context context, SearchAnswer answer) {
    context.contentType(Json.TYPE).result(Json.bytes(SearchReply.of(answer)));
  }
}
