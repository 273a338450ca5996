package io.alcedo.operators.continual.publish;

import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.event.ModelEvent.Kind;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.ModelRegistry;
import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.connectors.registry.Role;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.operators.continual.learn.ContinualLearner;
import io.alcedo.operators.continual.learn.LearnerState;
import io.alcedo.operators.continual.publish.CandidateTrial.Result;
import io.alcedo.operators.continual.publish.CandidateTrial.Task;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a learner's candidates to deployments. Each so many updates a copy of the encoder is tried
 * on a thread of its own; one that passes is put into the registry's store there, where it harms
 * nothing. That it shall serve is state first, and deployed when a checkpoint holds it: a restart
 * repeats what may not have been done, and a version is its SHA-256, so nothing is done twice. A
 * registry that is away is tried again with the next checkpoint.
 */
public final class Handover implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
  private static final int VERSION = 1;
  private static final String LEARNER = "continual learner";

  private final ContinualConfig.Publishing publishing;
  private final CandidateTrial trial;
  private final ModelRegistry registry;
  private final Clock clock = Clock.systemUTC();
  private final ExecutorService thread;
  private Map<String, Entry> serving;
  private String decided = "";
  private String reason = "";
  private long checkpoint = -1;
  private volatile String deployed = "-";
  private CompletableFuture<Result> running;
  private CompletableFuture<Void> deploying;

  /**
   * Begins.
   *
   * @param serving weights of the encoder that serves
   */
  public Handover(ContinualConfig config, RegistrySettings registry, Map<String, Entry> serving) {
    publishing = config.publishing();
    trial =
        new CandidateTrial(
            config.network(),
            new CandidateGate(
                publishing.mayLose(), publishing.leastSpread(), publishing.leastQueries()),
            config.name());
    this.registry = registry.open();
    this.serving = serving;
    thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread named = new Thread(work, "alcedo-handover");
              named.setDaemon(true);
              return named;
            });
  }

  /** Takes a candidate, if it is time for one and none is being tried. */
  public void offer(ContinualLearner learner) {
    if (running != null || learner.updates() % publishing.every() != 0) {
      return;
    }
    Task task = new Task(learner.updates(), learner.candidate(), serving, learner.probe());
    running = CompletableFuture.supplyAsync(() -> attempt(task), thread);
  }

  private Result attempt(Task task) {
    try {
      Path directory = Files.createTempDirectory("alcedo-candidate");
      try {
        Result result = trial.run(task, directory);
        if (result.verdict().passes()) {
          registry.publish(result.manifest(), directory.resolve(result.manifest().file()));
        }
        return result;
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /** What trials that have ended said. */
  public List<ModelEvent> settle() {
    List<ModelEvent> events = new ArrayList<>();
    if (running != null && running.isDone()) {
      try {
        events.add(decide(running.join()));
      } catch (CompletionException | CancellationException e) {
        LOG.warn("A candidate could not be tried, the next one will be", e);
      }
      running = null;
    }
    return events;
  }

  private ModelEvent decide(Result result) {
    boolean passes = result.verdict().passes();
    String version = result.manifest().version();
    if (passes) {
      serving = result.task().candidate();
      decided = version;
      reason = result.verdict().reason();
      checkpoint = -1;
    }
    return new ModelEvent(
        passes ? Kind.PUBLISHED : Kind.REJECTED,
        Role.ENCODER.code(),
        version,
        clock.instant(),
        "after %d updates: %s".formatted(result.task().update(), result.verdict().reason()),
        result.verdict().figures());
  }

  /** Says that a checkpoint will hold what is decided now. */
  public void checkpointed(long id) {
    if (deployed.equals(decided)) {
      decided = "";
    }
    if (!decided.isEmpty() && checkpoint < 0) {
      checkpoint = id;
    }
  }

  /** Deploys what is decided, if this checkpoint or one before holds it. */
  public void completed(long id) {
    boolean held = !decided.isEmpty() && checkpoint >= 0 && id >= checkpoint;
    if (!held || deployed.equals(decided) || (deploying != null && !deploying.isDone())) {
      return;
    }
    String version = decided;
    Turn turn = new Turn(version, clock.instant(), LEARNER, reason);
    deploying = CompletableFuture.runAsync(() -> deploy(turn), thread);
  }

  private void deploy(Turn turn) {
    try {
      if (!wasDeployed(turn.version())) {
        var unused = registry.deploy(Role.ENCODER, turn);
      }
      deployed = turn.version();
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "{} is not deployed yet, the next checkpoint tries again: {}",
          turn.version(),
          e.getMessage());
    }
  }

  /** Somebody may have gone back to another version since, before this learner was restarted. */
  private boolean wasDeployed(String version) {
    return registry
        .deployment(Role.ENCODER)
        .map(
            now ->
                Stream.concat(Stream.of(now.current()), now.past().stream())
                    .anyMatch(turn -> turn.version().equals(version)))
        .orElse(false);
  }

  /** Writes what is decided. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeUTF(decided);
    out.writeUTF(reason);
    LearnerState.write(serving, out);
  }

  /** Becomes what was written. */
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "the handover was written by version %d, this Alcedo reads version %d"
              .formatted(version, VERSION));
    }
    decided = in.readUTF();
    reason = in.readUTF();
    serving = LearnerState.read(in);
    checkpoint = 0;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
