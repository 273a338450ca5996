package io.alcedo.training.train;

import java.nio.file.Path;

/**
 * How a run goes on, whatever it trains.
 *
 * @param base folder to which the start's path is relative
 * @param start weights to begin with; null for none
 */
record TrainingPlan(
    Path base,
    StartConfig start,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    RunConfig run) {}
