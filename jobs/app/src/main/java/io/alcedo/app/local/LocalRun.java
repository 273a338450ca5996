package io.alcedo.app.local;

import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.jobs.ContinualMocoConfig;
import io.alcedo.jobs.ContinualMocoJob;
import io.alcedo.jobs.EncoderConfig;
import io.alcedo.jobs.JobConfig;
import io.alcedo.jobs.LearnerBlock;
import io.alcedo.jobs.PipelineJob;
import io.alcedo.jobs.RunConfig;
import io.alcedo.operators.stream.inference.ModelDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Broker, cluster, cameras and pipeline in this JVM: from the first frame until all cameras have
 * ended, the time is up or somebody stops it, and then until there is a line for every frame that
 * was sent and, with an encoder, a vector or a dead letter for every crop. A learner runs beside
 * the pipeline, and ends when it has taken in all crops.
 */
public final class LocalRun {
  /** Longest wait for the next line when all cameras have ended. */
  private static final long DRAIN_NANOS = 120L * 1_000_000_000;

  private static final String NAME = "alcedo";
  private static final String PIPELINE = "pipeline";
  private static final String LEARNER = "learner";

  /** Each copies all that was learned. */
  private static final Duration LEARNER_CHECKPOINTS = Duration.ofSeconds(5);

  private final LocalRunPlan plan;
  private final AtomicBoolean stopped = new AtomicBoolean();

  public LocalRun(LocalRunPlan plan) {
    this.plan = plan;
  }

  /**
   * Runs to the end.
   *
   * @throws io.alcedo.connectors.InvalidInputException if a camera or the model cannot be used
   */
  public Accounting run(RunListener listener) throws Exception {
    // Before anything starts: a job that cannot load its model would restart for ever.
    RunModels models = plan.models();
    ModelDirectory.open(models.detector()).require(Task.DETECTION);
    if (models.classifier() != null) {
      ModelDirectory.open(Path.of(models.classifier().model())).require(Task.CLASSIFICATION);
    }
    EncoderConfig encoder = encoder();
    plan.cameras().forEach(LocalCamera::check);
    if (plan.kafka() != null) {
      return run(plan.kafka(), encoder, listener);
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      return run(kafka.settings(), encoder, listener);
    }
  }

  private EncoderConfig encoder() throws IOException {
    LearnerBlock learner = plan.models().learner();
    EncoderConfig encoder = plan.models().encoder();
    if (encoder == null && learner != null) {
      encoder = FirstEncoder.write(learner.config(), plan.output().resolve("first-encoder"));
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
    try (CheckpointFolder checkpoints = new CheckpointFolder();
        LocalCluster cluster = LocalCluster.start(learns ? 2 : 1);
        Publishers cameras = new Publishers(plan.cameras(), kafka);
        RunOutput results = new RunOutput(kafka, plan, cameras, listener)) {
      if (learns) {
        FirstEncoder.deploy(
            ModelDirectory.open(Path.of(encoder.model())), plan.registry().settings(kafka).open());
      }
      JobConfig job = pipeline(kafka, encoder, checkpoints);
      cluster.submit(PIPELINE, job.run(), stages -> PipelineJob.build(stages, job));
      ContinualMocoConfig learner = learns ? learner(kafka, checkpoints) : null;
      if (learns) {
        cluster.submit(LEARNER, learner.run(), stages -> ContinualMocoJob.build(stages, learner));
      }
      cameras.start();
      follow(cluster, cameras, results, listener);
      // Crops and vectors come after the lines, and nothing says how many.
      cluster.drain(PIPELINE, checkpoints.uri());
      results.pollToEnd();
      if (learns) {
        letLearn(learner, cluster, cameras, results, listener);
        cluster.drain(LEARNER, checkpoints.uri());
        results.pollToEnd();
      }
      return results.accounting();
    }
  }

  private JobConfig pipeline(
      KafkaSettings kafka, EncoderConfig encoder, CheckpointFolder checkpoints) {
    return new JobConfig(
        NAME,
        kafka,
        plan.models().detector().toString(),
        plan.inferenceOfSources(),
        plan.models().classifier(),
        plan.tracker(),
        plan.crops(),
        encoder,
        plan.registry(),
        new RunConfig(null, null, checkpoints.uri(), null),
        plan.scenes(),
        plan.rules(),
        plan.analytics());
  }

  private ContinualMocoConfig learner(KafkaSettings kafka, CheckpointFolder checkpoints) {
    return new ContinualMocoConfig(
        NAME,
        kafka,
        plan.registry(),
        new RunConfig(null, LEARNER_CHECKPOINTS, checkpoints.uri(), null),
        plan.models().learner());
  }

  /** Waits until the learner has taken in all crops, unless somebody stops the run. */
  private void letLearn(
      ContinualMocoConfig learner,
      LocalCluster cluster,
      Publishers cameras,
      RunOutput results,
      RunListener listener)
      throws Exception {
    try (LearnerProgress progress = new LearnerProgress(learner.kafka(), learner.group())) {
      long missing = Long.MAX_VALUE;
      long moved = System.nanoTime();
      while (missing > 0 && !stopped.get()) {
        results.poll();
        cluster.check();
        listener.progress(cameras.statuses(), results.accounting());
        long now = progress.missing(results.cropEnds());
        if (now < missing) {
          missing = now;
          moved = System.nanoTime();
        }
        if (elapsed(moved) > DRAIN_NANOS) {
          throw new IllegalStateException(
              "the learner took in no crop for %d s, %d are left; see out/alcedo.log"
                  .formatted(DRAIN_NANOS / 1_000_000_000, missing));
        }
      }
    }
  }

  private void follow(
      LocalCluster cluster, Publishers cameras, RunOutput results, RunListener listener)
      throws Exception {
    long began = System.nanoTime();
    long closed = 0;
    long lines = 0;
    long moved = began;
    while (!results.isComplete()) {
      results.poll();
      cameras.check();
      cluster.check();
      listener.progress(cameras.statuses(), results.accounting());
      boolean due = plan.duration() != null && elapsed(began) >= plan.duration().toNanos();
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
