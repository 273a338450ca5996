package io.alcedo.operators.stream.appearance;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.registry.Role;
import io.alcedo.operators.stream.detect.DetectedFrame;
import io.alcedo.operators.stream.detect.PendingAnswers;
import io.alcedo.operators.stream.inference.LiveEngine;
import io.alcedo.operators.stream.inference.LiveEngine.Asked;
import io.alcedo.operators.stream.inference.SharedEngines;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Makes a vector of each object that was detected with certainty, for the tracker; what has no
 * picture passes, in order, without it. Use with ordered waiting. One element out for each element
 * in, whatever happens: a frame that takes too long keeps its detections and goes on without
 * vectors.
 */
public final class AppearanceFunction extends RichAsyncFunction<DetectedFrame, DetectedFrame> {
  private static final long serialVersionUID = 1L;

  private final AppearanceStage.Settings settings;
  private final boolean keepsFrames;
  private transient LiveEngine<float[]> engine;
  private transient PendingAnswers<float[]> pending;

  /**
   * Prepares the function.
   *
   * @param keepsFrames whether a stage behind needs the frames' pixels
   */
  public AppearanceFunction(AppearanceStage.Settings settings, boolean keepsFrames) {
    this.settings = settings;
    this.keepsFrames = keepsFrames;
  }

  @Override
  public void open(OpenContext context) {
    engine =
        LiveEngine.open(
            Role.ENCODER,
            getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks(),
            settings.inference(),
            SharedEngines::encoder);
    pending = new PendingAnswers<>();
    getRuntimeContext().getMetricGroup().gauge("objectsWaiting", engine::waiting);
  }

  @Override
  public void asyncInvoke(DetectedFrame frame, ResultFuture<DetectedFrame> result) {
    if (frame.frame() == null) {
      result.complete(List.of(frame));
      return;
    }
    DetectionLine line = frame.line();
    List<Integer> objects = settings.crops().of(line);
    if (objects.isEmpty()) {
      result.complete(List.of(verdict(engine.manifest()).of(frame, List.of(), List.of())));
      return;
    }
    List<Box> boxes = objects.stream().map(index -> line.objects().get(index).box()).toList();
    Asked<float[]> asked = engine.ask(model -> model.submit(frame.frame(), boxes));
    pending.follow(
        asked, result, outcomes -> verdict(asked.manifest()).of(frame, objects, outcomes));
  }

  private AppearanceVerdict verdict(ModelManifest encoder) {
    return new AppearanceVerdict(encoder.version(), keepsFrames);
  }

  @Override
  public void timeout(DetectedFrame frame, ResultFuture<DetectedFrame> result) {
    int pictures = pending.giveUp(result);
    String reason =
        "timeout: no vectors within %d ms".formatted(settings.inference().timeout().toMillis());
    result.complete(List.of(verdict(engine.manifest()).failed(frame, pictures, reason)));
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
