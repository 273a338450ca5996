package io.alcedo.app.cli;

import io.alcedo.app.bench.AlertLoad;
import io.alcedo.app.bench.AlertsBench;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long alerts take. */
@Command(
    name = "alerts",
    description = {
      "Time from a line of detections to the alert that it raises, with many cameras: StreamJob,",
      "broker, cameras of walking people and the receiver in this process."
    })
final class BenchAlertsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--cameras", defaultValue = "500", description = "${DEFAULT-VALUE}")
  private int cameras;

  @Option(
      names = "--rate",
      defaultValue = "5",
      description = "Lines a second of each camera (${DEFAULT-VALUE}).")
  private double rate;

  @Option(names = "--people", defaultValue = "5", description = "In each frame (${DEFAULT-VALUE}).")
  private int people;

  @Option(names = "--parallelism", defaultValue = "2", description = "${DEFAULT-VALUE}")
  private int parallelism;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "Time before it counts (${DEFAULT-VALUE}).")
  private Duration warmUp;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "Time that counts (${DEFAULT-VALUE}).")
  private Duration duration;

  @Override
  public Integer call() throws Exception {
    AlertLoad load = new AlertLoad(cameras, rate, people, parallelism, warmUp, duration);
    new AlertsBench(load, spec.commandLine().getOut()).run();
    return 0;
  }
}
