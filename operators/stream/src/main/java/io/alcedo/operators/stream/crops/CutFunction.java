package io.alcedo.operators.stream.crops;

import io.alcedo.connectors.frames.FrameStore;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/** Cuts planned pictures, one after the other, away from the task's thread. One out for each in. */
final class CutFunction extends RichAsyncFunction<CropPlan, CutCrop> {
  private static final long serialVersionUID = 1L;

  private final FrameStore.Opener frames;
  private transient CropCutter cutter;
  private transient ExecutorService thread;

  CutFunction(FrameStore.Opener frames) {
    this.frames = frames;
  }

  @Override
  public void open(OpenContext context) {
    cutter = new CropCutter(frames.open());
    thread = Executors.newSingleThreadExecutor(CutFunction::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "alcedo-crops");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void asyncInvoke(CropPlan plan, ResultFuture<CutCrop> result) {
    thread.execute(
        () -> {
          try {
            result.complete(List.of(cutter.cut(plan)));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
  }

  @Override
  public void timeout(CropPlan plan, ResultFuture<CutCrop> result) {
    result.complete(List.of(CropCutter.dead(plan, new byte[0], "timeout: the frame did not come")));
  }

  @Override
  public void close() {
    if (thread != null) {
      // The consumer belongs to its thread.
      thread.execute(cutter::close);
      thread.shutdown();
    }
  }
}
