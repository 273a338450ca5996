package io.alcedo.operators.stream.preset;

import ai.onnxruntime.OnnxJavaType;
import io.alcedo.connectors.geometry.Placement.Size;
import io.alcedo.connectors.model.ModelManifest.BoxSpace;
import io.alcedo.connectors.model.ModelManifest.ColorOrder;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Layout;
import io.alcedo.connectors.model.ModelManifest.MaskForm;
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
 * Faster and Mask R-CNNs that take one picture float [3, H, W] and give boxes, labels, scores and
 * maybe masks of N objects. Where the graph fixes H and W, pictures are letterboxed to them.
 *
 * @param expects for people
 * @param pixels how pixels become numbers, and how pictures are resized where the graph leaves the
 *     size open; the name is replaced
 * @param usualMasks form of masks where a run without objects does not tell
 * @param usualLabels the classes these models are usually trained on
 */
record RegionCnnConvention(String expects, Input pixels, MaskForm usualMasks, String usualLabels)
    implements Convention {

  /**
   * What {@code torch.onnx.export} makes of a torchvision detector: RGB from 0 to 1, resized and
   * normalised in the graph, boxes and masks of the whole picture in pixels of what went in.
   */
  static final RegionCnnConvention TORCHVISION =
      new RegionCnnConvention(
          "one input float [3,H,W] (RGB, 0 to 1); outputs boxes float [N,4], labels int64 [N],"
              + " scores float [N] and maybe masks float [N,1,H,W]",
          pixels(ColorOrder.RGB, 1 / 255.0, List.of(0.0, 0.0, 0.0), Resize.NONE, null, null, null),
          MaskForm.FULL_IMAGE,
          "coco91");

  /**
   * The ONNX Model Zoo's FasterRCNN and MaskRCNN, from maskrcnn-benchmark: BGR from 0 to 255 minus
   * a mean, short side 800, padded to multiples of 32; masks of 28 x 28 px over each box.
   */
  static final RegionCnnConvention MODEL_ZOO =
      new RegionCnnConvention(
          "one input float [3,H,W] (BGR, 0 to 255 minus the mean, short side 800); outputs boxes"
              + " float [N,4], labels int64 [N], scores float [N] and maybe masks float"
              + " [N,1,28,28], under any names",
          pixels(
              ColorOrder.BGR,
              1,
              List.of(102.9801, 115.9465, 122.7717),
              Resize.SHORT_SIDE,
              800,
              1333,
              32),
          MaskForm.PER_BOX,
          "coco80");

  private static Input pixels(
      ColorOrder order,
      double scale,
      List<Double> mean,
      Resize resize,
      Integer shortSide,
      Integer longSide,
      Integer multipleOf) {
    return new Input(
        null,
        null,
        Layout.CHW,
        NumberType.FLOAT32,
        order,
        scale,
        mean,
        List.of(1.0, 1.0, 1.0),
        resize,
        0,
        0,
        shortSide,
        longSide,
        multipleOf);
  }

  @Override
  public Task task() {
    return Task.DETECTION;
  }

  @Override
  public Optional<Input> input(Map<String, TensorForm> inputs) {
    if (inputs.size() != 1) {
      return Optional.empty();
    }
    String name = inputs.keySet().iterator().next();
    TensorForm form = inputs.get(name);
    if (form.type() != OnnxJavaType.FLOAT || form.rank() != 3 || form.shape().get(0) != 3) {
      return Optional.empty();
    }
    long height = form.shape().get(1);
    long width = form.shape().get(2);
    if (height == TensorForm.ANY && width == TensorForm.ANY) {
      return Optional.of(pixels.named(name));
    }
    boolean isFixed = height > 0 && width > 0;
    return isFixed
        ? Optional.of(
            pixels
                .named(name)
                .on(Resize.LETTERBOX, Math.toIntExact(width), Math.toIntExact(height)))
        : Optional.empty();
  }

  @Override
  public Optional<Outputs> outputs(OutputValues values, Input input, Size canvas) {
    Roles roles = new Roles(values.forms());
    Optional<String> boxes = roles.find("boxes", Roles::isBoxes);
    Optional<String> labels = roles.find("labels", Roles::isLabels);
    Optional<String> scores = roles.find("scores", Roles::isScores);
    Optional<String> masks = roles.find("masks", Roles::isMasks);
    MaskForm form = masks.map(name -> maskForm(values.forms().get(name), canvas)).orElse(null);
    boolean odd = masks.isPresent() && form == null;
    if (boxes.isEmpty() || labels.isEmpty() || scores.isEmpty() || odd) {
      return Optional.empty();
    }
    return Optional.of(
        new Outputs(
            boxes.get(),
            labels.get(),
            scores.get(),
            null,
            masks.orElse(null),
            form == null ? MaskForm.NONE : form,
            input.resize() == Resize.NONE ? BoxSpace.ORIGINAL : BoxSpace.CANVAS,
            null));
  }

  /** Null if masks are neither squares nor of the canvas's size. */
  private MaskForm maskForm(TensorForm masks, Size canvas) {
    long height = masks.shape().get(masks.rank() - 2);
    long width = masks.shape().get(masks.rank() - 1);
    if (height == canvas.height() && width == canvas.width()) {
      return MaskForm.FULL_IMAGE;
    }
    if (height == width && height > 0) {
      return MaskForm.PER_BOX;
    }
    return masks.shape().get(0) == 0 ? usualMasks : null;
  }

  @Override
  public List<String> labels(String chosen, OutputValues values, Outputs outputs) {
    return LabelList.ofDetector(chosen == null ? usualLabels : chosen);
  }
}
