package io.alcedo.connectors.event;

import io.alcedo.connectors.geometry.Box;
import java.time.Instant;
import java.util.List;

/**
 * Lines of the topic {@code novelty}: a tracked line of one object, whose attribute says how new it
 * is to its camera, 0 (seen before) to 1 (like nobody).
 */
public final class Novelty {
  /** Name of the attribute; its label is the encoder. */
  public static final String ATTRIBUTE = "novelty";

  private Novelty() {}

  /**
   * The line of one vector.
   *
   * @param embedding with box and size of the frame
   * @param time event time of the line: not before that of the camera's last one
   * @param novelty 0 to 1
   * @throws IllegalArgumentException if its id is not that of a detection
   */
  public static TrackedLine line(Embedding embedding, Instant time, double novelty) {
    Box box = embedding.box();
    DetectedObject object =
        new DetectedObject(
            embedding.id(),
            embedding.label(),
            1,
            box,
            null,
            List.of(new Attribute(ATTRIBUTE, embedding.encoder(), novelty)));
    DetectionLine line =
        new DetectionLine(
            FrameId.ofObject(embedding.id()),
            embedding.ref(),
            time,
            embedding.published(),
            LineStatus.OK,
            null,
            embedding.encoder(),
            embedding.frameSize().width(),
            embedding.frameSize().height(),
            List.of(object));
    TrackedObject tracked =
        new TrackedObject(object, embedding.track(), TrackState.CONFIRMED, time);
    return new TrackedLine(line, List.of(tracked), List.of());
  }
}
