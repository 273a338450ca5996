package io.alcedo.app.bench;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.alcedo.connectors.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How pictures go into a graph that has no manifest, from its signature. Known are float [N, 3, H,
 * W], [3, H, W] and [N, H, W, 3], RGB from 0 to 1, and uint8 [N, H, W, 3]; beside it may be sizes,
 * float [N, 4].
 *
 * @param name of the pictures' input
 * @param planes channels first
 * @param batched whether there is a first dimension of pictures
 * @param sizes name of the sizes' input, or null
 */
record GraphInput(
    String name,
    OnnxJavaType type,
    boolean planes,
    boolean batched,
    int width,
    int height,
    String sizes) {
  private static final int CHANNELS = 3;
  private static final String KNOWN =
      "expected float [N, 3, H, W], [3, H, W] or [N, H, W, 3], or uint8 [N, H, W, 3], and at most sizes, float [N, 4], beside it";

  /**
   * Reads a signature.
   *
   * @param width of pictures where the graph leaves it open, px
   * @param height likewise
   * @throws InvalidInputException if no picture can be put in; says what was found
   */
  static GraphInput of(OrtSession session, Path file, int width, int height, int batch)
      throws OrtException {
    Collection<NodeInfo> inputs = session.getInputInfo().values();
    GraphInput pictures = null;
    String sizes = null;
    int understood = 0;
    for (NodeInfo input : inputs) {
      if (input.getInfo() instanceof TensorInfo tensor) {
        GraphInput read = pictures(input.getName(), tensor, width, height, batch);
        boolean isSizes = tensor.getShape().length == 2 && tensor.getShape()[1] == 4;
        understood += read != null || isSizes ? 1 : 0;
        pictures = read == null ? pictures : read;
        sizes = isSizes ? input.getName() : sizes;
      }
    }
    if (pictures == null || understood != inputs.size()) {
      throw new InvalidInputException(
          "%s: its inputs are %s for a batch of %d; %s"
              .formatted(file, describe(inputs), batch, KNOWN));
    }
    return new GraphInput(
        pictures.name,
        pictures.type,
        pictures.planes,
        pictures.batched,
        pictures.width,
        pictures.height,
        sizes);
  }

  private static GraphInput pictures(
      String name, TensorInfo tensor, int width, int height, int batch) {
    long[] shape = tensor.getShape();
    boolean batched = shape.length == 4;
    boolean typed = tensor.type == OnnxJavaType.FLOAT || (tensor.type == OnnxJavaType.UINT8);
    if (!typed || (!batched && shape.length != 3) || (!batched && batch != 1)) {
      return null;
    }
    if (batched && shape[0] > 0 && shape[0] != batch) {
      return null;
    }
    int first = batched ? 1 : 0;
    boolean planes = shape[first] == CHANNELS && tensor.type == OnnxJavaType.FLOAT;
    if (!planes && (!batched || shape[3] != CHANNELS)) {
      return null;
    }
    long h = shape[planes ? first + 1 : first];
    long w = shape[planes ? first + 2 : first + 1];
    return new GraphInput(
        name,
        tensor.type,
        planes,
        batched,
        w > 0 ? Math.toIntExact(w) : width,
        h > 0 ? Math.toIntExact(h) : height,
        null);
  }

  private static String describe(Collection<NodeInfo> inputs) {
    return inputs.stream()
        .map(
            input ->
                input.getInfo() instanceof TensorInfo tensor
                    ? input.getName() + " " + tensor.type + Arrays.toString(tensor.getShape())
                    : input.getName() + " " + input.getInfo())
        .toList()
        .toString();
  }

  /**
   * Tensors of a batch; the caller closes them.
   *
   * @param rgb [N, H, W, 3]
   */
  Map<String, OnnxTensor> tensors(byte[] rgb, int batch) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape =
        !batched
            ? new long[] {CHANNELS, height, width}
            : planes
                ? new long[] {batch, CHANNELS, height, width}
                : new long[] {batch, height, width, CHANNELS};
    Map<String, OnnxTensor> tensors = new HashMap<>();
    tensors.put(
        name,
        type == OnnxJavaType.UINT8
            ? OnnxTensor.createTensor(
                environment, ByteBuffer.allocateDirect(rgb.length).put(rgb).flip(), shape, type)
            : OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats(rgb)), shape));
    if (sizes != null) {
      float[] values = new float[4 * batch];
      for (int i = 0; i < values.length; i++) {
        values[i] = i % 2 == 0 ? width : height;
      }
      tensors.put(
          sizes,
          OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), new long[] {batch, 4}));
    }
    return tensors;
  }

  private float[] floats(byte[] rgb) {
    float[] values = new float[rgb.length];
    int area = width * height;
    for (int i = 0; i < rgb.length; i++) {
      float value = (rgb[i] & 0xff) / 255f;
      int picture = i / (CHANNELS * area);
      int pixel = i % (CHANNELS * area) / CHANNELS;
      int to = planes ? (picture * CHANNELS + i % CHANNELS) * area + pixel : i;
      values[to] = value;
    }
    return values;
  }
}
