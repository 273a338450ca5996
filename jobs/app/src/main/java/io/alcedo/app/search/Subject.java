package io.alcedo.app.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.alcedo.connectors.event.DetectedObject;

/**
 * What was searched for.
 *
 * @param id of the crop or track; null of a picture
 * @param crop whose picture shows it; null of a picture
 * @param vectors of which the query is the mean
 * @param object the main object of a picture, in px of the upright picture; null if it is none of
 *     one
 */
public record Subject(Kind kind, String id, String crop, int vectors, DetectedObject object) {
  /** What it is. */
  public enum Kind {
    /** The main object of a picture. */
    @JsonProperty("object")
    OBJECT,
    /** A picture as a whole. */
    @JsonProperty("picture")
    PICTURE,
    @JsonProperty("crop")
    CROP,
    @JsonProperty("track")
    TRACK
  }

  static Subject ofPicture(DetectedObject main) {
    return new Subject(main == null ? Kind.PICTURE : Kind.OBJECT, null, null, 1, main);
  }

  static Subject ofCrop(String id) {
    return new Subject(Kind.CROP, id, id, 1, null);
  }

  static Subject ofTrack(String id, String newest, int vectors) {
    return new Subject(Kind.TRACK, id, newest, vectors, null);
  }
}
