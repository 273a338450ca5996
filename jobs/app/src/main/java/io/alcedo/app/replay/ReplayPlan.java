package io.alcedo.app.replay;

import io.alcedo.app.local.PipelineConfig;
import io.alcedo.app.local.RunModels;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.jobs.JobConfig;
import io.alcedo.jobs.Recorded;
import io.alcedo.jobs.Replay;
import io.alcedo.jobs.RunConfig;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.track.TrackerOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be replayed, and how.
 *
 * @param replay which part of the past
 * @param detections a recorded file; null reads from the cluster that the pipeline's file names
 * @param pipeline the file of the pipeline that recorded
 * @param rules in place of the recorded ones; null takes these
 * @param tracker how objects become tracks; null = as usual
 * @param models look at frames, if frames are replayed
 * @param parallelism of the job; the results do not depend on it
 * @param output receives tracks.jsonl, alerts.jsonl, analytics.jsonl, and of frames
 *     detections.jsonl
 */
public record ReplayPlan(
    Replay replay,
    Path detections,
    PipelineConfig pipeline,
    ReplayRules rules,
    TrackerOptions tracker,
    RunModels models,
    int parallelism,
    Path output) {
  private static final String NAME = "alcedo";

  public ReplayPlan {
    if (parallelism < 1 || parallelism > 128) {
      throw new InvalidInputException(
          "--parallelism is %d, expected 1 to 128".formatted(parallelism));
    }
    if (detections == null && pipeline.kafka() == null) {
      throw new InvalidInputException(
          "the file of --config names no Kafka cluster, expected a block 'kafka' with bootstrap; or give --detections FILE");
    }
    if (detections != null && replay.frames()) {
      throw new InvalidInputException(
          "--frames needs a cluster's topic frames: give --config without --detections");
    }
  }

  /** Rules and cameras: those of the file take the place of the recorded ones. */
  Recorded known(KafkaSettings kafka) {
    List<Scene> scenes =
        rules == null || rules.scenes() == null ? pipeline.scenes() : rules.scenes();
    List<CameraSpec> cameras = scenes.stream().map(CameraSpec::of).toList();
    Recorded recorded =
        detections == null
            ? Recorded.of(kafka, pipeline.rules(), cameras)
            : new Recorded(pipeline.rules(), cameras);
    if (rules == null) {
      return recorded;
    }
    return new Recorded(rules.rules(), rules.scenes() == null ? recorded.cameras() : cameras);
  }

  /** The job's settings, on a cluster. */
  JobConfig job(KafkaSettings kafka, String checkpoints) {
    return new JobConfig(
        NAME,
        kafka,
        models.detector().toString(),
        pipeline.inference(),
        models.classifier(),
        tracker,
        null,
        null,
        null,
        new RunConfig(parallelism, null, checkpoints, null),
        List.of(),
        List.of(),
        rules == null || rules.analytics() == null ? pipeline.analytics() : rules.analytics(),
        null,
        null);
  }
}
