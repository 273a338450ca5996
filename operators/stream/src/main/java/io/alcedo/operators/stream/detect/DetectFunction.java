package io.alcedo.operators.stream.detect;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.registry.Role;
import io.alcedo.operators.stream.inference.DetectionAssembler;
import io.alcedo.operators.stream.inference.Detections;
import io.alcedo.operators.stream.inference.InferenceOptions;
import io.alcedo.operators.stream.inference.LiveEngine;
import io.alcedo.operators.stream.inference.LiveEngine.Asked;
import io.alcedo.operators.stream.inference.Outcome;
import io.alcedo.operators.stream.inference.SharedEngines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Runs the detector on every frame; heartbeats, ends of sessions and malformed records pass, in
 * order, without it. Use with ordered waiting. One element out for each element in, whatever
 * happens: a frame that takes too long is dead, the job goes on.
 */
public final class DetectFunction extends RichAsyncFunction<CameraRecord, DetectedFrame> {
  private static final long serialVersionUID = 1L;

  private final InferenceOptions options;
  private final boolean keepsFrames;
  private transient LiveEngine<Detections> engine;
  private transient Map<ModelManifest, FrameVerdict> verdicts;
  private transient Map<ResultFuture<DetectedFrame>, CompletableFuture<Outcome<Detections>>>
      pending;

  /**
   * Prepares the function.
   *
   * @param keepsFrames whether a stage behind needs the pixels of what was looked at
   */
  public DetectFunction(InferenceOptions options, boolean keepsFrames) {
    this.options = options;
    this.keepsFrames = keepsFrames;
  }

  @Override
  public void open(OpenContext context) {
    engine =
        LiveEngine.open(
            Role.DETECTOR,
            getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks(),
            options,
            SharedEngines::detector);
    verdicts = new HashMap<>();
    pending = new ConcurrentHashMap<>();
    getRuntimeContext().getMetricGroup().gauge("framesWaiting", engine::waiting);
  }

  @Override
  public void asyncInvoke(CameraRecord record, ResultFuture<DetectedFrame> result) {
    switch (record.kind()) {
      case FRAME -> infer(record, result);
      case HEARTBEAT -> pass(record, LineStatus.HEARTBEAT, result);
      case END -> pass(record, LineStatus.END, result);
      case MALFORMED -> result.complete(List.of(FrameVerdict.malformed(record)));
    }
  }

  private static void pass(
      CameraRecord record, LineStatus status, ResultFuture<DetectedFrame> result) {
    result.complete(List.of(FrameVerdict.of(record, status, null)));
  }

  private void infer(CameraRecord frame, ResultFuture<DetectedFrame> result) {
    Asked<Detections> asked = engine.ask(model -> List.of(model.submit(frame)));
    FrameVerdict verdict =
        verdicts.computeIfAbsent(
            asked.manifest(),
            manifest -> new FrameVerdict(new DetectionAssembler(manifest), keepsFrames));
    CompletableFuture<Outcome<Detections>> outcome = asked.outcomes().get(0);
    pending.put(result, outcome);
    var unused =
        outcome.whenComplete(
            (value, cancelled) -> answer(frame, verdict, value, cancelled, result));
  }

  private void answer(
      CameraRecord frame,
      FrameVerdict verdict,
      Outcome<Detections> outcome,
      Throwable cancelled,
      ResultFuture<DetectedFrame> result) {
    pending.remove(result);
    // Cancelled = this subtask closes, or the frame timed out and is answered already.
    if (cancelled == null) {
      result.complete(List.of(verdict.of(frame, outcome)));
    }
  }

  @Override
  public void timeout(CameraRecord frame, ResultFuture<DetectedFrame> result) {
    CompletableFuture<Outcome<Detections>> outcome = pending.remove(result);
    if (outcome != null) {
      outcome.cancel(false);
    }
    String reason = "timeout: no result within %d ms".formatted(options.timeout().toMillis());
    result.complete(List.of(FrameVerdict.dead(frame, reason)));
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
