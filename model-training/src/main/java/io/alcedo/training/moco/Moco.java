package io.alcedo.training.moco;

import static io.alcedo.training.moco.KeyQueue.NO_ID;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Momentum contrast (He et al. 2020): a query and a key are two views of a picture, encoded by the
 * network that learns and by its slowly following copy; the query shall be more alike to its key
 * than to others. Owns the copy, the momentum encoder, and the queue of keys; the network that
 * learns is the caller's, as is its optimizer. Not thread-safe.
 *
 * <p>N pictures, D size of what the head gives, K keys of the queue. Pictures are [N, H, W, 3] RGB
 * from 0 to 255 as float. Every method wants to be called within a scope of the caller's.
 */
public final class Moco implements AutoCloseable {
  private static final String WEIGHT = "key/weight/";
  private static final String BUFFER = "key/buffer/";

  private final Encoder encoder;
  private final ContrastConfig config;
  private final Parameters key = new Parameters();
  private KeyQueue queue;

  /**
   * Describes what is learned; {@link #begin} or {@link #restore} make it ready.
   *
   * @param encoder both encoders
   */
  public Moco(Encoder encoder, ContrastConfig config) {
    this.encoder = encoder;
    this.config = config;
  }

  /** A forward in which every parameter of the network that learns is asked for. */
  public void askForParameters(TorchOps query, Tensor pictures) {
    project(query, pictures, true);
  }

  /**
   * Begins: the momentum encoder is a copy, the queue is random.
   *
   * @param query the network that learns
   */
  public void begin(Parameters query, RandomGenerator random) {
    query.trainable().forEach((name, tensor) -> copy(WEIGHT, name, tensor));
    query.buffers().forEach((name, tensor) -> copy(BUFFER, name, tensor));
    replaceQueue(
        config.queue() == 0
            ? null
            : KeyQueue.random(encoder.dim(EmbeddingLayer.HEAD), config.queue(), random));
  }

  private void copy(String kind, String name, Tensor tensor) {
    if (!Predictor.owns(name)) {
      putKey(kind, name, Tensors.floats(tensor), tensor.shape());
    }
  }

  private void putKey(String kind, String name, float[] values, long[] shape) {
    if (kind.equals(WEIGHT)) {
      key.putTrainable(name, values, shape);
      key.trainable().get(name).requires_grad_(false);
    } else {
      key.putBuffer(name, values, shape);
    }
  }

  private void replaceQueue(KeyQueue other) {
    if (queue != null) {
      queue.close();
    }
    queue = other;
  }

  /**
   * What a batch gave.
   *
   * @param loss to be made smaller
   * @param accuracy share of the queries whose own key is the most alike
   * @param spread mean over the dimensions of the queries' standard deviation, times √D: 1 where
   *     they fill the sphere, 0 where all are the same (collapse)
   * @param queries of the first views, with gradients: [N, D] of length 1
   */
  public record Outcome(Tensor loss, double accuracy, double spread, Tensor queries) {}

  /**
   * One iteration but for the optimizer's step (He et al. 2020, algorithm 1; MoCo v3, algorithm 1).
   *
   * @param query the network that learns, in training mode
   * @param first a view of each picture
   * @param second another view of each
   * @param ids what each picture is of, [N]: keys of the same are no negatives; below 0 for unknown
   * @param momentum m of this step
   */
  public Outcome contrast(
      TorchOps query, Tensor first, Tensor second, long[] ids, double momentum) {
    Tensor q1 = queries(query, first);
    Tensor q2 = config.symmetric() ? queries(query, second) : null;
    updateMomentumEncoder(query.parameters(), momentum);
    Tensor k2 = keys(second);
    Contrast one = loss(q1, k2, ids);
    if (q2 == null) {
      enqueue(k2, ids);
      return new Outcome(one.loss(), one.accuracy(), spread(q1), q1);
    }
    Tensor k1 = keys(first);
    Contrast other = loss(q2, k1, ids);
    enqueue(torch.cat(new TensorVector(k1, k2), 0), twice(ids));
    return new Outcome(
        one.loss().add(other.loss()), (one.accuracy() + other.accuracy()) / 2, spread(q1), q1);
  }

  /** Queries of pictures, with gradients: [N, D] of length 1. */
  public Tensor queries(TorchOps query, Tensor pictures) {
    return Encoder.unitLength(query, project(query, pictures, true));
  }

