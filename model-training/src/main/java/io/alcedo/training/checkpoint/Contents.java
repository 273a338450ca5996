package io.alcedo.training.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/** A file's tensors and where their bytes are, whatever the format. */
record Contents(Map<String, String> metadata, Map<String, Located> tensors) {
  /** A pickle or JSON header is some 100 bytes a tensor; in memory it takes several times that. */
  static final int MOST_HEADER_BYTES = 16 << 20;

  /**
   * A tensor and its storage's bytes.
   *
   * @param storage its first byte is the storage's
   */
  record Located(TensorView view, StorageBytes storage) {}

  static Contents of(TorchState state, Map<String, StorageBytes> storages) {
    Map<String, Located> tensors = new LinkedHashMap<>();
    state
        .tensors()
        .forEach(
            (name, view) ->
                tensors.put(name, new Located(view, storages.get(view.storage().key()))));
    return new Contents(state.metadata(), tensors);
  }

  /** Bytes of all tensors written out; views of one storage count each. */
  long bytes() {
    long sum = 0;
    for (Located tensor : tensors.values()) {
      long bytes = tensor.view().elements() * tensor.view().storage().type().bytes();
      sum = sum + bytes < 0 ? Long.MAX_VALUE : sum + bytes;
    }
    return sum;
  }
}
