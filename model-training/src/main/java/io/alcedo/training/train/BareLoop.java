package io.alcedo.training.train;

import io.alcedo.training.data.PairBatch;
import io.alcedo.training.moco.ContrastConfig;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.moco.Moco;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.TorchOps;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * What a step costs at least: forward and backward of one batch that lies in memory, and libtorch's
 * own SGD. No pictures are prepared, nothing is logged, clipped or averaged.
 */
public final class BareLoop implements AutoCloseable {
  private final PointerScope scope = new PointerScope();
  private final Parameters parameters;
  private final Supplier<Tensor> loss;
  private final SGD sgd;

  private BareLoop(
      OptimizerConfig optimizer,
      long seed,
      Consumer<TorchOps> ask,
      Function<TorchOps, Supplier<Tensor>> losses) {
    parameters = new Parameters(new SplittableRandom(seed));
    try (PointerScope forward = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      ask.accept(new TorchOps(parameters, false));
    }
    SGDOptions options = new SGDOptions(TrainingBenchmark.RATE);
    options.momentum().put(optimizer.momentum());
    options.weight_decay().put(optimizer.weightDecay());
    sgd =
        new SGD(new TensorVector(parameters.trainable().values().toArray(Tensor[]::new)), options);
    loss = losses.apply(new TorchOps(parameters, true));
  }

  static <B> BareLoop of(TrainingTask<B> task, TrainingPlan plan, B batch) {
    return new BareLoop(
        plan.optimizer(),
        plan.run().seed(),
        task::askForParameters,
        ops -> task.bareLoss(ops, batch));
  }

  /**
   * Of an encoder that learns by momentum contrast.
   *
   * @param batch two views of each picture
   */
  public static BareLoop of(
      EncoderConfig network, ContrastConfig contrast, OptimizerConfig optimizer, PairBatch batch) {
    Moco moco = new Moco(network.network(), contrast);
    Tensor first = MocoLearner.pictures(batch.first());
    Tensor second = MocoLearner.pictures(batch.second());
    long[] ids = Moco.unknown(batch.size());
    return new BareLoop(
        optimizer,
        1,
        ops -> moco.askForParameters(ops, first),
        ops -> {
          moco.begin(ops.parameters(), new SplittableRandom(1));
          return () -> moco.contrast(ops, first, second, ids, contrast.momentum()).loss();
        });
  }

  /** One step. */
  public void step() {
    try (PointerScope step = new PointerScope()) {
      sgd.zero_grad();
      loss.get().backward();
      sgd.step();
    }
  }

  @Override
  public void close() {
    scope.close();
    parameters.close();
  }
}
