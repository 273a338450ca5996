package io.alcedo.operators.stream.deliver;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.pictures.PictureStore;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws and stores the picture of each alert, and takes old ones away. Accounting: alerts in =
 * pictures + dead letters.
 */
final class SnapshotFunction extends RichAsyncFunction<Alert, DeadLetter> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFunction.class);
  private static final long SWEEP_MINUTES = 10;

  private final Snapshots.Opener opener;
  private final SnapshotRetention retention;
  private transient ScheduledExecutorService thread;
  private transient Snapshots snapshots;

  SnapshotFunction(Snapshots.Opener opener, SnapshotRetention retention) {
    this.opener = opener;
    this.retention = retention;
  }

  @Override
  public void open(OpenContext context) {
    snapshots = opener.open();
    thread = Executors.newSingleThreadScheduledExecutor(SnapshotFunction::daemon);
    if (retention.isBounded() && getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
      var unused = thread.scheduleWithFixedDelay(this::sweep, 0, SWEEP_MINUTES, TimeUnit.MINUTES);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "alcedo-snapshots");
    thread.setDaemon(true);
    return thread;
  }

  private void sweep() {
    try {
      PictureStore.Swept swept =
          snapshots
              .store()
              .sweep(retention.keep(), retention.mostBytes(), Clock.systemUTC().instant());
      LOG.debug("Took away {} pictures, {} bytes", swept.files(), swept.bytes());
    } catch (IOException | RuntimeException e) {
      LOG.warn("Old pictures in {} cannot be taken away", snapshots.store().root(), e);
    }
  }

  @Override
  public void asyncInvoke(Alert alert, ResultFuture<DeadLetter> result) {
    thread.execute(() -> result.complete(make(alert)));
  }

  private List<DeadLetter> make(Alert alert) {
    try {
      Snapshot snapshot = snapshots.of(alert);
      return snapshot.jpeg() == null ? dead(alert, snapshot.missing()) : List.of();
    } catch (IOException | RuntimeException e) {
      LOG.warn("No picture of alert {}", alert.id(), e);
      return dead(alert, String.valueOf(e.getMessage()));
    }
  }

  private static List<DeadLetter> dead(Alert alert, String reason) {
    return List.of(
        new DeadLetter(
            alert.camera(),
            alert.frame(),
            alert.ref(),
            "snapshot",
            "%s: %s".formatted(alert.id(), reason),
            alert.captureTime(),
            new byte[0]));
  }

  @Override
  public void timeout(Alert alert, ResultFuture<DeadLetter> result) {
    result.complete(dead(alert, "timeout: the frame did not come"));
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.execute(snapshots::close);
      thread.shutdown();
    }
  }
}
