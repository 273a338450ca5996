package io.alcedo.operators.stream.detect;

import io.alcedo.operators.stream.inference.LiveEngine.Asked;
import io.alcedo.operators.stream.inference.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.flink.streaming.api.functions.async.ResultFuture;

/**
 * Frames that wait for what a second model says of their pictures.
 *
 * @param <R> what it says of one picture
 */
public final class PendingAnswers<R> {
  private final Map<ResultFuture<DetectedFrame>, List<CompletableFuture<Outcome<R>>>> pending =
      new ConcurrentHashMap<>();

  /** Lets a frame go on when all of its pictures are answered. */
  public void follow(
      Asked<R> asked,
      ResultFuture<DetectedFrame> result,
      Function<List<Outcome<R>>, DetectedFrame> completion) {
    List<CompletableFuture<Outcome<R>>> outcomes = asked.outcomes();
    pending.put(result, outcomes);
    var unused =
        CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
            .whenComplete(
                (all, cancelled) -> {
                  pending.remove(result);
                  // Cancelled = this subtask closes, or the frame timed out and is answered.
                  if (cancelled == null) {
                    List<Outcome<R>> done = outcomes.stream().map(CompletableFuture::join).toList();
                    result.complete(List.of(completion.apply(done)));
                  }
                });
  }

  /** Waits for a frame's answers no longer; returns how many pictures it had, at least 1. */
  public int giveUp(ResultFuture<DetectedFrame> result) {
    List<CompletableFuture<Outcome<R>>> outcomes = pending.remove(result);
    if (outcomes == null) {
      return 1;
    }
    outcomes.forEach(outcome -> outcome.cancel(false));
    return outcomes.size();
  }
}
