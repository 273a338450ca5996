package io.alcedo.connectors.wire;

import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.FrameSize;
import io.alcedo.connectors.geometry.Box;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Where an object is: {@code box} is left, top, width and height in px of the frame, to 0.01;
 * {@code frameSize} is 1280x720, {@code ref} is frames-2@99: the frame's topic, partition and
 * offset. The last two may be missing.
 */
final class PlaceHeaders {
  private static final String BOX = "box";
  private static final String FRAME_SIZE = "frameSize";
  private static final String REF = "ref";

  private PlaceHeaders() {}

  static void put(
      ProducerRecord<byte[], byte[]> record, Box box, FrameSize frameSize, FrameRef ref) {
    HeaderText.put(
        record,
        BOX,
        String.format(
            Locale.ROOT, "%.2f,%.2f,%.2f,%.2f", box.x(), box.y(), box.width(), box.height()));
    if (frameSize != null) {
      HeaderText.put(record, FRAME_SIZE, frameSize);
    }
    if (ref != null) {
      HeaderText.put(record, REF, ref);
    }
  }

  /** Throws IllegalArgumentException if its numbers are none, or no box. */
  static Box box(Headers headers) throws WireFormatException {
    String text = HeaderText.text(headers, BOX);
    String[] sides = text.split(",", -1);
    if (sides.length != 4) {
      throw new WireFormatException(
          "header 'box' is '%s', expected left,top,width,height".formatted(text));
    }
    return new Box(
        Double.parseDouble(sides[0]),
        Double.parseDouble(sides[1]),
        Double.parseDouble(sides[2]),
        Double.parseDouble(sides[3]));
  }

  /** Null if it is missing. */
  static FrameSize frameSize(Headers headers) throws WireFormatException {
    return headers.lastHeader(FRAME_SIZE) == null
        ? null
        : FrameSize.parse(HeaderText.text(headers, FRAME_SIZE));
  }

  /** Null if it is missing. */
  static FrameRef ref(Headers headers) throws WireFormatException {
    return headers.lastHeader(REF) == null ? null : FrameRef.parse(HeaderText.text(headers, REF));
  }
}
