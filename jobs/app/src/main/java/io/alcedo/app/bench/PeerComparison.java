package io.alcedo.app.bench;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.alcedo.app.bench.PeerResult.Difference;
import io.alcedo.app.bench.PeerResult.Found;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.MaskPaste;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.detection.AnchorGenerator;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.detection.RegionCnnConfig;
import io.alcedo.training.export.DetectorExporter;
import io.alcedo.training.network.ResNet;
import io.alcedo.training.network.ResNetClassifier;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.OnnxGraph;
import io.alcedo.training.ops.OnnxOps;
import io.alcedo.training.ops.Parameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * This project's exports beside torchvision's own of the same weights, in one process: first
 * whether both find the same, then how fast they are in turns.
 *
 * @param peers folder with torchvision's exports
 * @param golden folder with the weights
 * @param threads of one inference
 */
public record PeerComparison(Path peers, Path golden, int threads, Duel duel, PrintWriter out) {
  private static final String DETECTOR = "maskrcnn_small_480x640";
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int SIDE = 224;
  private static final int MASK = 28;
  private static final double DETECTOR_TARGET = 1.2;
  private static final double CLASSIFIER_TARGET = 1.0;

  /** What counts as the same: the noise of two ways to compute in float32. */
  private static final double BOX_NOISE = 0.05;

  private static final double SCORE_NOISE = 1e-3;
  private static final double MASK_NOISE = 2e-3;
  private static final double LOGIT_NOISE = 1e-3;

  /**
   * Compares both networks.
   *
   * @param work folder for this project's exports
   * @return whether results are the same
   */
  public boolean run(Path work) throws IOException {
    boolean same = compareDetectors(work);
    return compareClassifiers(work) && same;
  }

  private boolean compareDetectors(Path work) throws IOException {
    Safetensors.Content frame = Safetensors.read(require(DETECTOR + ".safetensors"));
    float[] values = frame.tensors().get("in/image").floats(); // [H, W, 3] 0 to 255
    OwnDetector own =
        new OwnDetector(exportDetector(work.resolve("detector")), rgb(values), threads);
    PeerDetector peer =
        new PeerDetector(require(DETECTOR + ".onnx"), planes(values), WIDTH, HEIGHT, threads);
    out.printf(
        "Mask R-CNN, ResNet-18 with pyramid of 64, %d x %d, %d threads%n", WIDTH, HEIGHT, threads);
    PeerResult eager = eager(frame);
    PeerResult ours = own.find();
    boolean same = report("alcedo from torchvision's eager", ours, eager);
    same &= report("alcedo from torchvision's export", ours, peer.find());
    race(List.of(peer, own), DETECTOR_TARGET);
    return same;
  }

  private boolean report(String what, PeerResult ours, PeerResult reference) {
    Difference difference = ours.from(reference);
    boolean same =
        difference.missing() == 0
            && difference.box() <= BOX_NOISE
            && difference.score() <= SCORE_NOISE
            && difference.maskPixels() <= MASK_NOISE;
    out.printf(
        Locale.ROOT,
        "  %s: %d and %d objects, %d unmatched; boxes differ by %.1e px, scores by %.1e, masks in %.3f %% of their pixels: %s%n",
        what,
        ours.objects().size(),
        reference.objects().size(),
        difference.missing(),
        difference.box(),
        difference.score(),
        100 * difference.maskPixels(),
        same ? "the same" : "NOT the same");
    out.flush();
    return same;
  }

