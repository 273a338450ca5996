package io.alcedo.training.train;

import java.nio.file.Path;
import java.util.List;

/**
 * How a run goes on, whatever it trains.
 *
 * @param base folder to which the start's path is relative
 * @param start weights to begin with; null for none
 * @param freeze beginnings of the names of parameters that do not train
 */
record TrainingPlan(
    Path base,
    StartConfig start,
    List<String> freeze,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    RunConfig run) {}
