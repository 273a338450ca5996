package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.connectors.registry.ModelRegistry;
import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.FrameDecoder;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxEncoder;
import io.alcedo.operators.stream.inference.UndecodableFrameException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.opencv.opencv_core.Mat;

/** The encoders that an index needs, by their versions: its own folder's, and the registry's. */
public final class IndexEncoders implements AutoCloseable {
  private static final int BATCH = 16;

  private final Path own;
  private final String ownVersion;
  private final RegistrySettings settings;
  private final ModelRegistry registry;
  private final EngineOptions engine;
  private final Map<String, Open> open = new HashMap<>();

  /** One that is loaded. */
  private record Open(int dimensions, OnnxEncoder encoder, FrameBatch batch) {
    void close() {
      batch.close();
      encoder.close();
    }
  }

  /**
   * Loads nothing yet.
   *
   * @param own directory of the encoder that the pipeline begins with; null = none
   * @param settings of the registry; null = none
   */
  public IndexEncoders(Path own, RegistrySettings settings, EngineOptions engine) {
    this.own = own;
    this.ownVersion = own == null ? null : ModelDirectory.open(own).manifest().version();
    this.settings = settings;
    this.registry = settings == null ? null : settings.open();
    this.engine = engine;
  }

  /** The version of the encoder that the pipeline begins with; null if there is none. */
  String ownVersion() {
    return ownVersion;
  }

  /**
   * Numbers in the vectors of a version, whose encoder is loaded.
   *
   * @throws InvalidInputException if it cannot be had
   */
  synchronized int dimensions(String version) {
    return require(version).dimensions;
  }

  /**
   * Vectors of pictures.
   *
   * @param jpegs any number
   * @return in their order; null for what is no picture
   * @throws InvalidInputException if the encoder cannot be had
   */
  public synchronized List<float[]> embed(String version, List<byte[]> jpegs) {
    Open one = require(version);
    List<float[]> vectors = new ArrayList<>(jpegs.size());
    for (int from = 0; from < jpegs.size(); from += BATCH) {
      embed(one, jpegs.subList(from, Math.min(jpegs.size(), from + BATCH)), vectors);
    }
    return vectors;
  }

  /**
   * Vectors of pictures.
   *
   * @throws InvalidInputException if the encoder cannot be had, or one of them is no picture
   */
  List<float[]> embedAll(String version, List<byte[]> jpegs) {
    List<float[]> vectors = embed(version, jpegs);
    if (vectors.contains(null)) {
      throw new InvalidInputException(
          "picture %d of %d cannot be decoded; expected JPEG or PNG"
              .formatted(vectors.indexOf(null) + 1, jpegs.size()));
    }
    return vectors;
  }

  private static void embed(Open one, List<byte[]> jpegs, List<float[]> vectors) {
    boolean[] isPicture = new boolean[jpegs.size()];
    int count = 0;
    for (int i = 0; i < isPicture.length; i++) {
      try (Mat rgb = FrameDecoder.DEFAULT.decodeUpright(jpegs.get(i))) {
        one.batch.place(count, rgb);
        isPicture[i] = true;
        count++;
      } catch (UndecodableFrameException e) {
        isPicture[i] = false;
      }
    }
    List<float[]> made = count == 0 ? List.of() : one.encoder.run(one.batch, 0, count);
    int next = 0;
    for (boolean picture : isPicture) {
      vectors.add(picture ? made.get(next++) : null);
    }
  }

  private Open require(String version) {
    Open there = open.get(version);
    if (there == null) {
      ModelDirectory model = directory(version);
      int dimensions = model.manifest().outputs().embedding().dimensions();
      OnnxEncoder encoder = OnnxEncoder.open(model, engine, threads(), BATCH);
      there = new Open(dimensions, encoder, encoder.newBatch(BATCH));
      open.put(version, there);
    }
    return there;
  }

  private int threads() {
    return engine.threads() > 0 ? engine.threads() : 1;
  }

  private ModelDirectory directory(String version) {
    if (version.equals(ownVersion)) {
      return ModelDirectory.open(own).require(Task.EMBEDDING);
    }
    if (registry == null) {
      throw new InvalidInputException(
          "encoder %s is not here: the pipeline has %s, and no registry. Name the registry that has it."
              .formatted(version, own == null ? "none" : ownVersion));
    }
    try {
      return ModelDirectory.open(registry.fetch(version, settings.cacheFolder()))
          .require(Task.EMBEDDING);
    } catch (IOException e) {
      throw new InvalidInputException(
          "encoder %s cannot be fetched from the registry: %s".formatted(version, e.getMessage()),
          e);
    }
  }

  /** Closes all but these. */
  synchronized void retain(Set<String> versions) {
    for (String version : new HashSet<>(open.keySet())) {
      if (!versions.contains(version)) {
        open.remove(version).close();
      }
    }
  }

  @Override
  public void close() {
    retain(Set.of());
  }
}
