package io.alcedo.operators.stream.inference;

import java.util.Locale;

/**
 * What a JPEG says of itself (ITU-T T.81, annex B), read without decoding a pixel, so that a
 * picture that would fill the memory is refused before it does.
 *
 * @param width px
 * @param height px
 */
record JpegHeader(int width, int height) {
  private static final int START_OF_SCAN = 0xDA;

  /**
   * Reads the markers up to the first scan and checks that the picture has an end.
   *
   * @throws UndecodableFrameException if this is no whole JPEG
   */
  static JpegHeader read(byte[] bytes) throws UndecodableFrameException {
    if (bytes.length == 0) {
      throw new UndecodableFrameException("zero bytes");
    }
    if (bytes.length < 4 || unsigned(bytes, 0) != 0xFF || unsigned(bytes, 1) != 0xD8) {
      throw new UndecodableFrameException("not a JPEG image: begins with " + start(bytes));
    }
    JpegHeader header = null;
    int at = 2;
    while (at + 4 <= bytes.length) {
      if (unsigned(bytes, at) != 0xFF) {
        throw new UndecodableFrameException("corrupt JPEG: no marker at byte " + at);
      }
      int marker = unsigned(bytes, at + 1);
      if (marker == 0xFF) {
        at++;
        continue;
      }
      if (isStartOfFrame(marker) && at + 9 <= bytes.length) {
        header = new JpegHeader(number(bytes, at + 7), number(bytes, at + 5));
      }
      if (marker == START_OF_SCAN) {
        return complete(header, bytes, at);
      }
      boolean alone = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
      at += 2 + (alone ? 0 : number(bytes, at + 2));
    }
    throw new UndecodableFrameException(
        "truncated JPEG: ends after %d bytes, before its pixels".formatted(bytes.length));
  }

  private static JpegHeader complete(JpegHeader header, byte[] bytes, int scan)
      throws UndecodableFrameException {
    if (header == null || header.width == 0 || header.height == 0) {
      throw new UndecodableFrameException("corrupt JPEG: no size before the pixels");
    }
    // Inside the pixels 0xFF is always followed by 0 or a restart, so this is the real end; the
    // decoder would fill what is missing with grey and say nothing.
    for (int at = bytes.length - 2; at > scan; at--) {
      if (unsigned(bytes, at) == 0xFF && unsigned(bytes, at + 1) == 0xD9) {
        return header;
      }
    }
    throw new UndecodableFrameException(
        "truncated JPEG: %d bytes and no end marker".formatted(bytes.length));
  }

  private static boolean isStartOfFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static int unsigned(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }

  private static int number(byte[] bytes, int at) {
    return unsigned(bytes, at) << 8 | unsigned(bytes, at + 1);
  }

  private static String start(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(4, bytes.length); i++) {
      text.append(String.format(Locale.ROOT, "%s%02x", i == 0 ? "" : " ", bytes[i]));
    }
    return text.toString();
  }
}
