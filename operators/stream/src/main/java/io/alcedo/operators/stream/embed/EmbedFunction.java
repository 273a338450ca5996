package io.alcedo.operators.stream.embed;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.registry.Role;
import io.alcedo.operators.stream.inference.InferenceOptions;
import io.alcedo.operators.stream.inference.LiveEngine;
import io.alcedo.operators.stream.inference.LiveEngine.Asked;
import io.alcedo.operators.stream.inference.Outcome;
import io.alcedo.operators.stream.inference.Outcome.Dead;
import io.alcedo.operators.stream.inference.Outcome.Dropped;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import io.alcedo.operators.stream.inference.SharedEngines;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Makes a vector of every crop, with the encoder that is deployed. Use with ordered waiting. One
 * element out for each element in, whatever happens: what cannot be embedded is a dead letter.
 */
final class EmbedFunction extends RichAsyncFunction<Crop, EmbeddedCrop> {
  private static final long serialVersionUID = 1L;
  private static final String STAGE = "embed";

  private final InferenceOptions options;
  private transient LiveEngine<float[]> engine;
  private transient Map<ResultFuture<EmbeddedCrop>, CompletableFuture<Outcome<float[]>>> pending;

  EmbedFunction(InferenceOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    engine =
        LiveEngine.open(
            Role.ENCODER,
            getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks(),
            options,
            SharedEngines::encoder);
    pending = new ConcurrentHashMap<>();
    getRuntimeContext().getMetricGroup().gauge("cropsWaiting", engine::waiting);
  }

  @Override
  public void asyncInvoke(Crop crop, ResultFuture<EmbeddedCrop> result) {
    Asked<float[]> asked =
        engine.ask(
            model -> List.of(model.submit(crop.frame().camera(), crop.published(), crop.jpeg())));
    CompletableFuture<Outcome<float[]>> outcome = asked.outcomes().get(0);
    pending.put(result, outcome);
    var unused =
        outcome.whenComplete(
            (value, cancelled) -> {
              pending.remove(result);
              // Cancelled = this subtask closes, or the crop timed out and is answered already.
              if (cancelled == null) {
                result.complete(List.of(embedded(crop, asked.manifest().version(), value)));
              }
            });
  }

  private static EmbeddedCrop embedded(Crop crop, String encoder, Outcome<float[]> outcome) {
    if (outcome instanceof Inferred<float[]> inferred) {
      Embedding embedding =
          new Embedding(
              crop.id(),
              crop.frame().camera(),
              crop.track(),
              crop.label(),
              crop.box(),
              crop.frameSize(),
              crop.ref(),
              crop.captureTime(),
              crop.published(),
              encoder,
              inferred.result());
      return new EmbeddedCrop(embedding, null);
    }
    return outcome instanceof Dropped<float[]> dropped
        ? dead(crop, dropped.reason())
        : dead(crop, ((Dead<float[]>) outcome).reason());
  }

  private static EmbeddedCrop dead(Crop crop, String reason) {
    return new EmbeddedCrop(
        null,
        new DeadLetter(
            crop.frame().camera(),
            crop.frame(),
            null,
            STAGE,
            "%s: %s".formatted(crop.id(), reason),
            crop.captureTime(),
            crop.jpeg()));
  }

  @Override
  public void timeout(Crop crop, ResultFuture<EmbeddedCrop> result) {
    CompletableFuture<Outcome<float[]>> outcome = pending.remove(result);
    if (outcome != null) {
      outcome.cancel(false);
    }
    String reason = "timeout: no vector within %d ms".formatted(options.timeout().toMillis());
    result.complete(List.of(dead(crop, reason)));
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
