package io.alcedo.operators.continual.learn;

import io.alcedo.operators.continual.replay.FifoBuffer;
import io.alcedo.operators.continual.replay.MinRedBuffer;
import io.alcedo.operators.continual.replay.ReplayBuffer;
import io.alcedo.operators.continual.replay.ReservoirBuffer;
import io.alcedo.training.data.Positives;
import io.alcedo.training.moco.ContrastConfig;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.moco.HeadConfig;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.train.OptimizerConfig;
import io.alcedo.training.train.ViewConfig;
import java.time.Duration;

/**
 * How an encoder keeps learning from a stream; the block {@code learner} of the job's YAML.
 *
 * @param name of the encoder's versions
 * @param weights a safetensors file to begin with; anew if left out
 * @param network shape of the encoder
 * @param contrast what is contrasted with what
 * @param augmentation how a crop becomes a view
 * @param optimizer a constant rate, momentum, decay
 * @param memory what is remembered
 * @param intake what is let in
 * @param pace how often it learns
 * @param publishing when a better encoder is handed over
 * @param positives what is alike: two views of a crop, or two crops of a track
 * @param distillation weight of staying near the encoder that was handed over last, 0 or more;
 *     default 0, which costs nothing
 * @param seed of weights, batches and views
 * @param threads of libtorch; default 1, so that detection does not wait for learning
 */
