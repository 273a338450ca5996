package io.alcedo.operators.stream.classify;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.registry.Role;
import io.alcedo.operators.stream.classify.ClassifierOptions.Subject;
import io.alcedo.operators.stream.detect.DetectedFrame;
import io.alcedo.operators.stream.detect.PendingAnswers;
import io.alcedo.operators.stream.inference.ClassScores;
import io.alcedo.operators.stream.inference.LiveEngine;
import io.alcedo.operators.stream.inference.LiveEngine.Asked;
import io.alcedo.operators.stream.inference.SharedEngines;
import java.util.List;
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
  private transient PendingAnswers<ClassScores> pending;

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
    pending = new PendingAnswers<>();
    getRuntimeContext().getMetricGroup().gauge("picturesWaiting", engine::waiting);
  }

  @Override
  public void asyncInvoke(DetectedFrame frame, ResultFuture<DetectedFrame> result) {
    if (frame.frame() == null) {
      result.complete(List.of(frame));
    } else if (options.on() == Subject.FRAME) {
      Asked<ClassScores> asked = engine.ask(model -> List.of(model.submit(frame.frame())));
      pending.follow(asked, result, outcomes -> verdict(asked).ofFrame(frame, outcomes.get(0)));
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
    pending.follow(asked, result, outcomes -> verdict(asked).ofObjects(frame, objects, outcomes));
  }

  private ClassVerdict verdict(Asked<ClassScores> asked) {
    return new ClassVerdict(asked.manifest(), options.choice());
  }

  @Override
  public void timeout(DetectedFrame frame, ResultFuture<DetectedFrame> result) {
    int pictures = pending.giveUp(result);
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
