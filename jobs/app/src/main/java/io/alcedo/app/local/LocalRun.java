package io.alcedo.app.local;

import io.alcedo.app.http.SearchServer;
import io.alcedo.app.index.IndexServer;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.jdbc.AnalyticsTable;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.jobs.ContinualMocoConfig;
import io.alcedo.jobs.ContinualMocoJob;
import io.alcedo.jobs.DatabaseJob;
import io.alcedo.jobs.DeliverJob;
import io.alcedo.jobs.EncoderConfig;
import io.alcedo.jobs.JobConfig;
import io.alcedo.jobs.LearnerBlock;
import io.alcedo.jobs.PipelineJob;
import io.alcedo.jobs.RegistryConfig;
import io.alcedo.jobs.RunConfig;
import io.alcedo.jobs.SnapshotConfig;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.track.AppearanceOptions;
import io.alcedo.operators.stream.track.TrackerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Broker, cluster, cameras and pipeline in this JVM: from the first frame until all cameras have
 * ended, the time is up or somebody stops it, and then until there is a line for every frame that
 * was sent and, with an encoder, a vector or a dead letter for every crop. A learner runs beside
 * the pipeline, and ends when it has taken in all crops; so do the jobs that tell of alerts and
 * that write analytics to a database. In a run of live cameras, cameras come and go as the topic
 * {@code cameras} says.
 */
public final class LocalRun {
  /** Longest wait for the next line when all cameras have ended. */
  private static final long DRAIN_NANOS = 120L * 1_000_000_000;

  private static final Clock CLOCK = Clock.systemUTC();

  private static final String NAME = "alcedo";
  private static final String PIPELINE = "pipeline";
  private static final String LEARNER = "learner";
  private static final String DELIVERY = "delivery";
  private static final String DATABASE = "database job";

  /** Who has not taken an alert by then is away. */
  private static final Duration DELIVERY_PATIENCE = Duration.ofMinutes(1);

  /** What is found shows at each. */
  private static final Duration CHECKPOINTS = Duration.ofSeconds(1);

  /** Each copies all that was learned. */
  private static final Duration LEARNER_CHECKPOINTS = Duration.ofSeconds(5);

  /** What is done over and over while the run waits. */
  private interface Step {
    void take() throws Exception;
  }

  private final LocalRunPlan plan;
  private final AtomicBoolean stopped = new AtomicBoolean();

  public LocalRun(LocalRunPlan plan) {
    this.plan = plan;
  }

  /**
   * Runs to the end.
   *
   * @throws io.alcedo.connectors.InvalidInputException if a camera, the model, a store of pictures
   *     or the database cannot be used
   */
  public Accounting run(RunListener listener) throws Exception {
    // Before anything starts: a job that cannot load its model would restart for ever.
    RunModels models = plan.models();
    ModelDirectory.open(models.detector()).require(Task.DETECTION);
    if (models.classifier() != null) {
      ModelDirectory.open(Path.of(models.classifier().model())).require(Task.CLASSIFICATION);
    }
    requireAppearance();
    requireStores();
    EncoderConfig encoder = encoder();
    plan.source().cameras().forEach(LocalCamera::check);
    if (plan.results().database() != null) {
      new AnalyticsTable(plan.results().database()).prepare();
    }
    if (plan.kafka() != null) {
      return run(plan.kafka(), encoder, listener);
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      listener.broker(kafka.bootstrap());
      return run(kafka.settings(), encoder, listener);
    }
  }

  private void requireAppearance() {
    TrackerOptions tracker = plan.stages().tracker();
    AppearanceOptions appearance = tracker == null ? null : tracker.appearance();
    if (appearance != null) {
      var unused = ModelDirectory.open(Path.of(appearance.requireModel())).require(Task.EMBEDDING);
    }
  }

  private void requireStores() {
    if (plan.results().index() != null) {
      var unused = plan.results().index().pictures();
    }
    if (plan.results().delivery().snapshots() != null) {
      var unused = plan.results().delivery().snapshots().pictures();
    }
  }

