package io.alcedo.operators.stream.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run's outputs by name, copied to the heap. */
public final class OutputValues {
  private final OrtSession.Result result;

  OutputValues(OrtSession.Result result) {
    this.result = result;
  }

  /** Types and shapes as they really came out. */
  public Map<String, TensorForm> forms() {
    Map<String, TensorForm> forms = new LinkedHashMap<>();
    result.forEach(entry -> forms.put(entry.getKey(), TensorForm.of(entry.getValue().getInfo())));
    return forms;
  }

  /** Shape of an output. */
  long[] shape(String name) {
    return tensor(name).getInfo().getShape();
  }

  /** An output of float32. */
  public float[] floats(String name) {
    FloatBuffer buffer = tensor(name).getFloatBuffer();
    if (buffer == null) {
      throw new InferenceException("output %s is no float".formatted(name));
    }
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  /** An output of int64 or int32 whose values fit into an int. */
  int[] ints(String name) {
    OnnxTensor tensor = tensor(name);
    if (tensor.getInfo().type == OnnxJavaType.INT32) {
      IntBuffer buffer = tensor.getIntBuffer();
      int[] values = new int[buffer.remaining()];
      buffer.get(values);
      return values;
    }
    LongBuffer buffer = tensor.getLongBuffer();
    if (buffer == null) {
      throw new InferenceException("output %s is no whole number".formatted(name));
    }
    int[] values = new int[buffer.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.toIntExact(buffer.get(i));
    }
    return values;
  }

  private OnnxTensor tensor(String name) {
    return (OnnxTensor)
        result
            .get(name)
            .orElseThrow(() -> new InferenceException("the model gave no output " + name));
  }
}
