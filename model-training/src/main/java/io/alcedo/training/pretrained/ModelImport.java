package io.alcedo.training.pretrained;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.checkpoint.StateDict;
import io.alcedo.training.checkpoint.StateDict.Difference;
import io.alcedo.training.checkpoint.StoredTensor;
import io.alcedo.training.checkpoint.TensorFile;
import io.alcedo.training.model.ModelExport;
import io.alcedo.training.model.NetworkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns a checkpoint of any readable format into a folder with {@value #WEIGHTS} under today's
 * names and {@value ImportFacts#FILE}; of a known network with its head also {@value
 * NetworkSpec#FILE} and the ONNX model with its manifest. The folder appears whole or not at all,
 * and nothing else is touched.
 */
public final class ModelImport {
  /** The weights in the folder. */
  public static final String WEIGHTS = "weights.safetensors";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private final Path output;

  /**
   * Prepares imports.
   *
   * @param output where the folders go
   */
  public ModelImport(Path output) {
    this.output = output;
  }

  /** A name made of a file's: {@code ResNet50-0676ba61.pth.tar} gives {@code resnet50-0676ba61}. */
  public static String nameOf(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(java.util.Locale.ROOT);
    String stem = name.replaceFirst("(\\.(pth|pt|th|tar|bin|ckpt|safetensors))+$", "");
    String plain = stem.replaceAll("[^a-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
    String cut = plain.substring(0, Math.min(64, plain.length()));
    return cut.isEmpty() ? "model" : cut;
  }

  /**
   * The folder that a model would get.
   *
   * @throws InvalidInputException if the name is no name, or taken
   */
  public Path directory(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInputException(
          "name '%s' is not allowed: small letters, digits, dot, dash and underscore, 64 at most."
              .formatted(name.replaceAll("\\p{Cntrl}", "?")));
    }
    Path directory = output.resolve(name);
    if (Files.exists(directory)) {
      throw new InvalidInputException(
          "%s: is there already. Remove it, or choose another --name.".formatted(directory));
    }
    return directory;
  }

  /**
   * Imports a file.
   *
   * @param name of the model and its folder
   * @param architecture what it must be, or null to find out
   * @param licence of the weights, or null where it is not known
   * @param labels class names without a background; null: COCO's, or numbers
   * @return what was written
   * @throws InvalidInputException if the file is no checkpoint, or one of something else
   */
  public ImportFacts run(
      Path file, String name, Architecture architecture, String licence, List<String> labels) {
    Path directory = directory(name);
    try (TensorFile open = TensorFile.open(file)) {
      StateDict state = StateDict.clean(open.tensors());
      if (state.tensors().isEmpty()) {
        throw new InvalidInputException("%s: has no weights.".formatted(file));
      }
      if (architecture != null) {
        require(file, state, architecture);
      }
      Architecture found =
          architecture == null ? Architectures.of(state).orElse(null) : architecture;
      ImportFacts facts = facts(file, name, found, licence, open, state);
      return write(directory, facts, state.tensors(), network(facts, found, state, labels));
    }
  }

  /** The network if it can be served, else null. */
  private static NetworkSpec network(
      ImportFacts facts, Architecture architecture, StateDict state, List<String> labels) {
    Optional<NetworkSpec> found =
        architecture == null
            ? Optional.empty()
            : state.isOfEncoder()
                ? PublishedEncoders.of(architecture, state)
                : architecture.network(state);
    if (labels != null && found.isEmpty()) {
      throw new InvalidInputException(
          "%s: class names are of no use, it has no known head. Leave --labels out."
              .formatted(facts.source()));
    }
    return found
        .map(spec -> labels == null ? spec : spec.labelled(labels))
        .map(
            spec ->
                PublishedCheckpoints.hasFrozenNormsOfZeroEps(facts.sha256())
                    ? spec.withTrunkEps(0)
                    : spec)
        .orElse(null);
  }

  private static void require(Path file, StateDict state, Architecture architecture) {
    Difference difference = architecture.difference(state);
    if (!difference.isEmpty()) {
      throw new InvalidInputException(
          "%s: is no %s: %s. Leave --as out to import it as it is."
              .formatted(file, architecture.name(), difference.summary()));
    }
  }

  private static ImportFacts facts(
      Path file,
      String name,
      Architecture architecture,
      String licence,
      TensorFile open,
      StateDict state) {
    return new ImportFacts(
        1,
        name,
        architecture == null ? null : architecture.name(),
        String.valueOf(file.getFileName()),
        Digest.SHA_256.of(file),
        open.format().name(),
        licence,
        open.metadata(),
        state.prefix(),
        state.dropped(),
        state.renamed(),
        state.tensors().size(),
        state.tensors().values().stream().mapToLong(StoredTensor::elements).sum());
  }

  private ImportFacts write(
      Path directory, ImportFacts facts, Map<String, StoredTensor> tensors, NetworkSpec network) {
    Path hidden = output.resolve("." + facts.name() + ".partial");
    try {
      Files.createDirectories(output);
      delete(hidden);
      Files.createDirectory(hidden);
      Map<String, String> metadata = new LinkedHashMap<>();
      metadata.put("name", facts.name());
      metadata.put("source", facts.source());
      metadata.put("source.sha256", facts.sha256());
      Safetensors.write(hidden.resolve(WEIGHTS), metadata, tensors);
      facts.write(hidden);
      if (network != null) {
        network.write(hidden);
        new ModelExport(
                network, facts.name(), licence(facts), false, Map.of("source", facts.source()))
            .write(hidden.resolve(WEIGHTS), hidden);
      }
      Files.move(hidden, directory, StandardCopyOption.ATOMIC_MOVE);
      return facts;
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written (%s). Is there room, and may you write there?"
              .formatted(directory, e),
          e);
    } finally {
      delete(hidden);
    }
  }

  private static String licence(ImportFacts facts) {
    return facts.licence() == null ? "unknown" : facts.licence();
  }

  /** A folder of plain files. */
  private static void delete(Path directory) {
    if (!Files.isDirectory(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be removed (%s). Remove it by hand.".formatted(directory, e), e);
    }
  }
}
