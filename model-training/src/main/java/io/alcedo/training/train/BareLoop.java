package io.alcedo.training.train;

import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.TorchOps;
import java.util.SplittableRandom;
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
final class BareLoop<B> implements AutoCloseable {
  private final PointerScope scope = new PointerScope();
  private final Parameters parameters;
  private final Supplier<Tensor> loss;
  private final SGD sgd;

  BareLoop(TrainingTask<B> task, TrainingPlan plan, B batch) {
    parameters = new Parameters(new SplittableRandom(plan.run().seed()));
    try (PointerScope forward = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      task.askForParameters(new TorchOps(parameters, false));
    }
    SGDOptions options = new SGDOptions(TrainingBenchmark.RATE);
    options.momentum().put(plan.optimizer().momentum());
    options.weight_decay().put(plan.optimizer().weightDecay());
    sgd =
        new SGD(new TensorVector(parameters.trainable().values().toArray(Tensor[]::new)), options);
    loss = task.bareLoss(new TorchOps(parameters, true), batch);
  }

  void step() {
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
