package io.alcedo.operators.continual.publish;

import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.event.ModelEvent.Kind;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.registry.Deployment;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.ModelRegistry;
import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.connectors.registry.Role;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.operators.continual.learn.ContinualLearner;
import io.alcedo.operators.continual.publish.CandidateGate.Verdict;
import io.alcedo.operators.continual.replay.Sample;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a learner's candidates to deployments. Each so many updates a copy of the encoder is tried
 * on a thread of its own, against what serves at that time. That one shall serve is state first; it
 * is published and deployed when a checkpoint holds it: a restart repeats what may not have been
 * done, and a version is its SHA-256, so nothing is done twice. A registry that is away is tried
 * again with the next checkpoint.
 */
public final class Handover implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
  private static final int VERSION = 2;
  private static final String LEARNER = "continual learner";
  private static final long PATIENCE_SECONDS = 60;

  private final ContinualConfig.Publishing publishing;
  private final CandidateTrial trial;
  private final CandidateExport export;
  private final ModelRegistry registry;
  private final Path cache;
  private final Map<String, Entry> first;
  private final Clock clock = Clock.systemUTC();
  private final ExecutorService thread;
  private Decision decided;
  private long checkpoint = -1;
  private long tried;
  private boolean ends;
  private volatile String deployed = "";
  private CompletableFuture<Result> running;
  private CompletableFuture<Void> deploying;

  /**
   * What is tried.
   *
   * @param update after which the weights were taken
   * @param pending what is decided and not deployed yet, or null
   */
  private record Task(
      long update, Map<String, Entry> weights, List<Sample> probe, Decision pending) {}

  /**
   * What came of it.
   *
   * @param against version of the encoder that serves
   */
  private record Result(Task task, String version, String against, Verdict verdict) {}

  /**
   * Begins.
   *
   * @param first weights against which candidates are judged while nothing is deployed
   */
  public Handover(ContinualConfig config, RegistrySettings registry, Map<String, Entry> first) {
    publishing = config.publishing();
    trial =
        new CandidateTrial(
            new CandidateGate(
                publishing.mayLose(), publishing.leastSpread(), publishing.leastQueries()),
            config.threads());
    export = CandidateExport.of(config);
    this.registry = registry.open();
    this.cache = registry.cacheFolder();
    this.first = first;
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
    if (running == null && learner.updates() % publishing.every() == 0) {
      start(learner);
    }
  }

  private void start(ContinualLearner learner) {
    tried = learner.updates();
    Decision pending = decided == null || decided.version().equals(deployed) ? null : decided;
    Task task = new Task(learner.updates(), learner.candidate(), learner.probe(), pending);
    running = CompletableFuture.supplyAsync(() -> attempt(task), thread);
  }

  private Result attempt(Task task) {
    try (ScratchFolder folder = new ScratchFolder()) {
      Path candidate = folder.path().resolve("candidate");
      ModelManifest manifest = export.write(task.weights(), Map.of(), candidate);
      ModelDirectory serving =
          ModelDirectory.open(serving(task.pending(), folder.path().resolve("serving")));
      Verdict verdict = trial.run(ModelDirectory.open(candidate), serving, task.probe());
      return new Result(task, manifest.version(), serving.manifest().version(), verdict);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is decided and will serve, else what is deployed, else the first weights. */
  private Path serving(Decision pending, Path folder) throws IOException {
    Optional<Deployment> deployment =
        pending == null ? registry.deployment(Role.ENCODER) : Optional.empty();
    if (deployment.isPresent()) {
      return registry.fetch(deployment.get().current().version(), cache);
    }
    Map<String, Entry> weights = pending == null ? first : pending.weights();
    var unused = export.write(weights, Map.of(), folder);
    return folder;
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
    Verdict verdict = result.verdict();
    if (verdict.passes()) {
      decided =
          new Decision(
              result.version(), verdict.reason(), provenance(result), result.task().weights());
      checkpoint = -1;
    }
    return new ModelEvent(
        verdict.passes() ? Kind.PUBLISHED : Kind.REJECTED,
        Role.ENCODER.code(),
        result.version(),
        clock.instant(),
        "after %d updates, against %s: %s"
            .formatted(result.task().update(), result.against(), verdict.reason()),
        verdict.figures());
  }

  private static Map<String, String> provenance(Result result) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("learner", "ContinualMocoJob");
    facts.put("updates", String.valueOf(result.task().update()));
    facts.put("judgedAgainst", result.against());
    result
        .verdict()
        .figures()
        .forEach((figure, value) -> facts.put(figure, String.format(Locale.ROOT, "%.4f", value)));
    return facts;
  }

  /**
   * Weights of the encoder of which the last event said that it will serve.
   *
   * @throws IllegalStateException if there was none
   */
  public Map<String, Entry> decided() {
    if (decided == null) {
      throw new IllegalStateException("nothing is decided");
    }
    return decided.weights();
  }

  /** Says that a checkpoint will hold what is decided now. */
  public void checkpointed(long id) {
    if (decided != null && decided.version().equals(deployed)) {
      decided = null;
    }
    if (decided != null && checkpoint < 0) {
      checkpoint = id;
    }
  }

  /** Publishes and deploys what is decided, if this checkpoint or one before holds it. */
  public void completed(long id) {
    boolean held = decided != null && checkpoint >= 0 && id >= checkpoint;
    if (!held || decided.version().equals(deployed) || (deploying != null && !deploying.isDone())) {
      return;
    }
    Decision now = decided;
    deploying = CompletableFuture.runAsync(() -> deploy(now), thread);
  }

  private void deploy(Decision decision) {
    try (ScratchFolder folder = new ScratchFolder()) {
      if (!wasDeployed(decision.version())) {
        ModelManifest manifest =
            export.write(decision.weights(), decision.provenance(), folder.path());
        registry.publish(manifest, folder.path().resolve(manifest.file()));
        var unused =
            registry.deploy(
                Role.ENCODER,
                new Turn(decision.version(), clock.instant(), LEARNER, decision.reason()));
      }
      deployed = decision.version();
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "{} is not deployed yet, the next checkpoint tries again: {}",
          decision.version(),
          e.toString());
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

  /**
   * Waits for what is being tried, and tries what was learned since: no crop comes any more.
   *
   * @return what the trials said
   */
  public List<ModelEvent> finish(ContinualLearner learner)
      throws InterruptedException, ExecutionException {
    ends = true;
    List<ModelEvent> events = new ArrayList<>(await());
    if (learner.updates() > tried) {
      start(learner);
      events.addAll(await());
    }
    return events;
  }

  private List<ModelEvent> await() throws InterruptedException, ExecutionException {
    if (running != null) {
      var unused = running.exceptionally(failure -> null).get();
    }
    return settle();
  }

  /** Writes what is decided. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeBoolean(decided != null);
    if (decided != null) {
      decided.write(out);
    }
  }

  /** Becomes what was written. */
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "the handover was written by version %d, this Alcedo reads version %d"
              .formatted(version, VERSION));
    }
    decided = in.readBoolean() ? Decision.read(in) : null;
    checkpoint = 0;
  }

  /** Ends; after {@link #finish} what is being deployed is waited for. */
  @Override
  public void close() throws InterruptedException {
    thread.shutdown();
    if (ends && !thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("The registry did not take the last decision in {} s", PATIENCE_SECONDS);
    }
    thread.shutdownNow();
  }
}
