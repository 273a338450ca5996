package io.alcedo.operators.stream.deliver;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.notify.ChannelSettings;
import io.alcedo.connectors.notify.NotDeliveredException;
import io.alcedo.connectors.notify.Notification;
import io.alcedo.connectors.notify.Notifier;
import io.alcedo.connectors.notify.RetrySettings;
import io.alcedo.connectors.wire.AlertCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers alerts to one channel: with their pictures, again and again until the receiver has them
 * or it is time to give up. What is told of one alert arrives in its order; alerts do not wait for
 * each other.
 */
final class Delivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final ChannelSettings channel;
  private final Notifier notifier;
  private final Snapshots snapshots;
  private final ScheduledExecutorService thread;
  private final RandomGenerator random;
  private final Runnable failedAttempt;

  /** What is under way, by alert. */
  private final Map<String, CompletableFuture<Optional<DeadLetter>>> last =
      new ConcurrentHashMap<>();

  /**
   * Prepares.
   *
   * @param notifier is closed with this
   * @param snapshots used by the thread only, and closed with this
   * @param thread one, on which pictures are drawn and attempts begin
   * @param failedAttempt told of each
   */
  Delivery(
      ChannelSettings channel,
      Notifier notifier,
      Snapshots snapshots,
      ScheduledExecutorService thread,
      RandomGenerator random,
      Runnable failedAttempt) {
    this.channel = channel;
    this.notifier = notifier;
    this.snapshots = snapshots;
    this.thread = thread;
    this.random = random;
    this.failedAttempt = failedAttempt;
  }

  /** A notification on its way. */
  private record Task(
      Notification notification,
      int attempts,
      long beganNanos,
      CompletableFuture<Optional<DeadLetter>> result) {
    Task again() {
      return new Task(notification, attempts + 1, beganNanos, result);
    }
  }

  /**
   * Delivers one alert. Returns at once.
   *
   * @return empty when the receiver has it, else a dead letter that says why it has not
   */
  CompletableFuture<Optional<DeadLetter>> deliver(Alert alert) {
    CompletableFuture<Optional<DeadLetter>> result = new CompletableFuture<>();
    CompletableFuture<Optional<DeadLetter>> before = last.put(alert.id(), result);
    var unused = result.whenComplete((letter, failure) -> last.remove(alert.id(), result));
    if (before == null) {
      thread.execute(() -> begin(alert, result));
    } else {
      unused = before.whenComplete((letter, failure) -> thread.execute(() -> begin(alert, result)));
    }
    return result;
  }

  private void begin(Alert alert, CompletableFuture<Optional<DeadLetter>> result) {
    try {
      attempt(new Task(notification(alert), 1, System.nanoTime(), result));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  /** An alert in time is worth more than its picture. */
  private Notification notification(Alert alert) {
    if (!channel.picture() || alert.state() != Alert.State.RAISED) {
      return Notification.of(alert);
    }
    try {
      Snapshot snapshot = snapshots.of(alert);
      return new Notification(alert, snapshot.jpeg(), snapshot.missing());
    } catch (IOException | IllegalStateException e) {
      LOG.warn("Alert {} goes to {} without its picture", alert.id(), channel.name(), e);
      return new Notification(alert, null, String.valueOf(e.getMessage()));
    }
  }

  private void attempt(Task task) {
    var unused =
        notifier
            .send(task.notification())
            .whenComplete(
                (sent, failure) -> {
                  if (failure == null) {
                    task.result().complete(Optional.empty());
                  } else {
                    thread.execute(() -> failed(task, failure));
                  }
                });
  }

  private void failed(Task task, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof NotDeliveredException problem)) {
      task.result().completeExceptionally(cause);
      return;
    }
    failedAttempt.run();
    RetrySettings retry = channel.retry();
    Duration wait = longer(retry.pause(task.attempts(), random.nextDouble()), problem.notBefore());
    Duration sofar = Duration.ofNanos(System.nanoTime() - task.beganNanos());
    Alert alert = task.notification().alert();
    if (problem.isFinal() || sofar.plus(wait).compareTo(retry.giveUpAfter()) > 0) {
      String reason =
          "%s, after %d attempts in %d s"
              .formatted(problem.getMessage(), task.attempts(), sofar.toSeconds());
      LOG.warn("Alert {} is given up: {}", alert.key(), reason);
      task.result().complete(Optional.of(dead(channel, alert, reason)));
      return;
    }
    LOG.info("Alert {} again in {}: {}", alert.key(), wait, problem.getMessage());
    var unused =
        thread.schedule(() -> attempt(task.again()), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** The letter of an alert that a channel did not take. */
  static DeadLetter dead(ChannelSettings channel, Alert alert, String reason) {
    return new DeadLetter(
        alert.camera(),
        alert.frame(),
        alert.ref(),
        "deliver:" + channel.name(),
        reason,
        alert.captureTime(),
        AlertCodec.write(alert));
  }

  @Override
  public void close() {
    notifier.close();
    snapshots.close();
  }
}
