package io.alcedo.operators.stream.inference;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a PNG says of itself (ISO/IEC 15948, 5 and 11.2.2), read without decoding a pixel.
 *
 * @param width px
 * @param height px
 */
record PngHeader(int width, int height) {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int FIRST_CHUNK = Long.BYTES;

  /** Length, type and checksum of a chunk. */
  private static final int FRAME = 12;

  /** Whether the bytes begin as a PNG does. */
  static boolean begins(byte[] bytes) {
    return bytes.length >= FIRST_CHUNK && ByteBuffer.wrap(bytes).getLong() == SIGNATURE;
  }

  /**
   * Reads the size and checks that the picture has an end.
   *
   * @param bytes that begin as a PNG does
   * @throws UndecodableFrameException if this is no whole PNG
   */
  static PngHeader read(byte[] bytes) throws UndecodableFrameException {
    ByteBuffer chunks = ByteBuffer.wrap(bytes);
    PngHeader header = null;
    long at = FIRST_CHUNK;
    while (at + FRAME <= bytes.length) {
      int start = (int) at;
      long length = chunks.getInt(start) & 0xFFFFFFFFL;
      String type = new String(bytes, start + 4, 4, StandardCharsets.US_ASCII);
      if (type.equals("IHDR") && length == 13 && start + 16 <= bytes.length) {
        header = new PngHeader(chunks.getInt(start + 8), chunks.getInt(start + 12));
      }
      at += FRAME + length;
      if (type.equals("IEND") && at <= bytes.length) {
        return complete(header);
      }
    }
    throw new UndecodableFrameException(
        "truncated PNG: %d bytes and no end".formatted(bytes.length));
  }

  private static PngHeader complete(PngHeader header) throws UndecodableFrameException {
    if (header == null || header.width < 1 || header.height < 1) {
      throw new UndecodableFrameException("corrupt PNG: no size before its end");
    }
    return header;
  }
}
