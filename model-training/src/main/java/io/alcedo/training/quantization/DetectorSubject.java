package io.alcedo.training.quantization;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.Letterbox;
import io.alcedo.connectors.geometry.MaskPaste;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.training.detection.Detections;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.detection.RegionProposals;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import io.alcedo.training.evaluation.DetectorScore;
import io.alcedo.training.network.Pixels;
import io.alcedo.training.ops.Ops;
import io.alcedo.training.ops.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A detector. Lost is what is missing to 1 in the AP50 (of boxes, and of masks if there are any)
 * that its answers reach when the float32 detections from a score of 0.5 on are the truth. Those
 * below need not be found, and may be.
 */
final class DetectorSubject implements QuantizationSubject<DetectorSubject.Found> {
  private static final float INSIDE = 0.5f;
  private static final int MASK_SIDE = 28;

  private final RegionCnn network;

  /**
   * What was found in a batch of N pictures.
   *
   * @param masks [M, 28, 28], or null
   */
  record Found(
      int pictures, float[] boxes, float[] scores, float[] masks, long[] image, long[] labels) {}

  DetectorSubject(RegionCnn network) {
    this.network = network;
  }

  @Override
  public Placement place(Placement.Size picture) {
    int width = network.config().canvasWidth();
    int height = network.config().canvasHeight();
    return new Letterbox(picture.width(), picture.height(), width, height).placement();
  }

  @Override
  public Found answer(Ops<Tensor> ops, List<CanvasPicture> batch) {
    Detections<Tensor> found =
        network.detectPictures(ops, CanvasPicture.pixels(batch), CanvasPicture.sizes(batch));
    return new Found(
        batch.size(),
        Tensors.floats(found.boxes()),
        Tensors.floats(found.scores()),
        found.masks() == null ? null : Tensors.floats(found.masks()),
        Tensors.longs(found.image()),
        Tensors.longs(found.labels()));
  }

  @Override
  public List<float[]> signals(Ops<Tensor> ops, List<CanvasPicture> batch, Found truth) {
    List<Tensor> levels = network.features(ops, Pixels.normalize(ops, CanvasPicture.pixels(batch)));
    RegionProposals.HeadOutput<Tensor> proposals = network.rpnHead(ops, levels);
    List<float[]> signals = new ArrayList<>();
    signals.add(joined(proposals.objectness()));
    signals.add(joined(proposals.deltas()));
    int regions = truth.scores.length;
    network
        .headOutputs(
            ops, levels, Tensors.of(truth.boxes, regions, 4), Tensors.of(truth.image, regions))
        .forEach(output -> signals.add(Tensors.floats(output)));
    return signals;
  }

  private static float[] joined(List<Tensor> parts) {
    List<float[]> values = parts.stream().map(Tensors::floats).toList();
    float[] all = new float[values.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : values) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  @Override
  public double loss(List<Found> truth, List<Found> answers) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < truth.size(); i++) {
      for (int picture = 0; picture < truth.get(i).pictures; picture++) {
        for (int label = 1; label < network.config().classes(); label++) {
          List<Detection> expected = detections(truth.get(i), picture, label);
          images.add(
              new Image(
                  detections(answers.get(i), picture, label),
                  expected.stream().map(DetectorSubject::truth).toList()));
        }
      }
    }
    double reached = DetectorScore.of(images, network.config().masks() != null).mean();
    return Double.isNaN(reached) ? 0 : 1 - reached;
  }

  private static Truth truth(Detection detection) {
    boolean unsure = detection.score() < DetectorScore.THRESHOLD;
    return new Truth(detection.box(), detection.mask(), unsure);
  }

  private List<Detection> detections(Found found, int picture, int label) {
    List<Detection> detections = new ArrayList<>();
    for (int d = 0; d < found.scores.length; d++) {
      if (found.image[d] == picture && found.labels[d] == label) {
        float[] b = found.boxes;
        Box box = Box.ofCorners(b[4 * d], b[4 * d + 1], b[4 * d + 2], b[4 * d + 3]);
        detections.add(new Detection(box, mask(found, d, box), found.scores[d]));
      }
    }
    return detections;
  }

  private RleMask mask(Found found, int index, Box box) {
    if (found.masks == null) {
      return null;
    }
    int width = network.config().canvasWidth();
    int height = network.config().canvasHeight();
    int offset = index * MASK_SIDE * MASK_SIDE;
    return MaskPaste.paste(found.masks, offset, MASK_SIDE, box, width, height, INSIDE)
        .encode(width, height);
  }
}
