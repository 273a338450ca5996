package io.alcedo.operators.continual.learn;

import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;

/** An encoder's weights and running statistics on the heap. */
public final class EncoderWeights {
  private static final String WEIGHT = "weight/";
  private static final String BUFFER = "buffer/";

  private EncoderWeights() {}

  /** A copy of what an encoder is now. */
  public static Map<String, Entry> copy(Parameters parameters) {
    Map<String, Entry> weights = new LinkedHashMap<>();
    parameters
        .trainable()
        .forEach(
            (name, tensor) ->
                weights.put(WEIGHT + name, Entry.of(Tensors.floats(tensor), tensor.shape())));
    parameters
        .buffers()
        .forEach(
            (name, tensor) ->
                weights.put(BUFFER + name, Entry.of(Tensors.floats(tensor), tensor.shape())));
    return weights;
  }

  /** Parameters with these values; the caller closes them. */
  public static Parameters load(Map<String, Entry> weights) {
    Parameters parameters = new Parameters();
    weights.forEach(
        (name, entry) -> {
          if (name.startsWith(WEIGHT)) {
            parameters.putTrainable(name.substring(WEIGHT.length()), entry.floats(), entry.shape());
          } else {
            parameters.putBuffer(name.substring(BUFFER.length()), entry.floats(), entry.shape());
          }
        });
    return parameters;
  }
}