  private boolean compareClassifiers(Path work) throws IOException {
    float[] picture = new float[3 * SIDE * SIDE];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < picture.length; i++) {
      picture[i] = (float) random.nextDouble(-2, 2);
    }
    LogitsGraph peer =
        new LogitsGraph(
            "torchvision's export", require("resnet18_224.onnx"), picture, 1, SIDE, threads);
    Path file = exportClassifier(work.resolve("resnet18.onnx"));
    LogitsGraph own = new LogitsGraph("alcedo", file, picture, 1, SIDE, threads);
    out.printf("ResNet-18, %d x %d, %d threads%n", SIDE, SIDE, threads);
    float[] ours = own.logits();
    float[] theirs = peer.logits();
    double worst = 0;
    double largest = 0;
    for (int i = 0; i < theirs.length; i++) {
      worst = Math.max(worst, Math.abs(ours[i] - theirs[i]));
      largest = Math.max(largest, Math.abs(theirs[i]));
    }
    boolean same = ours.length == theirs.length && worst <= LOGIT_NOISE * largest;
    out.printf(
        Locale.ROOT,
        "  logits differ by %.1e of %.1f: %s%n",
        worst,
        largest,
        same ? "the same" : "NOT the same");
    race(List.of(peer, own), CLASSIFIER_TARGET);
    return same;
  }

  private void race(List<Contender> contenders, double target) {
    out.flush();
    DuelReport report = new DuelReport(contenders, duel.run(contenders));
    report.write(out);
    double ratio = report.ratio(1);
    String verdict =
        !report.quiet()
            ? "not judged"
            : ratio >= target
                ? "met"
                : report.highestRatio(1) >= target
                    ? "not told apart from it"
                    : String.format(Locale.ROOT, "missed by %.2f", target - ratio);
    out.printf(Locale.ROOT, "  target %.1f: %s%n", target, verdict);
    out.flush();
  }

  private ModelDirectory exportDetector(Path folder) throws IOException {
    RegionCnnConfig config =
        new RegionCnnConfig(
            List.of("ellipse", "rectangle", "triangle", "ring"),
            WIDTH,
            HEIGHT,
            new RegionCnnConfig.Trunk(18, 1, Norm.Kind.FROZEN, 1e-5),
            new RegionCnnConfig.Pyramid(64, false),
            new AnchorGenerator(List.of(32, 64, 128, 256, 512), List.of(0.5, 1.0, 2.0)),
            new RegionCnnConfig.Proposals(1, 1000, 300),
            new RegionCnnConfig.Boxes(224, 0, 128),
            new RegionCnnConfig.Masks(2, 64, false),
            0.05,
            50);
    try (Parameters parameters = new Parameters()) {
      GoldenWeights.load(golden.resolve("maskrcnn_small.safetensors"), "", true, parameters);
      GoldenWeights.load(
          golden.resolve("resnet18.safetensors"), "backbone.body.", true, parameters);
      new DetectorExporter(new RegionCnn(config), false)
          .write(folder, "maskrcnn-small", "of a test", parameters, Map.of());
    }
    return ModelDirectory.open(folder);
  }

  private Path exportClassifier(Path file) throws IOException {
    ResNetClassifier network = new ResNetClassifier(ResNet.ofDepth(18, 1, Norm.batch("")), 1000);
    try (Parameters parameters = new Parameters()) {
      GoldenWeights.load(golden.resolve("resnet18.safetensors"), "", false, parameters);
      OnnxGraph graph = new OnnxGraph("resnet18", false);
      String image = graph.input("input", DataType.FLOAT, -1, 3, SIDE, SIDE);
      String logits = network.logits(new OnnxOps(graph, parameters), image);
      graph.output("logits", logits, DataType.FLOAT, -1, network.classes());
      return Files.write(file, graph.toBytes("1"));
    }
  }

  private static PeerResult eager(Safetensors.Content content) {
    float[] boxes = content.tensors().get("out/boxes").floats();
    long[] labels = content.tensors().get("out/labels").longs();
    float[] scores = content.tensors().get("out/scores").floats();
    float[] masks = content.tensors().get("out/masks28").floats();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      Box box = Box.ofCorners(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
      MaskPaste.Window window =
          MaskPaste.paste(masks, i * MASK * MASK, MASK, box, WIDTH, HEIGHT, 0.5f);
      found.add(new Found(box, labels[i], scores[i], window.encode(WIDTH, HEIGHT)));
    }
    return new PeerResult(found);
  }

  private static byte[] rgb(float[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) values[i];
    }
    return bytes;
  }

  /** [H, W, 3] from 0 to 255 as [3, H, W] from 0 to 1. */
  private static float[] planes(float[] values) {
    float[] planes = new float[values.length];
    int area = values.length / 3;
    for (int i = 0; i < values.length; i++) {
      planes[i % 3 * area + i / 3] = values[i] / 255;
    }
    return planes;
  }

  private Path require(String name) {
    Path file = peers.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "%s: is not there. Give the folder of torchvision's exports by --peers.".formatted(file));
    }
    return file;
  }
}
