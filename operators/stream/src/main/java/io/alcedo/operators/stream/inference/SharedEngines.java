package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Task;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One engine per model, device and batching in this JVM, shared by the slots of a TaskManager, so
 * that batches form across cameras. It lives as long as somebody holds a lease. Leases, not counts:
 * on failover a new attempt may open before the old one closes, and closing twice changes nothing.
 */
public final class SharedEngines {
  private static final Map<Key, Shared> OPEN = new HashMap<>(); // guarded by the class

  private record Key(Task task, String sha256, EngineOptions engine, BatchOptions batch) {}

  private record Shared(MicroBatcher<?> batcher, Set<Lease<?>> leases) {}

  private SharedEngines() {}

  /**
   * Opens a detector, or joins those who have it open.
   *
   * @throws io.alcedo.connectors.InvalidInputException if the model cannot be used
   */
  public static Lease<Detections> detector(InferenceOptions options) {
    return lease(options, Task.DETECTION, OnnxDetector::open);
  }

  /**
   * Opens a classifier, or joins those who have it open.
   *
   * @throws io.alcedo.connectors.InvalidInputException if the model cannot be used
   */
  public static Lease<ClassScores> classifier(InferenceOptions options) {
    return lease(options, Task.CLASSIFICATION, OnnxClassifier::open);
  }

  /**
   * Opens an encoder, or joins those who have it open.
   *
   * @throws io.alcedo.connectors.InvalidInputException if the model cannot be used
   */
  public static Lease<float[]> encoder(InferenceOptions options) {
    return lease(options, Task.EMBEDDING, OnnxEncoder::open);
  }

  /** Opens an engine of one kind. */
  private interface Opener<R> {
    BatchEngine<R> open(ModelDirectory model, EngineOptions options, int threads, int batchSize);
  }

  private static synchronized <R> Lease<R> lease(
      InferenceOptions options, Task task, Opener<R> opener) {
    ModelDirectory model = ModelDirectory.open(Path.of(options.model())).require(task);
    Key key = new Key(task, model.manifest().sha256(), options.engine(), options.batch());
    Shared shared = OPEN.get(key);
    if (shared == null) {
      shared =
          new Shared(
              start(model, options, opener), Collections.newSetFromMap(new IdentityHashMap<>()));
      OPEN.put(key, shared);
    }
    @SuppressWarnings("unchecked") // the task is part of the key, and R follows from it
    MicroBatcher<R> batcher = (MicroBatcher<R>) shared.batcher;
    Lease<R> lease = new Lease<>(key, batcher, model.manifest());
    shared.leases.add(lease);
    return lease;
  }

  /** How many engines are open in this JVM. */
  public static synchronized int open() {
    return OPEN.size();
  }

  private static <R> MicroBatcher<R> start(
      ModelDirectory model, InferenceOptions options, Opener<R> opener) {
    BatchOptions batch = options.batch();
    int threads =
        options.engine().threads() > 0
            ? options.engine().threads()
            : Runtime.getRuntime().availableProcessors();
    return new MicroBatcher<>(
        opener.open(model, options.engine(), threads, batch.size()),
        batch,
        FrameDecoder.DEFAULT,
        System::nanoTime,
        Clock.systemUTC());
  }

  private static synchronized MicroBatcher<?> release(Lease<?> lease) {
    Shared shared = OPEN.get(lease.key);
    if (shared == null || !shared.leases.remove(lease) || !shared.leases.isEmpty()) {
      return null;
    }
    OPEN.remove(lease.key);
    return shared.batcher;
  }

  /**
   * One asker's share of an engine. Closing it cancels what this asker still waits for.
   *
   * @param <R> what the model says of one picture
   */
  public static final class Lease<R> implements AutoCloseable {
    private final Key key;
    private final MicroBatcher<R> batcher;
    private final ModelManifest manifest;

    private Lease(Key key, MicroBatcher<R> batcher, ModelManifest manifest) {
      this.key = key;
      this.batcher = batcher;
      this.manifest = manifest;
    }

    public ModelManifest manifest() {
      return manifest;
    }

    /** Gives in a frame; never blocks. The future is cancelled if this lease closes first. */
    public CompletableFuture<Outcome<R>> submit(CameraRecord frame) {
      return submit(frame.id().camera(), frame.published(), frame.image());
    }

    /**
     * Gives in a picture; never blocks. The future is cancelled if this lease closes first.
     *
     * @param published when the publisher sent it, for settings of staleness
     */
    public CompletableFuture<Outcome<R>> submit(String camera, Instant published, byte[] jpeg) {
      return batcher.submit(this, camera, published, PicturePart.whole(jpeg));
    }

    /**
     * Gives in parts of a frame, which is decoded once for all of them; never blocks.
     *
     * @param regions px of the frame
     * @return one future for each region, in order
     */
    public List<CompletableFuture<Outcome<R>>> submit(CameraRecord frame, List<Box> regions) {
      return PicturePart.of(frame.image(), regions).stream()
          .map(part -> batcher.submit(this, frame.id().camera(), frame.published(), part))
          .toList();
    }

    /** Frames of all askers that wait for a place in a batch. */
    public int waiting() {
      return batcher.waiting();
    }

    @Override
    public void close() {
      batcher.cancel(this);
      MicroBatcher<?> unused = release(this);
      if (unused != null) {
        unused.close();
      }
    }
  }
}
