package io.alcedo.training.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A run of bytes in an open file. */
@FunctionalInterface
interface StorageBytes {
  /** Fills the buffer from a place, bytes from the start of the run. */
  void read(long position, ByteBuffer into) throws IOException;

  /** Part of a file. */
  static StorageBytes in(FileChannel channel, long start) {
    return (position, into) -> {
      long next = start + position;
      while (into.hasRemaining()) {
        int count = channel.read(into, next);
        if (count < 0) {
          throw new EOFException("the file became shorter");
        }
        next += count;
      }
    };
  }
}
