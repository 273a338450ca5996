package io.alcedo.app.cli;

import io.alcedo.app.evaluation.PictureDetector;
import io.alcedo.app.evaluation.RuleEvaluation;
import io.alcedo.app.evaluation.RuleScore;
import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.connectors.simulation.TruthEvent;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures whether rules say what happens, with a real detector. */
@Command(
    name = "rules",
    description = {
      "Precision and recall of rules in simulated worlds, whose log says what happened.",
      "Detector and tracker as in the stream; an alert counts if it is within 2 s of its event."
    })
final class EvalRulesCommand implements Callable<Integer> {
  private static final int FRAMES_PER_SECOND = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      converter = ModelFolder.class,
      paramLabel = "DIR",
      description = "A detector; default: the bundled one.")
  private Path model;

  @Option(
      names = "--scene",
      split = ",",
      defaultValue = "yard,promenade",
      paramLabel = "NAME",
      description =
          "Kinds of scene (${DEFAULT-VALUE}: the bundled detector was never trained on them).")
  private List<String> scenes;

  @Option(
      names = "--worlds",
      defaultValue = "5",
      paramLabel = "N",
      description = "Worlds of each kind (${DEFAULT-VALUE}).")
  private int worlds;

  @Option(names = "--seed", defaultValue = "501", description = "Of the first world.")
  private long seed;

  @Option(
      names = "--duration",
      defaultValue = "60s",
      paramLabel = "TIME",
      description = "Of each world (${DEFAULT-VALUE}).")
  private Duration duration;

  @Override
  public Integer call() {
    Map<TruthEvent.Type, RuleScore> all = new EnumMap<>(TruthEvent.Type.class);
    int frames = (int) duration.toSeconds() * FRAMES_PER_SECOND;
    try (PictureDetector detector = new PictureDetector(BundledModel.orDefault(model))) {
      RuleEvaluation evaluation = new RuleEvaluation(detector);
      for (String scene : scenes) {
        for (int i = 0; i < worlds; i++) {
          SceneSpec world =
              SceneSpec.parse(
                  "sim://%s?seed=%d&size=640x480&fps=%d"
                      .formatted(scene, seed + i, FRAMES_PER_SECOND));
          evaluation
              .look(world, frames)
              .forEach(
                  (type, score) -> all.computeIfAbsent(type, unused -> new RuleScore()).add(score));
        }
      }
    }
    report(all);
    return 0;
  }

  private void report(Map<TruthEvent.Type, RuleScore> scores) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("rule      events  alerts  precision  recall  recall of people who show well");
    RuleScore sum = new RuleScore();
    scores.forEach(
        (type, score) -> {
          sum.add(score);
          print(out, RuleEvaluation.ruleOf(type), score);
        });
    print(out, "all", sum);
    out.flush();
  }

  private static void print(PrintWriter out, String name, RuleScore score) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-8s  %6d  %6d  %9.3f  %6.3f  %.3f of %d",
            name,
            score.events(),
            score.alerts(),
            score.precision(),
            score.recall(),
            score.recallOfShowing(),
            score.showing()));
  }
}
