package io.alcedo.app.http;

import io.alcedo.app.index.LiveIndex;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Pictures of crops, by id. What an id stands for never changes. */
record CropRoute(LiveIndex live) implements Handler {
  /** Those that the store can have. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._/#-]{1,200}");

  @Override
  public void handle(Context context) throws IOException {
    String id = context.pathParam("id");
    Optional<byte[]> found = ID.matcher(id).matches() ? live.crops().find(id) : Optional.empty();
    byte[] jpeg = found.orElseThrow(() -> missing(id));
    context
        .contentType("image/jpeg")
        .header("Cache-Control", "private, max-age=31536000, immutable")
        .result(jpeg);
  }

  private static NotFoundResponse missing(String id) {
    return new NotFoundResponse(
        "there is no picture of a crop '%s': none was cut, or it is not kept any more"
            .formatted(id));
  }
}
