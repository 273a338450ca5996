package io.alcedo.connectors.event;

import java.time.Instant;
import java.util.List;

/**
 * One line of the {@code detections} topic. Every published frame has exactly one line whose status
 * is {@code ok}, {@code dropped} or {@code dead}; heartbeats and ends of sessions have lines of
 * their own, so that time passes for those who read this topic only.
 *
 * @param frame the frame; of a heartbeat or an end, the sequence that the next frame would have
 * @param ref where the frame's bytes lie
 * @param captureTime event time
 * @param published when the publisher sent the frame
 * @param status what became of it
 * @param reason why, where the status is DROPPED or DEAD, else null
 * @param model name@sha256 prefix of the model that ran, null where none did
 * @param width px of the original frame
 * @param height px of the original frame
 * @param picture what its picture is like; null where it was not decoded
 * @param objects best score first; empty unless the status is OK
 * @param classifier name@sha256 prefix of the model that gave the attributes, the objects' too;
 *     null where none ran
 * @param attributes what it said of the whole frame, best score first
 * @param encoder name@sha256 prefix of the model that says what the objects look like; null where
 *     none ran
 */
public record DetectionLine(
    FrameId frame,
    FrameRef ref,
    Instant captureTime,
    Instant published,
    LineStatus status,
    String reason,
    String model,
    int width,
    int height,
    PictureFacts picture,
    List<DetectedObject> objects,
    String classifier,
    List<Attribute> attributes,
    String encoder) {

  public DetectionLine {
    objects = List.copyOf(objects);
    attributes = List.copyOf(attributes);
  }

  /** A line of a detector alone. */
  public DetectionLine(
      FrameId frame,
      FrameRef ref,
      Instant captureTime,
      Instant published,
      LineStatus status,
      String reason,
      String model,
      int width,
      int height,
      List<DetectedObject> objects) {
    this(
        frame,
        ref,
        captureTime,
        published,
        status,
        reason,
        model,
        width,
        height,
        null,
        objects,
        null,
        List.of(),
        null);
  }

  /** The line of a record that no model saw. */
  public static DetectionLine without(CameraRecord record, LineStatus status, String reason) {
    return new DetectionLine(
        record.id(),
        record.ref(),
        record.captureTime(),
        record.published(),
        status,
        reason,
        null,
        record.width(),
        record.height(),
        List.of());
  }

  /** The same, of a picture that was looked at as such. */
  public DetectionLine with(PictureFacts facts) {
    return completed(facts, objects, classifier, attributes, encoder);
  }

  /** The same, as a classifier completed it. */
  public DetectionLine classified(
      String by, List<DetectedObject> withAttributes, List<Attribute> ofFrame) {
    return completed(picture, withAttributes, by, ofFrame, encoder);
  }

  /** The same, as an encoder completed it. */
  public DetectionLine encoded(String by, List<DetectedObject> withAppearance) {
    return completed(picture, withAppearance, classifier, attributes, by);
  }

  /** What stages behind the detector add. */
  private DetectionLine completed(
      PictureFacts facts,
      List<DetectedObject> all,
      String classifiedBy,
      List<Attribute> ofFrame,
      String encodedBy) {
    return new DetectionLine(
        frame,
        ref,
        captureTime,
        published,
        status,
        reason,
        model,
        width,
        height,
        facts,
        all,
        classifiedBy,
        ofFrame,
        encodedBy);
  }
}
