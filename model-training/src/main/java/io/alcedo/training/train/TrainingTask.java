package io.alcedo.training.train;

import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.TorchOps;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * What a run learns: all that differs between kinds of networks. {@link TrainingRun} does the rest.
 *
 * @param <B> a batch
 */
interface TrainingTask<B> {
  /**
   * What a batch gave.
   *
   * @param losses scalars by name; their sum is made smaller
   * @param measures other figures for the log
   */
  record Outcome(Map<String, Tensor> losses, Map<String, Double> measures) {
    /** Sum of the losses. */
    Tensor total() {
      return losses.values().stream().reduce(Tensor::add).orElseThrow();
    }
  }

  /**
   * How the network did on one source of validation pictures.
   *
   * @param figures one for each of {@link #figures()}
   * @param text the same for people
   * @param score higher is better
   */
  record Look(String source, List<Double> figures, String text, double score) {}

  /** Pictures of an epoch. */
  int pictures();

  /** Makes batches by number, on any thread; what is in one depends on its number only. */
  LongFunction<B> batches();

  /** A forward in which every parameter is asked for, within the caller's scope. */
  void askForParameters(TorchOps ops);

  /**
   * Called when all parameters are there, new or read, and before the first step; not where a run
   * goes on from a checkpoint.
   */
  default void begin(Parameters parameters, RandomGenerator random) {}

  /** What is learned beside parameters, momentum and averages, copied to the heap. */
  default Map<String, Safetensors.Entry> state() {
    return Map.of();
  }

  /** Becomes what {@link #state} was taken of, bit for bit. */
  default void restore(Map<String, Safetensors.Entry> state) {}

  /** Whether validation looks before the first step too. */
  default boolean looksFirst() {
    return false;
  }

  /** Names of the losses and measures, in the order of the log's columns. */
  List<String> columns();

  /** The losses of a batch, within the caller's scope. */
  Outcome learn(TorchOps ops, B batch, RandomGenerator random);

  /**
   * The loss of a batch whose tensors are made now, in the caller's scope, and which is always the
   * same: what {@link #learn} costs at least.
   */
  Supplier<Tensor> bareLoss(TorchOps ops, B batch);

  /** Names of validation's figures; the first ones, in {@link #drawn()}, go into the curve. */
  List<String> figures();

  /** How many of the figures are drawn; they share an axis. */
  int drawn();

  /** Looks at all validation pictures. */
  List<Look> validate(Parameters parameters) throws IOException;
}
