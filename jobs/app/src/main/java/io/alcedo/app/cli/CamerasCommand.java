package io.alcedo.app.cli;

import io.alcedo.app.local.CameraConfig;
import io.alcedo.app.local.PipelineConfig;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.camera.VideoSources;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.scene.Scene;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes the cameras of a pipeline that runs. */
@Command(
    name = "cameras",
    description = "Add, change and remove the cameras of a pipeline that runs, and their scenes.")
final class CamerasCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What? See below.");
  }

  private static ControlTopic<CameraSpec> topic(ControlOption control) {
    List<Scene> scenes = control.pipeline().scenes();
    return ControlTopic.read(
        control.kafka(), CameraSpec.REVISIONS, scenes.stream().map(CameraSpec::of).toList());
  }

  @Command(
      name = "put",
      description = {
        "Add a camera, or a new revision of one: its address, its scene, or both.",
        "What is left out stays as it was. It holds a second later."
      })
  int put(
      @Mixin ControlOption control,
      @Parameters(paramLabel = "CAMERA", description = "YAML of one camera.") Path camera)
      throws IOException {
    String yaml = Files.readString(camera);
    requireSource(YamlReader.parse(yaml, camera.toString(), CameraSpec.class), camera);
    print("put " + topic(control).put(yaml, camera.toString()));
    return 0;
  }

  /** An address that no run could use is refused here, where somebody reads it. */
  private static void requireSource(CameraSpec camera, Path origin) {
    if (camera.address() == null) {
      return;
    }
    try {
      var unusedConfig =
          new CameraConfig(camera.id(), camera.address(), camera.pace(), null, camera.jpeg());
      var unusedSource = VideoSources.at(camera.address());
    } catch (IllegalArgumentException | InvalidInputException e) {
      throw new InvalidInputException(origin + ": " + e.getMessage(), e);
    }
  }

  @Command(
      name = "remove",
      description = "End a camera's session; what it looks at is kept. It holds a second later.")
  int remove(@Mixin ControlOption control, @Parameters(paramLabel = "ID") String id) {
    ControlTopic<CameraSpec> topic = topic(control);
    PipelineConfig file = control.pipeline();
    boolean isKnown =
        topic.known().stream().anyMatch(camera -> camera.id().equals(id))
            || file.cameras().stream().anyMatch(camera -> camera.id().equals(id));
    if (!isKnown || id.equals(CameraSpec.ALL)) {
      throw new InvalidInputException(
          "no camera '%s' on the topic or in the file; see cameras list".formatted(id));
    }
    String key = topic.put("{camera: \"%s\", enabled: false}".formatted(id), id);
    print("put %s, which is removed".formatted(key));
    return 0;
  }

  @Command(name = "list", description = "All revisions of all cameras, and the file's.")
  int list(@Mixin ControlOption control) {
    ControlTopic<CameraSpec> topic = topic(control);
    for (CameraConfig camera : control.pipeline().cameras()) {
      print("%s  of the file  %s".formatted(camera.id(), name(camera.address())));
    }
    for (CameraSpec camera : topic.known()) {
      print(
          "%s  from %s  of the %s%s"
              .formatted(
                  camera.version(), camera.effectiveFrom(), topic.origin(camera), text(camera)));
    }
    return 0;
  }

  private static String text(CameraSpec camera) {
    String text = camera.isRemoved() ? "  removed" : "";
    if (camera.address() != null) {
      text += "  " + name(camera.address());
    }
    if (camera.scene() != null) {
      text +=
          "  zones %d, lines %d"
              .formatted(camera.scene().zones().size(), camera.scene().lines().size());
    }
    return text;
  }

  /** Without a password. */
  private static String name(String address) {
    try {
      return VideoSources.at(address).name();
    } catch (InvalidInputException e) {
      return "an address that is none";
    }
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
