package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.data.PairBatch;
import io.alcedo.training.data.PictureBatch;
import io.alcedo.training.moco.ContrastConfig;
import io.alcedo.training.moco.Encoder;
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
import org.bytedeco.pytorch.Scalar;
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
  private static final String TEACHER_WEIGHT = "teacher/weight/";
  private static final String TEACHER_BUFFER = "teacher/buffer/";
  private static final String DISTILLATION = "teacher/distillation";
  private static final String UPDATES = "updates";

  private final Encoder encoder;
  private final ContrastConfig contrast;
  private final double maxGradientNorm;
  private final Parameters query;
  private final Moco moco;
  private final Sgd sgd;
  private Parameters teacher;
  private double distillation;
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
    encoder = network.network();
    moco = new Moco(encoder, contrast);
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
   * From now on the queries are also drawn to what another encoder makes of the same views (after
   * Fini et al. 2022): the loss has {@code weight × (1 − cosine)} more, which slows forgetting.
   *
   * @param other of the same network; closed with this learner, or when the next one comes
   * @param weight above 0
   */
  public void stayNear(Parameters other, double weight) {
    if (teacher != null) {
      teacher.close();
    }
    teacher = other;
    distillation = weight;
  }

  private Tensor distance(Tensor queries, Tensor pictures) {
    Tensor taught;
    try (NoGradGuard noGrad = new NoGradGuard()) {
      TorchOps ops = new TorchOps(teacher, false);
      taught =
          Encoder.unitLength(ops, encoder.lookAtPictures(ops, pictures).projection()); // [N, D]
    }
    Tensor cosine = queries.mul(taught).sum(1); // [N]
    return cosine.mean().neg().add(new Scalar(1)).mul(new Scalar(distillation));
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
      Tensor first = pictures(batch.first());
      Moco.Outcome outcome =
          moco.contrast(ops, first, pictures(batch.second()), ids, contrast.momentum());
      Tensor total = outcome.loss();
      if (teacher != null) {
        total = total.add(distance(outcome.queries(), first));
      }
      total.backward();
      double loss = total.item_double();
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

  /** [N, H, W, 3] RGB from 0 to 255. */
  static Tensor pictures(PictureBatch batch) {
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
    if (teacher != null) {
      put(TEACHER_WEIGHT, teacher.trainable(), state);
      put(TEACHER_BUFFER, teacher.buffers(), state);
      state.put(DISTILLATION, Entry.of(new float[] {(float) distillation}, 1));
    }
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
    restoreTeacher(state);
    updates = required(state, UPDATES).longs()[0];
  }

  private void restoreTeacher(Map<String, Entry> state) {
    Entry weight = state.get(DISTILLATION);
    if (weight == null) {
      return;
    }
    Parameters other = new Parameters();
    state.forEach(
        (name, entry) -> {
          if (name.startsWith(TEACHER_WEIGHT)) {
            other.putTrainable(
                name.substring(TEACHER_WEIGHT.length()), entry.floats(), entry.shape());
          } else if (name.startsWith(TEACHER_BUFFER)) {
            other.putBuffer(name.substring(TEACHER_BUFFER.length()), entry.floats(), entry.shape());
          }
        });
    stayNear(other, weight.floats()[0]);
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
    if (teacher != null) {
      teacher.close();
    }
    sgd.close();
    moco.close();
    query.close();
  }
}
