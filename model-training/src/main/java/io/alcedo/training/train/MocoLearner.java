package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.data.PairBatch;
import io.alcedo.training.data.PictureBatch;
import io.alcedo.training.moco.ContrastConfig;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.moco.Moco;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Momentum contrast with its optimizer, one update at a time, for whoever has the pictures: a
 * stream that never ends. Its whole state is named tensors on the heap: both encoders with their
 * running statistics, momentum, queue with ids and pointer, number of updates. Restored, it goes on
 * bit for bit with the same number of threads. Not thread-safe.
 */
public final class MocoLearner implements AutoCloseable {
  private static final String WEIGHT = "query/weight/";
  private static final String BUFFER = "query/buffer/";
  private static final String VELOCITY = "query/velocity/";
  private static final String UPDATES = "updates";

  private final ContrastConfig contrast;
  private final double maxGradientNorm;
  private final Parameters query;
  private final Moco moco;
  private final Sgd sgd;
  private long updates;

  /**
   * Begins with new weights.
   *
   * @param seed of the weights and the queue
   */
  public MocoLearner(
      EncoderConfig network, ContrastConfig contrast, OptimizerConfig optimizer, long seed) {
    this.contrast = contrast;
    this.maxGradientNorm = optimizer.maxGradientNorm();
    SplittableRandom random = new SplittableRandom(seed);
    query = new Parameters(random);
    moco = new Moco(network.network(), contrast);
    sgd = Sgd.of(optimizer, query);
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      int height = network.canvasHeight();
      int width = network.canvasWidth();
      moco.askForParameters(
          new TorchOps(query, false),
          Tensors.of(new float[height * width * 3], 1, height, width, 3));
    }
    query.seal();
    moco.begin(query, random);
  }

  /**
   * Begins anew with the weights of an encoder, as a training or an import left them.
   *
   * @param weights a safetensors file
   * @param seed of the queue
   * @throws InvalidInputException if they are of another network
   */
  public void beginWith(Path weights, long seed) {
    WeightFiles.load(weights, query, new StartConfig(weights.toString(), null, null));
    moco.begin(query, new SplittableRandom(seed));
    updates = 0;
  }

  /**
   * What an update gave.
   *
   * @param loss before it
   * @param accuracy share of the queries whose own key is the most alike
   * @param spread of the queries, 1 where they fill the sphere, 0 where all are the same
   * @param gradientNorm over all parameters, before it was scaled down
   * @param queries what the encoder made of each first view before the update, [N][dim] of length 1
   */
  public record Update(
      double loss, double accuracy, double spread, double gradientNorm, float[][] queries) {}

  /**
   * Learns a batch.
   *
   * @param batch two views of each picture
   * @param ids what each picture is of, [N]: keys of the same are no negatives; below 0 for unknown
   * @throws TrainingException if the gradient is not finite; the weights are as they were, but the
   *     momentum encoder and the queue have moved: restore the last state
   */
  public Update learn(PairBatch batch, long[] ids, double rate) {
    try (PointerScope scope = new PointerScope()) {
      TorchOps ops = new TorchOps(query, true);
      Moco.Outcome outcome =
          moco.contrast(
              ops, pictures(batch.first()), pictures(batch.second()), ids, contrast.momentum());
      outcome.loss().backward();
      double loss = outcome.loss().item_double();
      double norm = sgd.step(rate, maxGradientNorm);
      if (!Double.isFinite(norm) || !Double.isFinite(loss)) {
        throw new TrainingException(
            "update %d: the gradient is not finite; loss %s. Lower the rate."
                .formatted(updates, loss));
      }
      updates++;
      return new Update(
          loss, outcome.accuracy(), outcome.spread(), norm, rows(outcome.queries(), batch.size()));
    }
  }

  private static float[][] rows(Tensor vectors, int count) {
    float[] values = Tensors.floats(vectors);
    int dim = values.length / count;
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Arrays.copyOfRange(values, i * dim, (i + 1) * dim);
    }
    return rows;
  }

  private static Tensor pictures(PictureBatch batch) {
    return Tensors.ofUnsigned(batch.pixels(), batch.size(), batch.height(), batch.width(), 3)
        .to(torch.ScalarType.Float);
  }

  /** The encoder that learns; it is this object's. */
  public Parameters query() {
    return query;
  }

  /** The encoder that follows slowly; it is this object's. */
  public Parameters momentumEncoder() {
    return moco.momentumEncoder();
  }

  /** Updates so far. */
  public long updates() {
    return updates;
  }

  /** All of it, copied to the heap. */
  public Map<String, Entry> state() {
    Map<String, Entry> state = new LinkedHashMap<>();
    put(WEIGHT, query.trainable(), state);
    put(BUFFER, query.buffers(), state);
    put(VELOCITY, sgd.velocity(), state);
    state.putAll(moco.state());
    state.put(UPDATES, Entry.of(new long[] {updates}, 1));
    return state;
  }

  private static void put(String prefix, Map<String, Tensor> from, Map<String, Entry> into) {
    from.forEach(
        (name, tensor) ->
            into.put(prefix + name, Entry.of(Tensors.floats(tensor), tensor.shape())));
  }

  /**
   * Becomes what {@link #state} was taken of, bit for bit.
   *
   * @throws InvalidInputException if it is of another learner
   */
  public void restore(Map<String, Entry> state) {
    for (String name : query.trainable().keySet()) {
      Entry entry = required(state, WEIGHT + name);
      query.putTrainable(name, entry.floats(), entry.shape());
    }
    for (String name : query.buffers().keySet()) {
      Entry entry = required(state, BUFFER + name);
      query.putBuffer(name, entry.floats(), entry.shape());
    }
    sgd.close();
    state.forEach(
        (name, entry) -> {
          if (name.startsWith(VELOCITY)) {
            sgd.velocity(name.substring(VELOCITY.length()), entry.floats(), entry.shape());
          }
        });
    moco.restore(state);
    updates = required(state, UPDATES).longs()[0];
  }

  private static Entry required(Map<String, Entry> state, String name) {
    Entry entry = state.get(name);
    if (entry == null) {
      throw new InvalidInputException(
          "the saved state lacks '%s': it is of another network. Begin anew.".formatted(name));
    }
    return entry;
  }

  @Override
  public void close() {
    sgd.close();
    moco.close();
    query.close();
  }
}
