package io.alcedo.training.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.ColorOrder;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Layout;
import io.alcedo.connectors.model.ModelManifest.NumberType;
import io.alcedo.connectors.model.ModelManifest.Resize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** Writes a graph with its manifest. */
final class ModelFolder {
  /** Name of the graph's file. */
  static final String MODEL = "model.onnx";

  /** Name of the input. */
  static final String IMAGES = "images";

  private static final String MANIFEST = "manifest.json";

  private ModelFolder() {}

  /**
   * The input of all our graphs: {@code images} uint8 [N, height, width, 3] RGB, as they are
   * decoded.
   *
   * @param sizesName of the true sizes, or null
   * @param width of the canvas, px
   * @param height of the canvas, px
   */
  static Input pictures(String sizesName, Resize resize, int width, int height) {
    return new Input(
        IMAGES,
        sizesName,
        Layout.NHWC,
        NumberType.UINT8,
        ColorOrder.RGB,
        1,
        List.of(0.0, 0.0, 0.0),
        List.of(1.0, 1.0, 1.0),
        resize,
        width,
        height);
  }

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