  private EncoderConfig encoder() throws IOException {
    LearnerBlock learner = plan.models().learner();
    EncoderConfig encoder = plan.models().encoder();
    if (encoder == null && learner != null) {
      encoder =
          FirstEncoder.write(learner.config(), plan.results().output().resolve("first-encoder"));
    }
    if (encoder != null) {
      ModelDirectory model = ModelDirectory.open(Path.of(encoder.model())).require(Task.EMBEDDING);
      if (learner != null) {
        FirstEncoder.requireFit(model, learner.config());
      }
    }
    return encoder;
  }

  private Accounting run(KafkaSettings kafka, EncoderConfig encoder, RunListener listener)
      throws Exception {
    TopicCreator.ensure(kafka, EnumSet.allOf(Topic.class));
    boolean learns = plan.models().learner() != null;
    boolean stores = plan.results().database() != null;
    try (CheckpointFolder checkpoints = new CheckpointFolder();
        LocalCluster cluster = LocalCluster.start(2 + (learns ? 1 : 0) + (stores ? 1 : 0));
        Publishers cameras = new Publishers(kafka);
        CameraControl control = new CameraControl(kafka, plan, cameras, listener);
        RunOutput results = new RunOutput(kafka, plan, cameras, control::scenes, listener);
        IndexServer index = index(kafka, encoder);
        SearchServer searches = searches(index, listener)) {
      if (learns) {
        FirstEncoder.deploy(
            ModelDirectory.open(Path.of(encoder.model())),
            plan.stages().registry().settings(kafka).open());
      }
      JobConfig job = pipeline(kafka, encoder, checkpoints);
      DeliverJob.check(job);
      cluster.submit(DELIVERY, job.run(), stages -> DeliverJob.build(stages, job));
      cluster.submit(PIPELINE, job.run(), stages -> PipelineJob.build(stages, job));
      ContinualMocoConfig learner = learns ? learner(kafka, checkpoints) : null;
      if (learns) {
        cluster.submit(LEARNER, learner.run(), stages -> ContinualMocoJob.build(stages, learner));
      }
      if (stores) {
        cluster.submit(DATABASE, job.run(), stages -> DatabaseJob.build(stages, job));
      }
      Step step =
          () -> {
            results.poll();
            cluster.check();
            listener.progress(cameras.statuses(), results.accounting());
          };
      control.begin(CLOCK.instant());
      cameras.start();
      follow(cameras, control, results, step);
      // Crops and vectors come after the lines, and nothing says how many.
      cluster.drain(PIPELINE, checkpoints.uri());
      results.pollToEnd();
      letDeliver(job, cluster, results, checkpoints.uri(), step, listener);
      if (learns) {
        try (GroupProgress crops = new GroupProgress(kafka, learner.group(), results.cropEnds())) {
          catchUp(LEARNER, crops, stopped::get, step);
        }
        cluster.drain(LEARNER, checkpoints.uri());
        results.pollToEnd();
      }
      if (index != null) {
        try (GroupProgress crops =
            new GroupProgress(kafka, index.archiveGroup(), results.cropEnds())) {
          catchUp("index", crops, () -> false, step);
        }
        if (!index.awaitEnd(Duration.ofNanos(DRAIN_NANOS))) {
          listener.notice("The index did not take in all vectors; out/alcedo.log says why.");
        }
      }
      if (stores) {
        try (GroupProgress rows =
            new GroupProgress(kafka, DatabaseJob.group(job), results.analyticsEnds())) {
          catchUp(DATABASE, rows, () -> false, step);
        }
        cluster.drain(DATABASE, checkpoints.uri());
      }
      return results.accounting();
    }
  }

  /** Null if the plan has none. */
  private IndexServer index(KafkaSettings kafka, EncoderConfig encoder) {
    if (plan.results().index() == null) {
      return null;
    }
    if (encoder == null) {
      throw new InvalidInputException(
          "index: nothing makes vectors. Name an encoder, or leave the index out.");
    }
    RegistryConfig registry = plan.stages().registry();
    return IndexServer.start(
        new IndexServer.Source(
            NAME,
            kafka,
            Path.of(encoder.model()),
            registry == null ? null : registry.settings(kafka),
            plan.source().scenes()),
        plan.results().index());
  }

  /** Null if there is no index. */
  private SearchServer searches(IndexServer index, RunListener listener) {
    if (index == null) {
      return null;
    }
    SearchServer searches =
        SearchServer.start(index, plan.results().http(), plan.models().detector());
    listener.searches(searches.address());
    return searches;
  }

