package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.TorchOps;
import io.alcedo.training.train.TrainingTask.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** The weights of a run, their average and their momentum, and how a batch changes them. */
final class Learner<B> implements AutoCloseable {
  /** Name under which {@link #step} measures the gradient. */
  static final String GRADIENT_NORM = "gradient_norm";

  private final TrainingTask<B> task;
  private final TrainingPlan plan;
  private final Parameters parameters;
  private final WeightAverage average;
  private final Sgd sgd;

  /** Begins without weights: either {@link #begin} or a checkpoint gives them. */
  Learner(TrainingTask<B> task, TrainingPlan plan) {
    this.task = task;
    this.plan = plan;
    OptimizerConfig optimizer = plan.optimizer();
    parameters = new Parameters(new SplittableRandom(plan.run().seed()));
    average = new WeightAverage(parameters, optimizer.averageDecay());
    sgd = Sgd.of(optimizer, parameters);
  }

  /**
   * Makes all weights anew, then reads those to begin with. Were making them left to the first
   * step, a batch that does not reach a head would leave it out.
   *
   * @throws InvalidInputException if the weights to begin with do not fit
   */
  void begin() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      task.askForParameters(new TorchOps(parameters, false));
    }
    parameters.seal();
    if (plan.start() != null) {
      WeightFiles.load(plan.base().resolve(plan.start().weights()), parameters, plan.start());
    }
    task.begin(parameters, random(-1));
  }

  /**
   * Parameters whose names begin as the plan says stay as they are, and no gradient is computed for
   * them.
   *
   * @throws InvalidInputException if there is none of such a name
   */
  void freeze() {
    for (String beginning : plan.freeze()) {
      List<Tensor> frozen =
          parameters.trainable().entrySet().stream()
              .filter(parameter -> parameter.getKey().startsWith(beginning))
              .map(Map.Entry::getValue)
              .toList();
      if (frozen.isEmpty()) {
        throw new InvalidInputException(
            "freeze names '%s', with which no trainable parameter begins; they are %s, …"
                .formatted(beginning, parameters.trainable().keySet().stream().limit(5).toList()));
      }
      frozen.forEach(tensor -> tensor.requires_grad_(false));
    }
  }

  /**
   * Learns a batch.
   *
   * @param step number of the step, from 0
   * @return losses and measures by name, and the norm of the gradient before it was scaled
   * @throws TrainingException if the gradient is not finite
   */
  Map<String, Double> step(B batch, int step, double rate) {
    Map<String, Double> measured = gradients(batch, step);
    double norm = sgd.step(rate, plan.optimizer().maxGradientNorm());
    if (!Double.isFinite(norm)) {
      throw new TrainingException(
          "step %d: the gradient is not finite; losses %s. Lower the rate."
              .formatted(step, measured));
    }
    average.add(step);
    measured.put(GRADIENT_NORM, norm);
    return measured;
  }

  /** Forward and backward; adds the batch's gradients to the parameters. */
  private Map<String, Double> gradients(B batch, int step) {
    try (PointerScope scope = new PointerScope()) {
      Outcome outcome = task.learn(new TorchOps(parameters, true), batch, random(step));
      outcome.total().backward();
      Map<String, Double> measured = new LinkedHashMap<>();
      outcome.losses().forEach((name, loss) -> measured.put(name, loss.item_double()));
      measured.putAll(outcome.measures());
      return measured;
    }
  }

  /** A stream of its own for each step, so that a resumed run draws the same. */
  private SplittableRandom random(int step) {
    return new SplittableRandom(new SplittableRandom(plan.run().seed() ^ -1L - step).nextLong());
  }

  Parameters parameters() {
    return parameters;
  }

  WeightAverage average() {
    return average;
  }

  Sgd sgd() {
    return sgd;
  }

  @Override
  public void close() {
    sgd.close();
    average.close();
    parameters.close();
  }
}
