package io.alcedo.app.models;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Outputs;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.connectors.model.ModelManifest.Thresholds;
import io.alcedo.connectors.model.ModelManifest.Vector;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.model.NetworkSpec;
import io.alcedo.training.ops.CostOps;
import io.alcedo.training.pretrained.ImportFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model's folder says of it.
 *
 * @param manifest null if it has none: then it is weights that cannot be served
 * @param network null if it is not known
 * @param origin null if the weights were not imported
 */
public record ModelFacts(
    Path folder, ModelManifest manifest, NetworkSpec network, ImportFacts origin) {
  private static final int SHOWN_LABELS = 12;

  /**
   * Reads a folder; the weights are not looked at.
   *
   * @throws io.alcedo.connectors.InvalidInputException if a file in it is damaged
   */
  public static ModelFacts read(Path folder) throws IOException {
    Path manifest = folder.resolve(ModelDirectory.MANIFEST);
    return new ModelFacts(
        folder,
        Files.exists(manifest) ? YamlReader.read(manifest, ModelManifest.class) : null,
        Files.exists(folder.resolve(NetworkSpec.FILE)) ? NetworkSpec.read(folder) : null,
        Files.exists(folder.resolve(ImportFacts.FILE)) ? ImportFacts.read(folder) : null);
  }

  /** Name and version. */
  public String version() {
    return manifest == null ? folder.getFileName().toString() : manifest.version();
  }

  /** One line for a list. */
  public String line() throws IOException {
    String kind =
        manifest == null
            ? "weights, not served"
            : "%s, %s"
                .formatted(
                    manifest.task().name().toLowerCase(Locale.ROOT),
                    manifest.task() == Task.EMBEDDING
                        ? manifest.outputs().embedding().dimensions() + " numbers"
                        : count("class", classes()));
    String parameters =
        parameters() < 0 ? "" : String.format(Locale.ROOT, "%.1f M parameters", parameters() / 1e6);
    String size = String.format(Locale.ROOT, "%.1f MB", megabytes());
    String architecture =
        origin == null || origin.architecture() == null ? "" : origin.architecture();
    return String.format(
            Locale.ROOT,
            "%-32s %-24s %18s %9s  %s",
            version(),
            kind,
            parameters,
            size,
            architecture)
        .stripTrailing();
  }

  /** Everything, by heading. */
  public Map<String, String> details() throws IOException {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("folder", String.format(Locale.ROOT, "%s, %.1f MB", folder, megabytes()));
    if (manifest != null) {
      describeManifest(details);
    }
    if (network != null) {
      details.put("network", networkText());
    }
    if (origin != null) {
      details.put(
          "imported from",
          "%s (%s), SHA-256 %s".formatted(origin.source(), origin.format(), origin.sha256()));
    }
    return details;
  }

  private void describeManifest(Map<String, String> details) throws IOException {
    details.put("task", manifest.task().name().toLowerCase(Locale.ROOT));
    Path graph = folder.resolve(manifest.file());
    String size =
        Files.exists(graph)
            ? String.format(Locale.ROOT, "%.1f MB", Files.size(graph) / 1e6)
            : "MISSING";
    details.put("graph", "%s, %s, SHA-256 %s".formatted(manifest.file(), size, manifest.sha256()));
    details.put("licence", manifest.licence());
    details.put("input", input(manifest.input()));
    details.put("outputs", outputs(manifest.outputs()));
    if (manifest.task() == Task.EMBEDDING) {
      Vector embedding = manifest.outputs().embedding();
      details.put(
          "embedding",
          "%d numbers, of its %s".formatted(embedding.dimensions(), embedding.layer()));
    } else {
      details.put("labels", labels());
    }
    if (manifest.task() == Task.DETECTION) {
      details.put("thresholds", thresholds(manifest.thresholds()));
    }
    manifest.provenance().forEach((fact, value) -> details.put("  " + fact, value));
  }

  private static String input(Input input) {
    String sizes = input.sizesName() == null ? "" : "; sizes in " + input.sizesName();
    return "%s %s %s %s, canvas %d x %d, %s%s"
        .formatted(
            input.name(),
            input.type().name().toLowerCase(Locale.ROOT),
            input.layout(),
            input.colorOrder(),
            input.canvasWidth(),
            input.canvasHeight(),
            input.resize().name().toLowerCase(Locale.ROOT),
            sizes);
  }

  private static String outputs(Outputs outputs) {
    return Stream.of(
            outputs.boxes(),
            outputs.labels(),
            outputs.scores(),
            outputs.batchIndex(),
            outputs.masks(),
            outputs.logits(),
            outputs.embedding() == null ? null : outputs.embedding().name())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  private static String thresholds(Thresholds thresholds) {
    return String.format(
        Locale.ROOT,
        "travels from %.2f, mask from %.2f, drawn from %.2f; at most %d objects",
        thresholds.wire(),
        thresholds.mask(),
        thresholds.display(),
        thresholds.maxObjects());
  }

  private int classes() {
    boolean hasBackground = manifest.task() == Task.DETECTION;
    return manifest.labels().size() - (hasBackground ? 1 : 0);
  }

  private String labels() {
    List<String> names = new ArrayList<>(manifest.labels());
    if (manifest.task() == Task.DETECTION) {
      names.remove(0);
    }
    String more = names.size() > SHOWN_LABELS ? ", …" : "";
    return "%s: %s%s"
        .formatted(
            count("class", names.size()),
            String.join(", ", names.subList(0, Math.min(SHOWN_LABELS, names.size()))),
            more);
  }

  private static String count(String what, int number) {
    return number + " " + what + (number == 1 ? "" : "es");
  }

  private String networkText() {
    CostOps cost = network.cost();
    return String.format(
        Locale.ROOT,
        "%s; %,d parameters, %.2f GFLOPs a picture at most (%.2f G multiply-adds)",
        networkKind(),
        cost.parameters(),
        2 * cost.multiplyAdds() / 1e9,
        cost.multiplyAdds() / 1e9);
  }

  private String networkKind() {
    if (network.classifier() != null) {
      return "%s ResNet-%d".formatted(network.classifier().family(), network.classifier().depth());
    }
    if (network.encoder() != null) {
      return "%s ResNet-%d of width %s, head %s"
          .formatted(
              network.encoder().family(),
              network.encoder().depth(),
              network.encoder().width(),
              network.encoder().head().kind());
    }
    return "%s R-CNN, ResNet-%d of width %s"
        .formatted(
            network.detector().masks() == null ? "Faster" : "Mask",
            network.detector().trunk().depth(),
            network.detector().trunk().width());
  }

  /** −1 where it is not known. */
  private long parameters() {
    if (network != null) {
      return network.cost().parameters();
    }
    if (origin != null) {
      return origin.parameters();
    }
    String told = manifest == null ? null : manifest.provenance().get("parameters");
    return told != null && told.matches("\\d{1,18}") ? Long.parseLong(told) : -1;
  }

  private double megabytes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes / 1e6;
    }
  }
}
