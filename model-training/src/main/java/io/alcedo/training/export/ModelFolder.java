package io.alcedo.training.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.alcedo.connectors.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;

/** Writes a graph with its manifest. */
final class ModelFolder {
  /** Name of the graph's file. */
  static final String MODEL = "model.onnx";

  private static final String MANIFEST = "manifest.json";

  private ModelFolder() {}

  /**
   * Writes both.
   *
   * @param manifest made from the model's SHA-256, hex
   * @return the manifest
   */
  static ModelManifest write(Path folder, byte[] model, Function<String, ModelManifest> manifest)
      throws IOException {
    Files.createDirectories(folder);
    ModelManifest written = manifest.apply(sha256(model));
    Files.write(folder.resolve(MODEL), model);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(folder.resolve(MANIFEST).toFile(), written);
    return written;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
