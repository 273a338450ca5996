package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.event.ModelEvent.Kind;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.connectors.registry.CompactedTopic;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.ModelEventLog;
import io.alcedo.connectors.registry.ModelRegistry;
import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.connectors.registry.Role;
import io.alcedo.connectors.wire.DeploymentCodec;
import io.alcedo.connectors.wire.WireFormatException;
import io.alcedo.operators.stream.inference.SharedEngines.Lease;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges a stage's model for the one that is deployed. A version is fetched, checked against its
 * SHA-256 and its manifest, loaded and warmed up on this follower's thread; if any of that fails
 * the stage goes on with the model that it has, and {@code model-events} says why.
 *
 * @param <R> what the models say of one picture
 */
final class ModelFollower<R> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelFollower.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Role role;
  private final String where;
  private final InferenceOptions options;
  private final Function<InferenceOptions, Lease<R>> opener;
  private final RegistrySettings settings;
  private final ModelRegistry registry;
  private final CompactedTopic deployments;
  private final ModelEventLog events;
  private final Clock clock = Clock.systemUTC();
  private final Thread thread;
  private volatile boolean closed;
  private LiveEngine<R> engine;

  /**
   * Reads what is decided.
   *
   * @param where names the stage's subtask to people
   * @param options with a registry
   * @param opener of models of the role
   * @throws IllegalStateException if the decisions cannot be read
   */
  ModelFollower(
      Role role,
      String where,
      InferenceOptions options,
      Function<InferenceOptions, Lease<R>> opener) {
    this.role = role;
    this.where = where;
    this.options = options;
    this.opener = opener;
    settings = options.registry();
    registry = settings.open();
    deployments = CompactedTopic.read(settings.kafka(), Topic.DEPLOYMENTS);
    events = new ModelEventLog(settings.kafka());
    thread = new Thread(this::follow, "alcedo-follow-" + role.code());
    thread.setDaemon(true);
  }

  /**
   * The deployed model, or the stage's own if none is or it cannot be used.
   *
   * @throws InvalidInputException if the stage's own model is needed and cannot be used
   */
  Lease<R> first() {
    byte[] newest = deployments.values().get(role.code());
    Lease<R> deployed = newest == null ? null : load(newest, null);
    return deployed == null ? opener.apply(options) : deployed;
  }

  /** Exchanges the models of an engine from now on. */
  void follow(LiveEngine<R> live) {
    engine = live;
    thread.start();
  }

  private void follow() {
    try (deployments;
        events) {
      while (!closed) {
        Map<String, byte[]> fresh = deployments.poll(POLL);
        byte[] newest = fresh.get(role.code());
        Lease<R> next = newest == null ? null : load(newest, engine.manifest());
        if (next != null) {
          engine.exchange(next);
        }
      }
    } catch (WakeupException e) {
      LOG.debug("{} follows no more", where);
    } catch (RuntimeException e) {
      LOG.warn("{} follows no more deployments, and goes on with {}", where, engine.manifest(), e);
    }
  }

  /** A loaded model; null if it serves already, or cannot. */
  private Lease<R> load(byte[] deployment, ModelManifest serving) {
    Turn turn;
    try {
      turn = DeploymentCodec.read(deployment).current();
    } catch (WireFormatException e) {
      LOG.warn("Skipped a deployment of {}: {}", role.code(), e.getMessage());
      return null;
    }
    if (serving != null && turn.version().equals(serving.version())) {
      return null;
    }
    long start = System.nanoTime();
    try {
      String directory = registry.fetch(turn.version(), settings.cacheFolder()).toString();
      Lease<R> lease = opener.apply(options.withModel(directory));
      try {
        requireFit(lease.manifest(), serving);
        awaitTurn(turn);
      } catch (RuntimeException e) {
        lease.close();
        throw e;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      report(Kind.TAKEN_OVER, turn, where + " serves with it", Map.of("loadSeconds", seconds));
      return lease;
    } catch (InvalidInputException | IOException | IllegalStateException | InferenceException e) {
      String goesOn = serving == null ? "the model it is configured with" : serving.version();
      report(
          Kind.REFUSED,
          turn,
          "%s goes on with %s: %s".formatted(where, goesOn, e.getMessage()),
          Map.of());
      return null;
    }
  }

  private static void requireFit(ModelManifest next, ModelManifest serving) {
    if (serving == null || serving.task() != Task.EMBEDDING) {
      return;
    }
    int has = serving.outputs().embedding().dimensions();
    int gives = next.outputs().embedding().dimensions();
    if (has != gives) {
      throw new InvalidInputException(
          "%s gives vectors of %d dimensions, %s those of %d"
              .formatted(next.version(), gives, serving.version(), has));
    }
  }

  private void awaitTurn(Turn turn) {
    try {
      while (!closed && clock.instant().isBefore(turn.effectiveFrom())) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void report(Kind kind, Turn turn, String message, Map<String, Double> figures) {
    events.write(
        new ModelEvent(kind, role.code(), turn.version(), clock.instant(), message, figures));
  }

  @Override
  public void close() {
    closed = true;
    if (thread.isAlive()) {
      deployments.wakeUp();
    } else {
      deployments.close();
      events.close();
    }
  }
}
