package io.alcedo.app.cli;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.data.ContrastiveView;
import io.alcedo.training.data.ImageFolder;
import io.alcedo.training.data.PictureSet;
import io.alcedo.training.evaluation.LinearProbe;
import io.alcedo.training.evaluation.NearestNeighbours;
import io.alcedo.training.evaluation.PictureVectors;
import io.alcedo.training.evaluation.PictureVectors.Looked;
import io.alcedo.training.moco.EmbeddingLayer;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.moco.HeadConfig;
import io.alcedo.training.model.NetworkSpec;
import io.alcedo.training.ops.Libtorch;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.pretrained.ModelImport;
import io.alcedo.training.train.ViewConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how well an encoder's vectors tell classes. */
@Command(
    name = "encoder",
    description = {
      "How well an encoder's vectors tell classes: nearest neighbours (k 200, T 0.1) and a linear",
      "layer that is trained on the bank's vectors, of the embedding and of the trunk's features."
    })
final class EvalEncoderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Has network.json and weights.safetensors, as a training or an import left it.")
  private Path model;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "FOLDER|ZIP",
      description = "Pictures whose classes are known; the folder in which one lies is its class.")
  private Path bank;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FOLDER|ZIP",
      description = "Pictures whose classes are asked for.")
  private Path data;

  @Option(names = "--threads", defaultValue = "2", description = "${DEFAULT-VALUE}")
  private int threads;

  @Override
  public Integer call() {
    EncoderConfig config = NetworkSpec.read(model).encoder();
    if (config == null) {
      throw new InvalidInputException(
          "model %s: is no encoder. For a classifier there is eval classify.".formatted(model));
    }
    Libtorch.threads(threads);
    PrintWriter out = spec.commandLine().getOut();
    ContrastiveView view =
        new ViewConfig(null, null, null, null, null, null, null)
            .view(0, config.canvasWidth(), config.canvasHeight());
    PictureVectors vectors = new PictureVectors(config.network(), view::plain);
    try (Parameters parameters = NetworkSpec.of(config).load(model.resolve(ModelImport.WEIGHTS));
        ImageFolder known = ImageFolder.open(bank, null);
        ImageFolder asked = ImageFolder.open(data, known.labels())) {
      Looked learned = vectors.of(parameters, PictureSet.all(known));
      Looked looked = vectors.of(parameters, PictureSet.all(asked));
      out.printf(
          "%s: bank %d, asked %d pictures of %d classes%n",
          model, known.size(), asked.size(), known.labels().size());
      for (EmbeddingLayer layer : EmbeddingLayer.values()) {
        if (layer == EmbeddingLayer.FEATURES || config.head().kind() != HeadConfig.Kind.NONE) {
          report(out, learned, looked, layer, layer == config.embedding());
        }
      }
    }
    out.flush();
    return 0;
  }

  private static void report(
      PrintWriter out, Looked bank, Looked asked, EmbeddingLayer layer, boolean isEmbedding) {
    out.printf(
        Locale.ROOT,
        "  %-8s %4d numbers: nearest neighbours' top-1 %.4f  linear probe's top-1 %.4f%s%n",
        layer,
        bank.dim(layer),
        NearestNeighbours.top1(bank, asked, layer),
        LinearProbe.top1(bank, asked, layer),
        isEmbedding ? "  (the embedding)" : "");
  }
}
