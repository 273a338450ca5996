package io.alcedo.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How busy the machine has been since it started, from {@code /proc/stat}.
 *
 * @param busy CPU seconds of all processes; NaN where the system does not tell
 * @param all CPU seconds that there were
 * @param own CPU seconds of this process
 */
record MachineLoad(double busy, double all, double own) {
  private static final Path STAT = Path.of("/proc/stat");
  private static final double TICKS = 100; // a second; fixed for this file on Linux
  private static final int IDLE = 3;
  private static final int WAITING = 4;

  static MachineLoad now() {
    double own = ownSeconds();
    try {
      String first = Files.readAllLines(STAT).get(0); // cpu user nice system idle iowait irq …
      List<Double> ticks =
          List.of(first.strip().split(" +", -1)).stream()
              .skip(1)
              .limit(8) // what follows is counted in user and nice already
              .map(Double::valueOf)
              .toList();
      double all = ticks.stream().mapToDouble(Double::doubleValue).sum();
      return new MachineLoad(
          (all - ticks.get(IDLE) - ticks.get(WAITING)) / TICKS, all / TICKS, own);
    } catch (IOException | RuntimeException e) {
      return new MachineLoad(Double.NaN, Double.NaN, own);
    }
  }

  /** CPU seconds of this process. */
  static double ownSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  /** Share of the machine that other processes took since then, 0 to 1; NaN where not known. */
  double othersSince(MachineLoad before) {
    double others = busy - before.busy - (own - before.own);
    return Math.max(0, others) / (all - before.all);
  }
}
