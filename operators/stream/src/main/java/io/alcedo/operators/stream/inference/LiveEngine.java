package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.registry.Role;
import io.alcedo.operators.stream.inference.SharedEngines.Lease;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An engine whose model can be exchanged while it serves. What was given to the old one is answered
 * by the old one; it closes when all of that is. So nothing waits for an exchange, and no batch
 * mixes two models.
 *
 * @param <R> what the models say of one picture
 */
public final class LiveEngine<R> implements AutoCloseable {
  private volatile Serving<R> serving;
  private boolean closed; // guarded by this
  private ModelFollower<R> follower;

  /**
   * What was asked.
   *
   * @param manifest of the model that answers
   * @param outcomes in the order of the pictures
   */
  public record Asked<R>(ModelManifest manifest, List<CompletableFuture<Outcome<R>>> outcomes) {}

  /** A lease, and how many wait for its answers; itself counts as one until it is replaced. */
  private static final class Serving<R> {
    final Lease<R> lease;
    final AtomicInteger users = new AtomicInteger(1);

    Serving(Lease<R> lease) {
      this.lease = lease;
    }

    boolean enter() {
      return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void leave() {
      if (users.decrementAndGet() == 0) {
        // Not on the thread that settles this engine's outcomes: closing waits for it.
        Thread closing = new Thread(lease::close, "alcedo-retire");
        closing.setDaemon(true);
        closing.start();
      }
    }
  }

  /**
   * Begins with a model that stays until it is exchanged.
   *
   * @param first is closed with this engine, or when another takes over
   */
  LiveEngine(Lease<R> first) {
    serving = new Serving<>(first);
  }

  /**
   * Opens a stage's engine. With a registry it begins with the version that is deployed, or with
   * the stage's own model if none is or it cannot be used, and follows what is deployed from then
   * on.
   *
   * @param where names the stage's subtask to people
   * @param opener of models of the role
   * @throws io.alcedo.connectors.InvalidInputException if the stage's own model is needed and
   *     cannot be used
   * @throws IllegalStateException if the registry cannot be read
   */
  public static <R> LiveEngine<R> open(
      Role role,
      String where,
      InferenceOptions options,
      Function<InferenceOptions, Lease<R>> opener) {
    if (options.registry() == null) {
      return new LiveEngine<>(opener.apply(options));
    }
    ModelFollower<R> follower = new ModelFollower<>(role, where, options, opener);
    try {
      LiveEngine<R> engine = new LiveEngine<>(follower.first());
      engine.follower = follower;
      follower.follow(engine);
      return engine;
    } catch (RuntimeException e) {
      follower.close();
      throw e;
    }
  }

  /** The model that answers what is asked now. */
  public ModelManifest manifest() {
    return serving.lease.manifest();
  }

  /** Pictures that wait for a place in a batch. */
  public int waiting() {
    return serving.lease.waiting();
  }

  /** Gives pictures to the model that serves now; never blocks. */
  public Asked<R> ask(Function<Lease<R>, List<CompletableFuture<Outcome<R>>>> question) {
    while (true) {
      Serving<R> now = serving;
      if (now.enter()) {
        List<CompletableFuture<Outcome<R>>> outcomes = question.apply(now.lease);
        var unused =
            CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .whenComplete((all, cancelled) -> now.leave());
        return new Asked<>(now.lease.manifest(), outcomes);
      }
    }
  }

  /** Lets another model answer from now on; it is closed at once if this engine is. */
  public synchronized void exchange(Lease<R> next) {
    if (closed) {
      next.close();
      return;
    }
    Serving<R> before = serving;
    serving = new Serving<>(next);
    before.leave();
  }

  /** Cancels what waits for the model that serves. */
  @Override
  public synchronized void close() {
    closed = true;
    if (follower != null) {
      follower.close();
    }
    serving.lease.close();
  }
}
