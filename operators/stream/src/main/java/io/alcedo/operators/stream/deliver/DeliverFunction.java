package io.alcedo.operators.stream.deliver;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.notify.ChannelSettings;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * The {@link Delivery} of one channel. What is under way is in the operator's state, so after a
 * restart it is delivered again. Accounting: alerts in = delivered + dead letters.
 */
final class DeliverFunction extends RichAsyncFunction<Alert, DeadLetter> {
  private static final long serialVersionUID = 1L;

  private final ChannelSettings channel;
  private final Snapshots.Opener snapshots;
  private transient ScheduledExecutorService thread;
  private transient Delivery delivery;
  private transient Counter delivered;
  private transient Counter dead;

  DeliverFunction(ChannelSettings channel, Snapshots.Opener snapshots) {
    this.channel = channel;
    this.snapshots = snapshots;
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("channel", channel.name());
    delivered = group.counter("delivered", new ThreadSafeSimpleCounter());
    dead = group.counter("dead", new ThreadSafeSimpleCounter());
    Counter failedAttempts = group.counter("failedAttempts");
    thread = Executors.newSingleThreadScheduledExecutor(DeliverFunction::daemon);
    delivery =
        new Delivery(
            channel, channel.open(), snapshots.open(), thread, new Random(), failedAttempts::inc);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "alcedo-deliver");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void asyncInvoke(Alert alert, ResultFuture<DeadLetter> result) {
    var unused =
        delivery
            .deliver(alert)
            .whenComplete(
                (letter, failure) -> {
                  if (failure == null) {
                    finish(letter, result);
                  } else {
                    result.completeExceptionally(failure);
                  }
                });
  }

  private void finish(Optional<DeadLetter> letter, ResultFuture<DeadLetter> result) {
    (letter.isPresent() ? dead : delivered).inc();
    result.complete(letter.map(List::of).orElse(List.of()));
  }

  /** Later than the delivery gives up by itself: something hangs. */
  @Override
  public void timeout(Alert alert, ResultFuture<DeadLetter> result) {
    dead.inc();
    result.complete(
        List.of(Delivery.dead(channel, alert, "channel %s hangs".formatted(channel.name()))));
  }

  @Override
  public void close() {
    if (thread != null) {
      // Its pictures belong to the thread.
      thread.execute(delivery::close);
      thread.shutdown();
    }
  }
}
