package io.alcedo.app.cli;

import com.github.f4b6a3.ulid.UlidCreator;
import io.alcedo.app.alerts.AlertBook;
import io.alcedo.app.alerts.CameraFrames;
import io.alcedo.app.alerts.Clip;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.Snooze;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What people do with the alerts of a pipeline that runs. */
@Command(
    name = "alerts",
    description = "List, acknowledge and snooze alerts, try whether they arrive, and cut clips.")
final class AlertsCommand implements Runnable {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String DEFAULT_BY = "${sys:user.name}";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What? See below.");
  }

  @Command(name = "list", description = "The alerts that the topic still holds, oldest first.")
  int list(
      @Mixin ControlOption control,
      @Option(names = "--open", description = "Only those that nobody has seen to.")
          boolean onlyOpen,
      @Option(names = "--camera", paramLabel = "ID") String camera) {
    List<AlertBook.Entry> entries = book(control).read();
    for (AlertBook.Entry entry : entries) {
      Alert first = entry.first();
      if ((!onlyOpen || entry.isOpen()) && (camera == null || camera.equals(first.camera()))) {
        print(
            "%s  %s  %s  %s  %s  %s%s"
                .formatted(
                    first.id(),
                    first.raisedAt(),
                    first.severity(),
                    first.camera(),
                    first.rule(),
                    first.message(),
                    standing(entry)));
      }
    }
    return 0;
  }

  private static String standing(AlertBook.Entry entry) {
    Alert seen = entry.states().get(Alert.State.ACKNOWLEDGED);
    Alert over = entry.states().get(Alert.State.RESOLVED);
    return (seen == null ? "" : "  acknowledged by " + seen.by())
        + (over == null ? "" : "  resolved " + over.captureTime());
  }

  @Command(name = "ack", description = "Say that an alert is seen to. All receivers are told.")
  int acknowledge(
      @Mixin ControlOption control,
      @Parameters(paramLabel = "ID", description = "The alert, or how its id begins.") String id,
      @Option(names = "--by", defaultValue = DEFAULT_BY, paramLabel = "WHO") String by,
      @Option(names = "--note", paramLabel = "TEXT") String note) {
    AlertBook book = book(control);
    AlertBook.Entry entry = book.find(id);
    if (entry.is(Alert.State.ACKNOWLEDGED)) {
      throw new InvalidInputException(
          "alert %s is acknowledged already, by %s"
              .formatted(entry.first().id(), entry.states().get(Alert.State.ACKNOWLEDGED).by()));
    }
    book.write(entry.first().acknowledged(by, note));
    print("acknowledged %s by %s".formatted(entry.first().id(), by));
    return 0;
  }

  @Command(
      name = "snooze",
      description = {
        "Tell nobody of the alerts of a rule, a camera or both for a while.",
        "They are raised all the same, and are in the topic."
      })
  int snooze(
      @Mixin ControlOption control,
      @Mixin SnoozeScope scope,
      @Option(names = "--for", required = true, paramLabel = "TIME", description = "As in 30min.")
          Duration length,
      @Option(names = "--by", defaultValue = DEFAULT_BY, paramLabel = "WHO") String by) {
    Snooze snooze = book(control).snooze(scope.rule, scope.camera, CLOCK.instant(), length, by);
    print("nobody is told of %s until %s".formatted(scope, snooze.until()));
    return 0;
  }

  @Command(name = "wake", description = "End a snooze of the same rule and camera.")
  int wake(
      @Mixin ControlOption control,
      @Mixin SnoozeScope scope,
      @Option(names = "--by", defaultValue = DEFAULT_BY, paramLabel = "WHO") String by) {
    var unused = book(control).wake(scope.rule, scope.camera, CLOCK.instant(), by);
    print("everybody is told of %s again".formatted(scope));
    return 0;
  }

  private static AlertBook book(ControlOption control) {
    KafkaSettings kafka = control.kafka();
    TopicCreator.ensure(kafka, EnumSet.of(Topic.ALERTS, Topic.SNOOZES));
    return new AlertBook(kafka);
  }

  /** What a snooze is about. */
  static final class SnoozeScope {
    @Option(names = "--rule", paramLabel = "ID", description = "Default: all.")
    private String rule;

    @Option(names = "--camera", paramLabel = "ID", description = "Default: all.")
    private String camera;

    @Override
    public String toString() {
      return "%s, %s"
          .formatted(
              rule == null ? "all rules" : "rule " + rule,
              camera == null ? "all cameras" : "camera " + camera);
    }
  }

  @Command(
      name = "test",
      description = "Fire an alert by hand, to see whether all receivers get it, with a picture.")
  int test(
      @Mixin ControlOption control,
      @Option(
              names = "--camera",
              required = true,
              paramLabel = "ID",
              description = "Whose newest frame is shown.")
          String camera,
      @Option(names = "--rule", defaultValue = "test", paramLabel = "ID") String rule,
      @Option(names = "--by", defaultValue = DEFAULT_BY, paramLabel = "WHO") String by) {
    KafkaSettings kafka = control.kafka();
    CameraRecord frame =
        new CameraFrames(kafka)
            .newest(camera)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "camera %s has sent no frame of late; is it running?".formatted(camera)));
    Alert alert = test(rule, by, frame);
    new AlertBook(kafka).write(alert);
    print("fired " + alert.id());
    return 0;
  }

  private static Alert test(String rule, String by, CameraRecord frame) {
    return new Alert(
        "test-" + UlidCreator.getUlid(),
        Alert.State.RAISED,
        true,
        rule,
        "test",
        "info",
        frame.id().camera(),
        null,
        null,
        null,
        frame.id(),
        frame.ref(),
        frame.captureTime(),
        frame.captureTime(),
        "fired by hand by " + by,
        List.of(),
        by);
  }

  @Command(
      name = "clip",
      description = "Cut the video around an alert, while its frames are still kept.")
  int clip(
      @Mixin ControlOption control,
      @Parameters(paramLabel = "ID", description = "The alert, or how its id begins.") String id,
      @Option(names = "--before", defaultValue = "5s", paramLabel = "TIME") Duration before,
      @Option(names = "--after", defaultValue = "5s", paramLabel = "TIME") Duration after,
      @Option(names = "--output", required = true, paramLabel = "FILE", description = "An MP4.")
          Path output) {
    KafkaSettings kafka = control.kafka();
    Alert alert = new AlertBook(kafka).find(id).first();
    if (alert.ref() == null) {
      throw new InvalidInputException("alert %s is about no frame".formatted(alert.id()));
    }
    Instant at = alert.raisedAt();
    List<CameraRecord> frames =
        new CameraFrames(kafka)
            .between(alert.camera(), alert.ref(), at.minus(before), at.plus(after));
    int shown = Clip.write(frames, output);
    print("%d frames of %s around %s in %s".formatted(shown, alert.camera(), at, output));
    return 0;
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
