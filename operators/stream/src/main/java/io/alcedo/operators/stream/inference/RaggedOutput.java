package io.alcedo.operators.stream.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.model.ModelManifest;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch's detections as the graph gives them, copied to the heap: M objects of all pictures.
 *
 * @param boxes [M, 4] xyxy, px of the canvas
 * @param labels [M]
 * @param scores [M]
 * @param picture [M] index of the picture in the batch
 * @param masks [M, side, side], empty where the model has none
 */
record RaggedOutput(
    float[] boxes, long[] labels, float[] scores, long[] picture, float[] masks, int side) {

  /** Copies the outputs. */
  static RaggedOutput read(OrtSession.Result result, ModelManifest.Outputs names) {
    boolean hasMasks = names.masks() != null;
    return new RaggedOutput(
        floats(tensor(result, names.boxes())),
        longs(tensor(result, names.labels())),
        floats(tensor(result, names.scores())),
        longs(tensor(result, names.batchIndex())),
        hasMasks ? floats(tensor(result, names.masks())) : new float[0],
        hasMasks ? (int) tensor(result, names.masks()).getInfo().getShape()[1] : 0);
  }

  /** Parts them by picture. */
  List<Detections> split(int pictures) {
    int[] counts = new int[pictures];
    for (long index : picture) {
      if (index < 0 || index >= pictures) {
        throw new InferenceException(
            "the model names picture %d of a batch of %d".formatted(index, pictures));
      }
      counts[(int) index]++;
    }
    List<Detections> parts = new ArrayList<>(pictures);
    for (int i = 0; i < pictures; i++) {
      parts.add(part(i, counts[i]));
    }
    return parts;
  }

  private Detections part(int index, int count) {
    int area = side * side;
    float[] partBoxes = new float[4 * count];
    int[] partLabels = new int[count];
    float[] partScores = new float[count];
    float[] partMasks = new float[area * count];
    int next = 0;
    for (int i = 0; i < picture.length; i++) {
      if (picture[i] == index) {
        System.arraycopy(boxes, 4 * i, partBoxes, 4 * next, 4);
        partLabels[next] = Math.toIntExact(labels[i]);
        partScores[next] = scores[i];
        System.arraycopy(masks, area * i, partMasks, area * next, area);
        next++;
      }
    }
    return new Detections(partBoxes, partLabels, partScores, partMasks, side);
  }

  private static OnnxTensor tensor(OrtSession.Result result, String name) {
    return (OnnxTensor)
        result
            .get(name)
            .orElseThrow(() -> new InferenceException("the model gave no output " + name));
  }

  private static float[] floats(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static long[] longs(OnnxTensor tensor) {
    LongBuffer buffer = tensor.getLongBuffer();
    long[] values = new long[buffer.remaining()];
    buffer.get(values);
    return values;
  }
}
