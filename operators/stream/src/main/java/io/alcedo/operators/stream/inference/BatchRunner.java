package io.alcedo.operators.stream.inference;

import io.alcedo.operators.stream.inference.Outcome.Dead;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a batch so that one bad picture never fails its neighbours. Owns the engine. */
final class BatchRunner<R> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

  private final BatchEngine<R> engine;

  BatchRunner(BatchEngine<R> engine) {
    this.engine = engine;
  }

  /** One outcome for each of the first {@code count} slots; never throws. */
  List<Outcome<R>> run(FrameBatch batch, int count) {
    if (!engine.isBatched()) {
      return oneByOne(batch, count);
    }
    try {
      return inferred(batch, 0, count);
    } catch (RuntimeException | Error e) {
      LOG.warn("A batch of {} failed: {}", count, e.toString());
      return count == 1 ? List.of(dead(e)) : oneByOne(batch, count);
    }
  }

  private List<Outcome<R>> oneByOne(FrameBatch batch, int count) {
    List<Outcome<R>> outcomes = new ArrayList<>(count);
    for (int slot = 0; slot < count; slot++) {
      try {
        outcomes.addAll(inferred(batch, slot, 1));
      } catch (RuntimeException | Error e) {
        LOG.warn("A picture failed: {}", e.toString());
        outcomes.add(dead(e));
      }
    }
    return outcomes;
  }

  private List<Outcome<R>> inferred(FrameBatch batch, int from, int count) {
    List<R> found = engine.run(batch, from, count);
    if (found.size() != count) {
      throw new InferenceException(
          "the engine gave %d results for %d pictures".formatted(found.size(), count));
    }
    List<Outcome<R>> outcomes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      outcomes.add(new Inferred<>(batch.fit(from + i), found.get(i), count));
    }
    return outcomes;
  }

  private static <R> Dead<R> dead(Throwable cause) {
    return new Dead<>("inference failed: " + cause.getMessage());
  }

  @Override
  public void close() {
    engine.close();
  }
}
