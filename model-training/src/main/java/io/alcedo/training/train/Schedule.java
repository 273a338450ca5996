package io.alcedo.training.train;

/** The rate of each step, and which steps are followed by a look at the validation pictures. */
final class Schedule {
  private final ScheduleConfig config;
  private final double rate;
  private final int stepsOfEpoch;
  private final double unit;
  private final int steps;

  /**
   * Resolves a schedule.
   *
   * @param rate the highest
   * @param stepsOfEpoch batches in an epoch
   */
  Schedule(ScheduleConfig config, double rate, int stepsOfEpoch) {
    this.config = config;
    this.rate = rate;
    this.stepsOfEpoch = stepsOfEpoch;
    unit = config.epochs() == null ? 1 : stepsOfEpoch;
    steps = config.epochs() == null ? config.steps() : config.epochs() * stepsOfEpoch;
  }

  /** The schedule of a plan for what is learned. */
  static Schedule of(TrainingTask<?> task, TrainingPlan plan) {
    int stepsOfEpoch = Math.max(1, task.pictures() / plan.run().batchSize());
    return new Schedule(plan.schedule(), plan.optimizer().rate(), stepsOfEpoch);
  }

  /** Epochs that are done after a step, for a table. */
  String epoch(int step) {
    return CsvLog.cell((step + 1.0) / stepsOfEpoch);
  }

  /** Steps in all. */
  int steps() {
    return steps;
  }

  /** The rate of a step, from 0. */
  double at(int step) {
    double warmup = config.warmup() * unit;
    if (step < warmup) {
      return rate * Math.min(1, (step + 1) / warmup);
    }
    return rate
        * switch (config.kind()) {
          case COSINE -> cosine((step - warmup) / Math.max(1, steps - warmup));
          case MULTI_STEP -> Math.pow(config.gamma(), passed(step));
        };
  }

  private double cosine(double progress) {
    return config.last() + (1 - config.last()) * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  private int passed(int step) {
    return (int) config.milestones().stream().filter(milestone -> step >= milestone * unit).count();
  }

  /** Whether validation follows a step: each so often, and after the last. */
  boolean validatesAfter(int step) {
    double every = config.validateEvery() * unit;
    return step + 1 == steps || Math.floor((step + 1) / every) > Math.floor(step / every);
  }
}
