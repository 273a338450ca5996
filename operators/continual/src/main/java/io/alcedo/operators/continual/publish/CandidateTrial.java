package io.alcedo.operators.continual.publish;

import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.operators.continual.learn.EncoderWeights;
import io.alcedo.operators.continual.publish.CandidateGate.Verdict;
import io.alcedo.operators.continual.replay.Sample;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.data.Picture;
import io.alcedo.training.data.PictureBatch;
import io.alcedo.training.evaluation.Retrieval;
import io.alcedo.training.evaluation.Retrieval.Item;
import io.alcedo.training.export.EncoderExporter;
import io.alcedo.training.moco.Encoder;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Tries a candidate on the probe, beside the encoder that serves. Works on copies: the learner goes
 * on meanwhile.
 *
 * @param network shape of both
 * @param gate what the candidate must do
 * @param name of the encoder's versions
 */
public record CandidateTrial(EncoderConfig network, CandidateGate gate, String name) {
  private static final int BATCH = 64;

  /** Crops of a track nearer in time than this are near copies. */
  private static final double GAP_SECONDS = 2;

  /**
   * What is tried.
   *
   * @param update after which it was taken
   * @param candidate weights
   * @param serving weights of the encoder that serves
   * @param probe held-out crops
   */
  public record Task(
      long update, Map<String, Entry> candidate, Map<String, Entry> serving, List<Sample> probe) {}

  /**
   * What came of it.
   *
   * @param manifest of the candidate as it was exported
   */
  public record Result(Task task, Verdict verdict, ModelManifest manifest) {}

  /**
   * Judges a candidate and exports it.
   *
   * @param directory receives the model
   */
  public Result run(Task task, Path directory) throws IOException {
    List<float[]> vectors = new ArrayList<>();
    List<float[]> others = new ArrayList<>();
    Verdict verdict;
    ModelManifest manifest;
    try (Parameters candidate = EncoderWeights.load(task.candidate());
        Parameters serving = EncoderWeights.load(task.serving())) {
      embed(candidate, task.probe(), vectors);
      embed(serving, task.probe(), others);
      verdict =
          gate.judge(
              retrieval(task.probe(), vectors), retrieval(task.probe(), others), vectors, others);
      Map<String, String> provenance = new TreeMap<>();
      provenance.put("learner", "ContinualMocoJob");
      provenance.put("updates", String.valueOf(task.update()));
      verdict
          .figures()
          .forEach(
              (figure, value) -> provenance.put(figure, String.format(Locale.ROOT, "%.4f", value)));
      manifest =
          new EncoderExporter(network, true)
              .write(directory, name, "Apache-2.0", candidate, provenance);
    }
    return new Result(task, verdict, manifest);
  }

  private static Retrieval retrieval(List<Sample> probe, List<float[]> vectors) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < probe.size(); i++) {
      items.add(
          new Item(probe.get(i).track(), seconds(probe.get(i).captureTime()), vectors.get(i)));
    }
    return Retrieval.of(items, GAP_SECONDS);
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }

  private void embed(Parameters parameters, List<Sample> probe, List<float[]> into) {
    Encoder encoder = network.network();
    for (int from = 0; from < probe.size(); from += BATCH) {
      List<Sample> part = probe.subList(from, Math.min(from + BATCH, probe.size()));
      try (PointerScope scope = new PointerScope();
          NoGradGuard noGrad = new NoGradGuard()) {
        TorchOps ops = new TorchOps(parameters, false);
        Tensor layer =
            encoder.lookAtPictures(ops, pictures(part)).of(network.embedding()); // [N, D]
        float[] values = Tensors.floats(Encoder.unitLength(ops, layer));
        int dim = values.length / part.size();
        for (int i = 0; i < part.size(); i++) {
          into.add(Arrays.copyOfRange(values, i * dim, (i + 1) * dim));
        }
      }
    }
  }

  /** [N, H, W, 3] RGB from 0 to 255, stretched as in serving. */
  private Tensor pictures(List<Sample> samples) {
    Picture[] views = new Picture[samples.size()];
    for (int i = 0; i < views.length; i++) {
      Sample sample = samples.get(i);
      Picture picture = Picture.decode(sample.jpeg(), sample.id());
      views[i] =
          picture.resized(
              0,
              0,
              picture.width(),
              picture.height(),
              network.canvasWidth(),
              network.canvasHeight());
    }
    PictureBatch batch = PictureBatch.of(views, new long[views.length]);
    return Tensors.ofUnsigned(batch.pixels(), batch.size(), batch.height(), batch.width(), 3)
        .to(torch.ScalarType.Float);
  }
}
