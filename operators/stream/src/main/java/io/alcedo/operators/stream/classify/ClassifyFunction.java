package io.alcedo.operators.stream.classify;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.registry.Role;
import io.alcedo.operators.stream.classify.ClassifierOptions.Subject;
import io.alcedo.operators.stream.detect.DetectedFrame;
import io.alcedo.operators.stream.inference.ClassScores;
import io.alcedo.operators.stream.inference.LiveEngine;
import io.alcedo.operators.stream.inference.LiveEngine.Asked;
import io.alcedo.operators.stream.inference.Outcome;
import io.alcedo.operators.stream.inference.SharedEngines;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Classifies frames, or the objects that were detected in them; what has no picture passes, in
 * order, without it. Use with ordered waiting. One element out for each element in, whatever
 * happens: a frame that takes too long keeps its detections and goes on without attributes.
 */
public final class ClassifyFunction extends RichAsyncFunction<DetectedFrame, DetectedFrame> {
  private static final long serialVersionUID = 1L;

  private final ClassifierOptions options;
  private transient LiveEngine<ClassScores> engine;
  private transient Map<ResultFuture<DetectedFrame>, List<CompletableFuture<Outcome<ClassScores>>>>
      pending;

  public ClassifyFunction(ClassifierOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    engine =
        LiveEngine.open(
            Role.CLASSIFIER,
            getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks(),
            options.inference(),
            SharedEngines::classifier);
    pending = new ConcurrentHashMap<>();
    getRuntimeContext().getMetricGroup().gauge("picturesWaiting", engine::waiting);
  }

  @Override
  public void asyncInvoke(DetectedFrame frame, ResultFuture<DetectedFrame> result) {
    if (frame.frame() == null) {
      result.complete(List.of(frame));
    } else if (options.on() == Subject.FRAME) {
      Asked<ClassScores> asked = engine.ask(model -> List.of(model.submit(frame.frame())));
      follow(asked, result, outcomes -> verdict(asked).ofFrame(frame, outcomes.get(0)));
    } else {
      classifyObjects(frame, result);
    }
  }

  private void classifyObjects(DetectedFrame frame, ResultFuture<DetectedFrame> result) {
    DetectionLine line = frame.line();
    List<Integer> objects = options.crops().of(line);
    if (objects.isEmpty()) {
      result.complete(
          List.of(new ClassVerdict(engine.manifest(), options.choice()).nothing(frame)));
      return;
    }
    List<Box> boxes = objects.stream().map(index -> line.objects().get(index).box()).toList();
    Asked<ClassScores> asked = engine.ask(model -> model.submit(frame.frame(), boxes));
    follow(asked, result, outcomes -> verdict(asked).ofObjects(frame, objects, outcomes));
  }

  private ClassVerdict verdict(Asked<ClassScores> asked) {
    return new ClassVerdict(asked.manifest(), options.choice());
  }

  /** From the outcomes of a frame's pictures to the frame as it travels on. */
  private interface Completion {
    DetectedFrame of(List<Outcome<ClassScores>> outcomes);
  }

  private void follow(
      Asked<ClassScores> asked, ResultFuture<DetectedFrame> result, Completion completion) {
    List<CompletableFuture<Outcome<ClassScores>>> outcomes = asked.outcomes();
    pending.put(result, outcomes);
    var unused =
        CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
            .whenComplete(
                (all, cancelled) -> {
                  pending.remove(result);
                  // Cancelled = this subtask closes, or the frame timed out and is answered.
                  if (cancelled == null) {
                    List<Outcome<ClassScores>> done =
                        outcomes.stream().map(CompletableFuture::join).toList();
                    result.complete(List.of(completion.of(done)));
                  }
                });
  }

  @Override
  public void timeout(DetectedFrame frame, ResultFuture<DetectedFrame> result) {
    List<CompletableFuture<Outcome<ClassScores>>> outcomes = pending.remove(result);
    int pictures = 1;
    if (outcomes != null) {
      pictures = outcomes.size();
      outcomes.forEach(outcome -> outcome.cancel(false));
    }
    String reason =
        "timeout: no result within %d ms".formatted(options.inference().timeout().toMillis());
    result.complete(List.of(ClassVerdict.failed(frame, pictures, reason)));
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
