package io.alcedo.training.checkpoint;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A tensor in an open {@link TensorFile}. Its elements are read when they are asked for. */
public final class StoredTensor {
  private final Path file;
  private final TensorView view;
  private final StorageBytes storage;

  /** A view that was {@linkplain TensorView#checked() checked}. */
  StoredTensor(Path file, TensorView view, StorageBytes storage) {
    this.file = file;
    this.view = view;
    this.storage = storage;
  }

  public TensorType type() {
    return view.storage().type();
  }

  /** Sizes of its dimensions, outermost first; none for a scalar. */
  public long[] shape() {
    return view.shape().clone();
  }

  public long elements() {
    return view.elements();
  }

  /** Size of what {@link #read} gives, bytes. */
  public long bytes() {
    return view.elements() * type().bytes();
  }

  /**
   * All elements, little-endian, row-major.
   *
   * @throws InvalidInputException if the file went away or became shorter
   */
  public ByteBuffer read() {
    ByteBuffer span = little(view.span() * type().bytes());
    try {
      storage.read(view.offset() * type().bytes(), span);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read any more (%s). Was it changed or moved meanwhile?"
              .formatted(file, e.getMessage()),
          e);
    }
    span.flip();
    return (view.isContiguous() ? span : gathered(span)).asReadOnlyBuffer().order(span.order());
  }

  /** All elements as float32, row-major; wider types lose digits. */
  public float[] floats() {
    return type().floats(read());
  }

  private ByteBuffer gathered(ByteBuffer span) {
    int size = type().bytes();
    ByteBuffer dense = little(bytes());
    long[] shape = view.shape();
    long[] index = new long[shape.length];
    long at = 0;
    while (dense.hasRemaining()) {
      dense.put(dense.position(), span, (int) (at * size), size);
      dense.position(dense.position() + size);
      // Like an odometer: the innermost dimension turns, a full one carries into the next.
      for (int i = shape.length - 1; i >= 0; i--) {
        at += view.stride()[i];
        if (++index[i] < shape[i]) {
          break;
        }
        at -= shape[i] * view.stride()[i];
        index[i] = 0;
      }
    }
    return dense.flip();
  }

  private ByteBuffer little(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          "%s: a tensor takes %d bytes, at most %d can be read. Store it as smaller tensors."
              .formatted(file, bytes, Integer.MAX_VALUE));
    }
    return ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
