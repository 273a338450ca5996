package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.model.ModelManifest;
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

  /** Digest of a file, lower-case hex. */
  static String sha256(Path file) {
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
