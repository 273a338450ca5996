package io.alcedo.app.cli;

import io.alcedo.app.local.Accounting;
import io.alcedo.app.local.LocalRun;
import io.alcedo.app.local.LocalRunPlan;
import io.alcedo.app.local.RunListener;
import io.alcedo.app.output.StatusLine;
import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.camera.CameraStatus.State;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.ModelEvent;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Runs a plan with a live status line; alerts and troubles of cameras scroll above it. */
final class RunConsole implements RunListener {
  private static final double RATE_SECONDS = 5;

  private final StatusLine status;
  private final long began = System.nanoTime();
  private final Map<String, String> told = new HashMap<>();
  private List<CameraStatus> cameras = List.of();
  private double rateAt;
  private long rateLines;
  private double rate;

  private RunConsole(StatusLine status) {
    this.status = status;
  }

  /** Runs to the end or to Ctrl-C; the exit code. */
  static int run(LocalRunPlan plan) throws Exception {
    LocalRun run = new LocalRun(plan);
    CountDownLatch over = new CountDownLatch(1);
    Thread interrupt = new Thread(() -> stop(run, over), "stop");
    Runtime.getRuntime().addShutdownHook(interrupt);
    try (StatusLine status = StatusLine.onStandardOutput()) {
      status.show("starting the broker and the cluster");
      RunConsole console = new RunConsole(status);
      Accounting accounting = run.run(console);
      console.summary(accounting, plan);
      return accounting.isBalanced() ? 0 : 1;
    } finally {
      over.countDown();
      unhook(interrupt);
    }
  }

  /** The JVM goes down when this returns. */
  private static void stop(LocalRun run, CountDownLatch over) {
    try {
      run.stop();
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void unhook(Thread interrupt) {
    try {
      Runtime.getRuntime().removeShutdownHook(interrupt);
    } catch (IllegalStateException e) {
      // The JVM is going down already: it was Ctrl-C.
    }
  }

  @Override
  public void progress(List<CameraStatus> current, Accounting so) {
    cameras = current;
    current.forEach(this::tell);
    double seconds = (System.nanoTime() - began) / 1e9;
    if (seconds - rateAt > RATE_SECONDS) {
      rate = (so.frameLines() - rateLines) / (seconds - rateAt);
      rateAt = seconds;
      rateLines = so.frameLines();
    }
    long streaming = current.stream().filter(camera -> camera.state() == State.STREAMING).count();
    status.show(
        String.format(
            Locale.ROOT,
            "%3.0f s  cameras %d/%d  published %d  lines %d (%.1f/s)  objects %d  alerts %d%s",
            seconds,
            streaming,
            current.size(),
            current.stream().mapToLong(CameraStatus::published).sum(),
            so.frameLines(),
            rate,
            so.objects(),
            so.alerts(),
            so.crops() == 0 ? "" : "  crops " + so.crops()));
  }

  /** What is new about a camera's health. */
  private void tell(CameraStatus camera) {
    String trouble =
        switch (camera.state()) {
          case RETRYING -> camera.reason() + " Trying again.";
          case FAILED -> camera.reason();
          default -> camera.warning();
        };
    String before = told.put(camera.camera(), trouble == null ? "" : trouble);
    if (trouble != null && !trouble.equals(before)) {
      status.print("camera %s: %s".formatted(camera.camera(), trouble));
    }
  }

  @Override
  public void alert(Alert alert) {
    status.print(
        "%s %s  %s  %s  %s  %s"
            .formatted(
                switch (alert.state()) {
                  case RAISED -> alert.test() ? "TEST " : "ALERT";
                  case ACKNOWLEDGED -> "seen ";
                  case RESOLVED -> "over ";
                },
                alert.severity(),
                alert.captureTime(),
                alert.camera(),
                alert.rule(),
                alert.message()));
  }

  @Override
  public void notice(String text) {
    status.print(text);
  }

  @Override
  public void broker(String bootstrap) {
    status.print(
        "Kafka at %s; from another terminal: ./alcedo cameras (or rules, alerts) ... --kafka %s"
            .formatted(bootstrap, bootstrap));
  }

  @Override
  public void searches(URI address) {
    status.print("Searches at %s: ./alcedo search PICTURE --server %s".formatted(address, address));
  }

  @Override
  public void camera(String camera, String what) {
    status.print("camera %s %s".formatted(camera, what));
  }

  @Override
  public void modelEvent(ModelEvent event) {
    status.print(
        "MODEL %s  %s  %s  %s"
            .formatted(event.kind().code(), event.role(), event.version(), event.message()));
  }

  private void summary(Accounting accounting, LocalRunPlan plan) {
    accounting.summary().forEach(status::print);
    long skipped = cameras.stream().mapToLong(CameraStatus::skipped).sum();
    if (skipped > 0) {
      status.print(
          "pictures that cameras replaced by newer ones before they were sent: " + skipped);
    }
    status.print("Written to " + plan.results().output());
  }
}
