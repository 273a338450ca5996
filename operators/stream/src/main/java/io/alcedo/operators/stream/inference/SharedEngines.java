package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.model.ModelManifest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
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

  private record Key(String sha256, EngineOptions engine, BatchOptions batch) {}

  private record Shared(MicroBatcher batcher, Set<Lease> leases) {}

  private SharedEngines() {}

  /**
   * Opens the engine, or joins those who have it open.
   *
   * @throws io.alcedo.connectors.InvalidInputException if the model cannot be used
   */
  public static synchronized Lease lease(InferenceOptions options) {
    ModelDirectory model = ModelDirectory.open(Path.of(options.model()));
    Key key = new Key(model.manifest().sha256(), options.engine(), options.batch());
    Shared shared = OPEN.get(key);
    if (shared == null) {
      shared =
          new Shared(start(model, options), Collections.newSetFromMap(new IdentityHashMap<>()));
      OPEN.put(key, shared);
    }
    Lease lease = new Lease(key, shared.batcher, model.manifest());
    shared.leases.add(lease);
    return lease;
  }

  /** How many engines are open in this JVM. */
  public static synchronized int open() {
    return OPEN.size();
  }

  private static MicroBatcher start(ModelDirectory model, InferenceOptions options) {
    BatchOptions batch = options.batch();
    int threads =
        options.engine().threads() > 0
            ? options.engine().threads()
            : Runtime.getRuntime().availableProcessors();
    OnnxDetector detector = OnnxDetector.open(model, options.engine(), threads, batch.size());
    return new MicroBatcher(
        detector, batch, FrameDecoder.DEFAULT, System::nanoTime, Clock.systemUTC());
  }

  private static synchronized MicroBatcher release(Lease lease) {
    Shared shared = OPEN.get(lease.key);
    if (shared == null || !shared.leases.remove(lease) || !shared.leases.isEmpty()) {
      return null;
    }
    OPEN.remove(lease.key);
    return shared.batcher;
  }

  /** One asker's share of an engine. Closing it cancels what this asker still waits for. */
  public static final class Lease implements AutoCloseable {
    private final Key key;
    private final MicroBatcher batcher;
    private final ModelManifest manifest;

    private Lease(Key key, MicroBatcher batcher, ModelManifest manifest) {
      this.key = key;
      this.batcher = batcher;
      this.manifest = manifest;
    }

    public ModelManifest manifest() {
      return manifest;
    }

    /** Gives in a frame; never blocks. The future is cancelled if this lease closes first. */
    public CompletableFuture<Outcome> submit(CameraRecord frame) {
      return batcher.submit(this, frame.id().camera(), frame.published(), frame.image());
    }

    /** Frames of all askers that wait for a place in a batch. */
    public int waiting() {
      return batcher.waiting();
    }

    @Override
    public void close() {
      batcher.cancel(this);
      MicroBatcher unused = release(this);
      if (unused != null) {
        unused.close();
      }
    }
  }
}