  private JobConfig pipeline(
      KafkaSettings kafka, EncoderConfig encoder, CheckpointFolder checkpoints) {
    RunStages stages = plan.stages();
    return new JobConfig(
        NAME,
        kafka,
        plan.models().detector().toString(),
        plan.inferenceOfSources(),
        plan.models().classifier(),
        stages.tracker(),
        stages.crops(),
        encoder,
        stages.registry(),
        new RunConfig(null, CHECKPOINTS, checkpoints.uri(), null),
        plan.source().scenes(),
        stages.rules(),
        stages.analytics(),
        plan.results().delivery().withDefault(SnapshotConfig.in(snapshots())),
        plan.results().database());
  }

  private URI snapshots() {
    return plan.results().output().resolve("snapshots").toAbsolutePath().toUri();
  }

  private ContinualMocoConfig learner(KafkaSettings kafka, CheckpointFolder checkpoints) {
    return new ContinualMocoConfig(
        NAME,
        kafka,
        plan.stages().registry(),
        new RunConfig(null, LEARNER_CHECKPOINTS, checkpoints.uri(), null),
        plan.models().learner());
  }

  /** Waits until all are told of all alerts, but not for ever. */
  private void letDeliver(
      JobConfig job,
      LocalCluster cluster,
      RunOutput results,
      String folder,
      Step step,
      RunListener listener)
      throws Exception {
    long began = System.nanoTime();
    BooleanSupplier enough = () -> stopped.get() || elapsed(began) > DELIVERY_PATIENCE.toNanos();
    for (String group : DeliverJob.groups(job)) {
      try (GroupProgress alerts = new GroupProgress(job.kafka(), group, results.alertEnds())) {
        catchUp(DELIVERY, alerts, enough, step);
      }
    }
    if (!cluster.drain(
        DELIVERY, folder, stopped.get() ? Duration.ofSeconds(5) : DELIVERY_PATIENCE)) {
      listener.notice(
          "Not all receivers took all alerts within %d s; out/alcedo.log says which."
              .formatted(DELIVERY_PATIENCE.toSeconds()));
    }
    results.pollToEnd();
  }

  /** Waits until a job beside the pipeline has taken in all that is for it, or need not. */
  private static void catchUp(String job, GroupProgress progress, BooleanSupplier enough, Step step)
      throws Exception {
    long missing = Long.MAX_VALUE;
    long moved = System.nanoTime();
    while (missing > 0 && !enough.getAsBoolean()) {
      step.take();
      long now = progress.missing();
      if (now < missing) {
        missing = now;
        moved = System.nanoTime();
      }
      if (elapsed(moved) > DRAIN_NANOS) {
        throw new IllegalStateException(
            "the %s took in nothing for %d s, %d records are left; see out/alcedo.log"
                .formatted(job, DRAIN_NANOS / 1_000_000_000, missing));
      }
    }
  }

  private void follow(Publishers cameras, CameraControl control, RunOutput results, Step step)
      throws Exception {
    Duration longest = plan.source().duration();
    long began = System.nanoTime();
    long closed = 0;
    long lines = 0;
    long moved = began;
    // Other live cameras may come as long as nobody ends the run.
    while (!results.isComplete() || (closed == 0 && plan.source().isLive())) {
      step.take();
      if (closed == 0) {
        control.poll(CLOCK.instant());
      }
      cameras.check();
      boolean due = longest != null && elapsed(began) >= longest.toNanos();
      if (closed == 0 && (due || stopped.get())) {
        cameras.close();
        closed = System.nanoTime();
      }
      if (results.accounting().frameLines() > lines) {
        lines = results.accounting().frameLines();
        moved = System.nanoTime();
      }
      if (closed != 0 && Math.min(elapsed(closed), elapsed(moved)) > DRAIN_NANOS) {
        throw new IllegalStateException(
            "no line came for %d s, there are lines for %d of %d frames; see out/alcedo.log"
                .formatted(
                    DRAIN_NANOS / 1_000_000_000,
                    lines,
                    cameras.statuses().stream().mapToLong(CameraStatus::published).sum()));
      }
    }
  }

  private static long elapsed(long since) {
    return System.nanoTime() - since;
  }

  /** Asks from any thread for the cameras' sessions to end, and the run with them. */
  public void stop() {
    stopped.set(true);
  }
}