  /**
   * Keys of pictures, without gradients: [N, D] of length 1. With a split norm a key is normalised
   * in other company than its query (shuffling BN, He et al. 2020, section 3.3).
   */
  public Tensor keys(Tensor pictures) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      TorchOps ops = new TorchOps(key, true);
      Norm norm = encoder.norm();
      long parts = norm.kind() == Norm.Kind.SPLIT ? norm.groups() : 1;
      long size = pictures.size(0) / parts;
      Tensor mixed = dealt(pictures, size); // a part has every picture whose index mod parts is its
      Tensor k = Encoder.unitLength(ops, project(ops, mixed, false));
      return dealt(k, parts);
    }
  }

  /**
   * Rows in another order: of [N, …] as [rows, N ÷ rows, …], column by column. Dealing into N ÷
   * rows rows then undoes it.
   */
  private static Tensor dealt(Tensor x, long rows) {
    return x.reshape(unfolded(x.shape(), rows)).transpose(0, 1).reshape(x.shape());
  }

  private static long[] unfolded(long[] shape, long rows) {
    long[] sizes = new long[shape.length + 1];
    sizes[0] = rows;
    sizes[1] = shape[0] / rows;
    System.arraycopy(shape, 1, sizes, 2, shape.length - 1);
    return sizes;
  }

  private Tensor project(TorchOps ops, Tensor pictures, boolean predicts) {
    Tensor projection = encoder.lookAtPictures(ops, pictures).projection(); // [N, D]
    if (!predicts || config.predictor() == null) {
      return projection;
    }
    int dim = encoder.dim(EmbeddingLayer.HEAD);
    return new Predictor(dim, config.predictor(), encoder.norm()).predict(ops, projection);
  }

  /**
   * The loss of queries with their keys. Pure: neither encoder nor queue is changed.
   *
   * @param q [N, D] of length 1
   * @param k [N, D] of length 1
   * @param ids what each is of, [N]
   */
  public Contrast loss(Tensor q, Tensor k, long[] ids) {
    if (queue == null) {
      return Contrast.withinBatch(q, k, others(k, ids), config.temperature());
    }
    Tensor masked = FalseNegatives.mask(k, ids, queue.keys(), queue.ids(), config.similarity());
    return Contrast.withQueue(q, k, queue.keys(), masked, config.temperature());
  }

  /** The batch's other keys that are no negatives, [N, N] bool; null if there are none. */
  private Tensor others(Tensor k, long[] ids) {
    Tensor masked = FalseNegatives.mask(k, ids, k.t(), ids, config.similarity());
    return masked == null ? null : masked.fill_diagonal_(new Scalar(0));
  }

  /**
   * Lets the momentum encoder follow: its parameters become m times themselves and 1 − m times the
   * query's. Running statistics are left alone; each encoder has its own.
   */
  public void updateMomentumEncoder(Parameters query, double momentum) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Scalar stays = new Scalar(momentum);
      Scalar share = new Scalar(1 - momentum);
      key.trainable()
          .forEach((name, tensor) -> tensor.mul_(stays).add_(query.trainable().get(name), share));
    }
  }

  /** Replaces the oldest keys of the queue, if there is one. */
  public void enqueue(Tensor keys, long[] ids) {
    if (queue != null) {
      queue.enqueue(keys, ids);
    }
  }

  private static double spread(Tensor q) {
    double std = q.detach().std(new long[] {0}, false, false).mean().item_double();
    return std * Math.sqrt((double) q.size(1));
  }

  private static long[] twice(long[] ids) {
    long[] both = Arrays.copyOf(ids, 2 * ids.length);
    System.arraycopy(ids, 0, both, ids.length, ids.length);
    return both;
  }

  /** Ids of pictures of which nothing is known. */
  public static long[] unknown(int count) {
    long[] ids = new long[count];
    Arrays.fill(ids, NO_ID);
    return ids;
  }

  /** The slowly following copy; it is this object's. */
  public Parameters momentumEncoder() {
    return key;
  }

  /** What each key of the queue is of, [K]; empty without a queue. */
  public long[] queuedIds() {
    return queue == null ? new long[0] : queue.ids();
  }

  /** All that is neither the query's nor the optimizer's, copied to the heap. */
  public Map<String, Entry> state() {
    Map<String, Entry> state = new LinkedHashMap<>();
    key.trainable().forEach((name, tensor) -> state.put(WEIGHT + name, entry(tensor)));
    key.buffers().forEach((name, tensor) -> state.put(BUFFER + name, entry(tensor)));
    if (queue != null) {
      state.putAll(queue.state());
    }
    return state;
  }

  private static Entry entry(Tensor tensor) {
    return Entry.of(Tensors.floats(tensor), tensor.shape());
  }

  /**
   * Becomes what {@link #state} was taken of, bit for bit.
   *
   * @throws InvalidInputException if it is of another learner
   */
  public void restore(Map<String, Entry> state) {
    for (String kind : new String[] {WEIGHT, BUFFER}) {
      state.forEach(
          (name, entry) -> {
            if (name.startsWith(kind)) {
              putKey(kind, name.substring(kind.length()), entry.floats(), entry.shape());
            }
          });
    }
    long queued = KeyQueue.sizeIn(state);
    if (key.trainable().isEmpty() || queued != config.queue()) {
      throw new InvalidInputException(
          "the saved state is not of this learner: it has %d weights of a momentum encoder and a queue of %d, expected a queue of %d. Begin anew."
              .formatted(key.trainable().size(), queued, config.queue()));
    }
    replaceQueue(queued == 0 ? null : KeyQueue.of(state));
  }

  @Override
  public void close() {
    key.close();
    replaceQueue(null);
  }
}
