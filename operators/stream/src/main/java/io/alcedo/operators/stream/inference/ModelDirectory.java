package io.alcedo.operators.stream.inference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A model as it lies on disk: its manifest and, beside it, its weights.
 *
 * @param manifest checked, and its SHA-256 is that of the weights
 * @param weights the ONNX file
 */
public record ModelDirectory(ModelManifest manifest, Path weights) {
  public static final String MANIFEST = "manifest.json";

  /**
   * Finds and checks a model.
   *
   * @param path a directory with a manifest, or weights beside their manifest
   * @throws InvalidInputException if something is missing or does not match; says what
   */
  public static ModelDirectory open(Path path) {
    if (!Files.exists(path)) {
      throw new InvalidInputException(
          "model %s: there is no such file or directory".formatted(path));
    }
    boolean isDirectory = Files.isDirectory(path);
    Path directory = isDirectory ? path : path.toAbsolutePath().getParent();
    Path file = directory.resolve(MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "model %s: no %s in %s; a model needs one beside its weights"
              .formatted(path, MANIFEST, directory));
    }
    ModelManifest manifest = YamlReader.read(file, ModelManifest.class);
    ManifestCheck.check(manifest, file);
    Path weights = directory.resolve(manifest.file());
    if (!isDirectory && !path.getFileName().equals(weights.getFileName())) {
      throw new InvalidInputException(
          "model %s: %s describes %s".formatted(path, file, manifest.file()));
    }
    checkDigest(weights, manifest.sha256());
    return new ModelDirectory(manifest, weights);
  }

  /**
   * This model, if it does what it shall do.
   *
   * @throws InvalidInputException if it does something else
   */
  public ModelDirectory require(Task task) {
    if (manifest.task() != task) {
      throw new InvalidInputException(
          "model %s: its manifest says task %s, expected %s"
              .formatted(weights.getParent(), manifest.task(), task));
    }
    return this;
  }

  private static void checkDigest(Path weights, String expected) {
    if (!Files.isRegularFile(weights)) {
      throw new InvalidInputException(
          "model weights %s: there is no such file, though the manifest names it"
              .formatted(weights));
    }
    String found = sha256(weights);
    if (!found.equalsIgnoreCase(expected)) {
      throw new InvalidInputException(
          "model weights %s: SHA-256 is %s, but the manifest says %s; the file is damaged or was replaced"
              .formatted(weights, found, expected));
    }
  }

  /** Writes a model's manifest into its directory. */
  public static void writeManifest(Path directory, ModelManifest manifest) throws IOException {
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(directory.resolve(MANIFEST).toFile(), manifest);
  }

  /** Digest of a file, lower-case hex. */
  public static String sha256(Path file) {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
