package io.alcedo.app.cli;

import io.alcedo.app.evaluation.RetrievalEvaluation;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxEncoder;
import io.alcedo.training.data.TrackedCrop;
import io.alcedo.training.data.TrackedCrops;
import io.alcedo.training.evaluation.PlainDescriptor;
import io.alcedo.training.evaluation.Retrieval;
import io.alcedo.training.train.MocoTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures whether encoders find people again. */
@Command(
    name = "retrieval",
    description = {
      "Recall@1 and mAP of finding the same person at another time, or by another camera,",
      "by vectors of ground-truth boxes: of encoders, and of two that learned nothing."
    })
final class EvalRetrievalCommand implements Callable<Integer> {
  private static final int BATCH = 32;

  @Spec private CommandSpec spec;

  @Option(names = "--video", paramLabel = "FILE", description = "A video of known people.")
  private Path video;

  @Option(names = "--gt", paramLabel = "FILE", description = "Who is where in it, MOT format.")
  private Path truth;

  @Option(
      names = "--frames",
      paramLabel = "A-B",
      converter = FrameRange.Converter.class,
      defaultValue = "1-300",
      description = "First and last frame (${DEFAULT-VALUE}).")
  private FrameRange frames;

  @Option(
      names = "--scene",
      paramLabel = "ADDRESS",
      description = {
        "Instead of a video: a simulated camera, as in sim://promenade?seed=5&view=0. Several of one",
        "seed are views of one world: then people have to be found by another camera than their own."
      })
  private List<String> scenes = List.of();

  @Option(
      names = "--every",
      defaultValue = "5",
      description = "One frame in so many is looked at (${DEFAULT-VALUE}).")
  private int every;

  @Option(
      names = "--gap",
      defaultValue = "2",
      description = "Seconds between two pictures of a person that count (${DEFAULT-VALUE}).")
  private double gap;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      converter = ModelFolder.class,
      description = "An encoder; may be given several times.")
  private List<Path> models = List.of();

  @Option(
      names = "--untrained",
      paramLabel = "FILE",
      description =
          "A training's configuration, as model-training/configs has: its encoder before it.")
  private Path untrained;

  @Override
  public Integer call() throws IOException {
    if (every < 1) {
      throw new InvalidInputException("--every is %d, expected 1 or more".formatted(every));
    }
    RetrievalEvaluation evaluation = new RetrievalEvaluation(crops(), gap, scenes.size() > 1);
    PrintWriter out = spec.commandLine().getOut();
    out.println("%-32s  recall@1    mAP".formatted(""));
    for (PlainDescriptor descriptor : PlainDescriptor.values()) {
      print(out, descriptor.title(), evaluation.of(descriptor));
    }
    if (untrained != null) {
      Path folder = Files.createTempDirectory("untrained");
      try {
        var unused = MocoTraining.exportUntrained(untrained, folder);
        print(out, folder, evaluation);
      } finally {
        FileUtils.deleteDirectoryQuietly(folder.toFile());
      }
    }
    for (Path model : models) {
      print(out, model, evaluation);
    }
    Retrieval any = evaluation.of(PlainDescriptor.PIXELS);
    out.println(
        "%d crops of %d people, %d of them asked; a random order would have %.3f"
            .formatted(
                evaluation.crops().size(),
                evaluation.crops().stream().map(TrackedCrop::identity).distinct().count(),
                any.queries(),
                any.chance()));
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, Path model, RetrievalEvaluation evaluation) {
    ModelDirectory directory = ModelDirectory.open(model);
    int threads = Runtime.getRuntime().availableProcessors();
    try (OnnxEncoder encoder = OnnxEncoder.open(directory, EngineOptions.DEFAULT, threads, BATCH)) {
      print(out, directory.manifest().version(), evaluation.of(encoder, BATCH));
    }
  }

  private static void print(PrintWriter out, String who, Retrieval found) {
    out.println("%-32s  %8.3f  %5.3f".formatted(who, found.recall(), found.meanAveragePrecision()));
    out.flush();
  }

  private List<TrackedCrop> crops() {
    TrackedCrops crops = new TrackedCrops(every, TrackedCrops.ALL.minHeight(), 0.5);
    if (!scenes.isEmpty() && video == null) {
      List<TrackedCrop> all = new ArrayList<>();
      for (String scene : scenes) {
        all.addAll(crops.ofScene(scene, SceneSpec.parse(scene), frames.last()));
      }
      return all;
    }
    if (video == null || truth == null || !scenes.isEmpty()) {
      throw new InvalidInputException(
          "expected --video with --gt, or --scene with the address of a simulated camera");
    }
    return crops.ofVideo("video", video, truth, frames.first(), frames.last());
  }
}
