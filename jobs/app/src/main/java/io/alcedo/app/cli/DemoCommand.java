package io.alcedo.app.cli;

import io.alcedo.app.local.LocalCamera;
import io.alcedo.app.local.LocalRunPlan;
import io.alcedo.app.local.RunModels;
import io.alcedo.app.local.RunResults;
import io.alcedo.app.local.RunSource;
import io.alcedo.app.local.RunStages;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.simulation.GroundTruthRules;
import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.connectors.simulation.SimulatedCamera;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.Unit;
import io.alcedo.operators.stream.scene.Zone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole pipeline at work. */
@Command(
    name = "demo",
    description = {
      "Cameras into Kafka, a Flink job with Mask R-CNN over them, detections and alerts out.",
      "Simulated cameras, unless videos are given."
    })
final class DemoCommand implements Callable<Integer> {
  /** What a demo camera looks at. */
  private static final List<String> SCENES =
      List.of(
          "sim://plaza?seed=7&density=0.8",
          "sim://campus?seed=3&density=0.7",
          "sim://carpark?seed=2&density=0.6",
          "sim://street?seed=9&density=0.8");

  private static final String FORM = "&size=640x480&fps=5";

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "How long (${DEFAULT-VALUE}).")
  private Duration duration;

  @Option(
      names = "--cameras",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many simulated cameras (${DEFAULT-VALUE}).")
  private int cameras;

  @Option(
      names = "--video",
      paramLabel = "FILE",
      description = "Show this video instead, in real time; may be given several times.")
  private List<Path> videos = new ArrayList<>();

  @Option(
      names = "--model",
      converter = ModelFolder.class,
      paramLabel = "DIR",
      description = "Default: the bundled detector.")
  private Path model;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/demo",
      description =
          "Receives detections.jsonl, alerts.jsonl and annotated videos (${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws Exception {
    if (cameras < 1 || cameras > 64) {
      throw new InvalidInputException("--cameras is %d, expected 1 to 64".formatted(cameras));
    }
    List<LocalCamera> all = new ArrayList<>();
    List<Scene> scenes = new ArrayList<>();
    if (videos.isEmpty()) {
      addSimulated(all, scenes);
    } else {
      addVideos(all, scenes);
    }
    LocalRunPlan plan =
        new LocalRunPlan(
            null,
            new RunSource(all, scenes, duration),
            RunModels.of(BundledModel.orDefault(model)),
            RunStages.of(List.of(stays(videos.isEmpty() ? "square" : "front"))),
            RunResults.in(output));
    return RunConsole.run(plan.withVectorsOfPeople(BundledModel.encoder()).searchable());
  }

  private void addSimulated(List<LocalCamera> all, List<Scene> scenes) {
    for (int i = 0; i < cameras; i++) {
      String scene = SCENES.get(i % SCENES.size());
      String address = scene + FORM + "&view=" + i / SCENES.size();
      String id = scene.replaceFirst("sim://(\\w+).*", "$1") + "-" + (i / SCENES.size() + 1);
      all.add(LocalCamera.inRealTime(id, address));
      GroundTruthRules.Zone ground = new SimulatedCamera(SceneSpec.parse(address)).defaultZone();
      List<List<Double>> corners =
          ground.polygon().stream()
              .map(corner -> List.of(within(corner.x(), 640), within(corner.y(), 480)))
              .toList();
      scenes.add(scene(id, new Zone("square", Unit.PX, corners)));
    }
  }

  private static double within(double value, double limit) {
    return Math.max(0, Math.min(limit, value));
  }

  private void addVideos(List<LocalCamera> all, List<Scene> scenes) {
    for (Path video : videos) {
      String name = video.getFileName().toString().replaceFirst("\\.[^.]*$", "");
      String id = name.replaceAll("[^\\w.-]", "-");
      all.add(LocalCamera.inRealTime(id, video.toString()));
      scenes.add(
          scene(
              id,
              new Zone(
                  "front",
                  Unit.FRACTION,
                  List.of(
                      List.of(0.0, 0.5),
                      List.of(1.0, 0.5),
                      List.of(1.0, 1.0),
                      List.of(0.0, 1.0)))));
    }
  }

  private static Scene scene(String camera, Zone zone) {
    return new Scene(camera, null, null, List.of(zone), null, null);
  }

  private static RuleSpec stays(String zone) {
    return YamlReader.parse(
        "{id: stays, when: {type: dwells, labels: person, zone: %s, for: 3s}, cooldown: 15s}"
            .formatted(zone),
        "demo",
        RuleSpec.class);
  }
}
