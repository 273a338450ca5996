package io.alcedo.connectors.pictures;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Text that a JPEG file carries beside its picture: the segment COM of ITU-T T.81, which those who
 * show pictures pass over. The picture itself is not touched.
 */
public final class JpegComment {
  /** Longest text, in bytes of UTF-8: a segment's length has 16 bits. */
  public static final int MAX_BYTES = 65_533;

  private static final int START = 0xffd8;
  private static final int FIRST_APPLICATION = 0xffe0;
  private static final int LAST_APPLICATION = 0xffef;
  private static final int COMMENT = 0xfffe;
  private static final int SCAN = 0xffda;

  private JpegComment() {}

  /**
   * The file with a text as its first comment, behind what applications wrote at its beginning.
   *
   * @throws IllegalArgumentException if it is no JPEG, or the text is longer than {@link
   *     #MAX_BYTES}
   */
  public static byte[] put(byte[] jpeg, String text) {
    byte[] comment = text.getBytes(StandardCharsets.UTF_8);
    if (comment.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the comment has %d bytes, expected %d at most".formatted(comment.length, MAX_BYTES));
    }
    ByteBuffer file = opened(jpeg);
    while (isApplication(marker(file))) {
      skip(file);
    }
    int at = file.position();
    return ByteBuffer.allocate(jpeg.length + comment.length + 4)
        .put(jpeg, 0, at)
        .putShort((short) COMMENT)
        .putShort((short) (comment.length + 2))
        .put(comment)
        .put(jpeg, at, jpeg.length - at)
        .array();
  }

  /** The first comment; empty if there is none, or it is no JPEG. */
  public static Optional<String> find(byte[] jpeg) {
    try {
      ByteBuffer file = opened(jpeg);
      for (int marker = marker(file); marker != SCAN; marker = marker(file)) {
        if (marker == COMMENT) {
          int length = Short.toUnsignedInt(file.getShort(file.position() + 2)) - 2;
          byte[] text = new byte[Math.max(0, length)];
          file.get(file.position() + 4, text);
          return Optional.of(new String(text, StandardCharsets.UTF_8));
        }
        skip(file);
      }
      return Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** At its first segment. */
  private static ByteBuffer opened(byte[] jpeg) {
    ByteBuffer file = ByteBuffer.wrap(jpeg);
    if (jpeg.length < 4 || Short.toUnsignedInt(file.getShort()) != START) {
      throw new IllegalArgumentException("no JPEG: it does not begin with ff d8");
    }
    return file;
  }

  private static int marker(ByteBuffer file) {
    if (file.remaining() < 4) {
      throw new IllegalArgumentException("the JPEG ends before its picture begins");
    }
    return Short.toUnsignedInt(file.getShort(file.position()));
  }

  private static boolean isApplication(int marker) {
    return marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION;
  }

  private static void skip(ByteBuffer file) {
    int length = Short.toUnsignedInt(file.getShort(file.position() + 2));
    if (length < 2 || length + 2 > file.remaining()) {
      throw new IllegalArgumentException(
          "the JPEG is damaged: a segment of %d bytes, of which %d are there"
              .formatted(length, file.remaining() - 2));
    }
    file.position(file.position() + 2 + length);
  }
}
