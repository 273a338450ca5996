package io.alcedo.training.checkpoint;

/**
 * Where a tensor's elements lie in a storage: element (i, j, …) at offset + i·stride₀ + j·stride₁ +
 * …, counted in elements.
 *
 * @param stride 0 repeats an element; never negative
 */
record TensorView(Storage storage, long offset, long[] shape, long[] stride) {

  /**
   * A named run of elements of a checkpoint, shared by its views.
   *
   * @param key its name in the file
   */
  record Storage(String key, TensorType type, long elements) {
    /** Size in bytes. */
    long bytes() throws RefusedException {
      try {
        return Math.multiplyExact(elements, type.bytes());
      } catch (ArithmeticException e) {
        throw RefusedException.damaged("a storage claims %d elements".formatted(elements));
      }
    }
  }

  /** A row-major view from the first element on. */
  static TensorView whole(Storage storage, long[] shape) {
    long[] stride = new long[shape.length];
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      stride[i] = step;
      step *= Math.max(1, shape[i]);
    }
    return new TensorView(storage, 0, shape, stride);
  }

  /** Refuses a view that reaches beyond its storage. */
  TensorView checked() throws RefusedException {
    if (shape.length != stride.length) {
      throw RefusedException.damaged(
          "a tensor has %d sizes and %d strides".formatted(shape.length, stride.length));
    }
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 0 || stride[i] < 0) {
        throw RefusedException.damaged("a tensor has a negative size or stride");
      }
    }
    try {
      if (offset < 0 || Math.addExact(offset, span()) > storage.elements()) {
        throw RefusedException.damaged(
            "a tensor reaches to element %d of a storage of %d"
                .formatted(offset + span(), storage.elements()));
      }
      Math.multiplyExact(elements(), (long) storage.type().bytes());
    } catch (ArithmeticException e) {
      throw RefusedException.damaged("a tensor has an impossible shape");
    }
    return this;
  }

  long elements() {
    long count = 1;
    for (long side : shape) {
      if (side == 0) {
        return 0;
      }
      count = Math.multiplyExact(count, side);
    }
    return count;
  }

  /** Elements from the first to the last that it touches, inclusive; 0 when empty. */
  long span() {
    if (elements() == 0) {
      return 0;
    }
    long last = 0;
    for (int i = 0; i < shape.length; i++) {
      last = Math.addExact(last, Math.multiplyExact(shape[i] - 1, stride[i]));
    }
    return Math.addExact(last, 1);
  }

  /** Whether its elements lie one after the other in row-major order. */
  boolean isContiguous() {
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] != 1 && stride[i] != step) {
        return elements() == 0;
      }
      step *= shape[i];
    }
    return true;
  }
}