public record ContinualConfig(
    String name,
    String weights,
    EncoderConfig network,
    ContrastConfig contrast,
    ViewConfig augmentation,
    OptimizerConfig optimizer,
    Memory memory,
    Intake intake,
    Pace pace,
    Publishing publishing,
    Positives positives,
    Double distillation,
    Long seed,
    Integer threads) {

  /**
   * What is remembered.
   *
   * @param kind min-red, reservoir or fifo; default min-red
   * @param capacity crops; default 4096
   */
  public record Memory(String kind, Integer capacity) {
    public Memory {
      kind = kind == null ? "min-red" : kind;
      capacity = capacity == null ? 4096 : capacity;
      require(
          kind.equals("min-red") || kind.equals("reservoir") || kind.equals("fifo"),
          "kind is '%s', expected min-red, reservoir or fifo".formatted(kind));
      require(capacity >= 2, "capacity is %d, expected 2 crops or more".formatted(capacity));
    }

    ReplayBuffer open() {
      return switch (kind) {
        case "fifo" -> new FifoBuffer(capacity);
        case "reservoir" -> new ReservoirBuffer(capacity);
        default -> new MinRedBuffer(capacity);
      };
    }
  }

  /**
   * What is let in.
   *
   * @param leastDifference grey levels by which a crop must differ from its camera's others;
   *     default 6
   * @param minSide smaller crops are left out, px; default 8
   * @param staleAfter a crop published longer ago is remembered, but makes no update due; default
   *     never
   */
  public record Intake(Double leastDifference, Integer minSide, Duration staleAfter) {
    public Intake {
      leastDifference = leastDifference == null ? 6 : leastDifference;
      minSide = minSide == null ? 8 : minSide;
      require(
          leastDifference >= 0 && leastDifference <= 255,
          "leastDifference is %s, expected 0 to 255".formatted(leastDifference));
      require(minSide >= 1, "minSide is %d, expected 1 px or more".formatted(minSide));
    }
  }

  /**
   * How often it learns: {@code updates} for every {@code arrivals} crops that are let in.
   *
   * @param batchSize crops of an update; default 64
   */
  public record Pace(Integer updates, Integer arrivals, Integer batchSize) {
    public Pace {
      updates = updates == null ? 1 : updates;
      arrivals = arrivals == null ? 16 : arrivals;
      batchSize = batchSize == null ? 64 : batchSize;
      require(
          updates >= 1 && updates <= arrivals,
          "updates is %d for %d arrivals, expected 1 to as many: a checkpoint waits for one update at most"
              .formatted(updates, arrivals));
      require(batchSize >= 2, "batchSize is %d, expected 2 or more".formatted(batchSize));
    }
  }

  /**
   * When a better encoder is handed over.
   *
   * @param every a candidate after so many updates; default 200
   * @param oneTrackIn one track in so many is held out to judge by; default 10
   * @param tracks that are kept for that; default 200
   * @param cropsOfTrack of each; default 8
   * @param leastQueries the held-out crops must ask so often; default 50
   * @param mayLose recall that a candidate may lose against the one that serves; default 0
   * @param leastSpread of its vectors, 0 to 1; default 0.3
   */
  public record Publishing(
      Integer every,
      Integer oneTrackIn,
      Integer tracks,
      Integer cropsOfTrack,
      Integer leastQueries,
      Double mayLose,
      Double leastSpread) {
    public Publishing {
      every = every == null ? 200 : every;
      oneTrackIn = oneTrackIn == null ? 10 : oneTrackIn;
      tracks = tracks == null ? 200 : tracks;
      cropsOfTrack = cropsOfTrack == null ? 8 : cropsOfTrack;
      leastQueries = leastQueries == null ? 50 : leastQueries;
      mayLose = mayLose == null ? 0 : mayLose;
      leastSpread = leastSpread == null ? 0.3 : leastSpread;
      require(every >= 1, "every is %d, expected 1 update or more".formatted(every));
      require(oneTrackIn >= 2, "oneTrackIn is %d, expected 2 or more".formatted(oneTrackIn));
      require(tracks >= 1, "tracks is %d, expected 1 or more".formatted(tracks));
      require(leastQueries >= 1, "leastQueries is %d, expected 1 or more".formatted(leastQueries));
      require(cropsOfTrack >= 2, "cropsOfTrack is %d, expected 2 or more".formatted(cropsOfTrack));
    }
  }

  public ContinualConfig {
    require(network != null, "network is missing, expected family and depth");
    require(
        network == null || network.norm() != Norm.Kind.BATCH,
        "network.norm is batch, expected group or split: one batch norm over a stream's batch tells queries from keys by their statistics");
    require(
        network == null || network.head().kind() != HeadConfig.Kind.NONE,
        "network.head.kind is none, expected linear, mlp or projector");
    name = name == null ? "appearance" : name;
    contrast =
        contrast == null ? new ContrastConfig(2048, 0.99, null, 0.1, null, null, null) : contrast;
    augmentation =
        augmentation == null
            ? new ViewConfig(null, null, null, null, null, null, null)
            : augmentation;
    optimizer =
        optimizer == null
            ? new OptimizerConfig(0.01, 0.9, 1e-4, null, null, null, null)
            : optimizer;
    memory = memory == null ? new Memory(null, null) : memory;
    intake = intake == null ? new Intake(null, null, null) : intake;
    pace = pace == null ? new Pace(null, null, null) : pace;
    publishing =
        publishing == null ? new Publishing(null, null, null, null, null, null, null) : publishing;
    positives = positives == null ? Positives.TRACK : positives;
    distillation = distillation == null ? 0 : distillation;
    seed = seed == null ? 1 : seed;
    threads = threads == null ? 1 : threads;
    require(
        distillation >= 0 && distillation <= 100,
        "distillation is %s, expected 0 to 100".formatted(distillation));
    require(
        pace.batchSize() <= memory.capacity(),
        "pace.batchSize is %d, expected at most memory.capacity (%d)"
            .formatted(pace.batchSize(), memory.capacity()));
  }

  /**
   * The same but for what differs between runs that are compared.
   *
   * @param file to begin with; anew if null
   */
  public ContinualConfig with(Memory otherMemory, String file, long otherSeed) {
    return new ContinualConfig(
        name,
        file,
        network,
        contrast,
        augmentation,
        optimizer,
        otherMemory,
        intake,
        pace,
        publishing,
        positives,
        distillation,
        otherSeed,
        threads);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
