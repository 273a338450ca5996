package io.alcedo.operators.stream.preset;

import ai.onnxruntime.OnnxJavaType;
import io.alcedo.connectors.geometry.Placement.Size;
import io.alcedo.connectors.model.ModelManifest.ColorOrder;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Layout;
import io.alcedo.connectors.model.ModelManifest.NumberType;
import io.alcedo.connectors.model.ModelManifest.Outputs;
import io.alcedo.connectors.model.ModelManifest.Resize;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.operators.stream.inference.OutputValues;
import io.alcedo.operators.stream.inference.TensorForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plain classifier as torchvision and the ONNX Model Zoo have them: float [N, 3, H, W], RGB,
 * normalised as for ImageNet, the middle of the picture; out come [N, classes] logits, or
 * probabilities where the softmax is in the graph.
 */
record ClassifierConvention() implements Convention {
  /** Where a graph leaves the size open, its training did not. */
  private static final int USUAL_SIDE = 224;

  private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
  private static final List<Double> STD = List.of(0.229, 0.224, 0.225);

  /** How near to 1 float probabilities add up. */
  private static final double NEAR = 1e-3;

  @Override
  public Task task() {
    return Task.CLASSIFICATION;
  }

  @Override
  public String expects() {
    return "one input float [N,3,H,W] with N open or 1 (RGB, normalised as for ImageNet); one output"
        + " float [N,classes]";
  }

  @Override
  public Optional<Input> input(Map<String, TensorForm> inputs) {
    if (inputs.size() != 1) {
      return Optional.empty();
    }
    String name = inputs.keySet().iterator().next();
    TensorForm form = inputs.get(name);
    boolean isPicture =
        form.type() == OnnxJavaType.FLOAT && form.rank() == 4 && form.shape().get(1) == 3;
    if (!isPicture || (form.shape().get(0) != TensorForm.ANY && form.shape().get(0) != 1)) {
      return Optional.empty();
    }
    return Optional.of(centerCrop(name, side(form, 3), side(form, 2)));
  }

  private static int side(TensorForm form, int dimension) {
    long side = form.shape().get(dimension);
    return side == TensorForm.ANY ? USUAL_SIDE : Math.toIntExact(side);
  }

  /** ImageNet's: of 256 px the middle 224, and in proportion. */
  private static Input centerCrop(String name, int width, int height) {
    int shortSide = (int) Math.round(Math.max(width, height) * 256.0 / 224);
    return new Input(
        name,
        null,
        Layout.NCHW,
        NumberType.FLOAT32,
        ColorOrder.RGB,
        1 / 255.0,
        MEAN,
        STD,
        Resize.CENTER_CROP,
        width,
        height,
        shortSide,
        null,
        null);
  }

  @Override
  public Optional<Outputs> outputs(OutputValues values, Input input, Size canvas) {
    return new Roles(values.forms())
        .find("logits", Roles::isClasses)
        .map(
            name ->
                areProbabilities(values.floats(name))
                    ? new Outputs(null, null, name, null, null, null, null, null)
                    : Outputs.classifier(name));
  }

  private static boolean areProbabilities(float[] scores) {
    double sum = 0;
    for (float score : scores) {
      if (!(score >= 0 && score <= 1)) {
        return false;
      }
      sum += score;
    }
    return Math.abs(sum - 1) < NEAR;
  }

  @Override
  public List<String> labels(String chosen, OutputValues values, Outputs outputs) {
    String name = outputs.logits() == null ? outputs.scores() : outputs.logits();
    return LabelList.ofClassifier(chosen, values.floats(name).length);
  }
}
