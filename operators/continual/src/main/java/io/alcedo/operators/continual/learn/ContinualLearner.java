package io.alcedo.operators.continual.learn;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Crop;
import io.alcedo.operators.continual.intake.NearDuplicateGate;
import io.alcedo.operators.continual.intake.Probe;
import io.alcedo.operators.continual.replay.ReplayBuffer;
import io.alcedo.operators.continual.replay.ReplayRandom;
import io.alcedo.operators.continual.replay.Sample;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.data.ContrastiveView;
import io.alcedo.training.data.PairBatch;
import io.alcedo.training.data.Picture;
import io.alcedo.training.data.PictureBatch;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.train.MocoLearner;
import io.alcedo.training.train.MocoLearner.Update;
import io.alcedo.training.train.TrainingException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An encoder that learns from crops as they come: a pure fold over them. What it has seen, what it
 * remembers and what it has become is its state; saved and restored it goes on bit for bit (with
 * the same number of libtorch's threads).
 *
 * <p>Crops are never learned from as they come: they are remembered, and batches are drawn from
 * what is remembered, so that neighbours in time are no neighbours in a batch. One update at most
 * for each crop.
 *
 * <p>Accounting: crops in = kept + held out + near duplicates + too small + undecodable.
 */
public final class ContinualLearner implements AutoCloseable {
  private static final int VERSION = 1;

  /** Updates after which the weights are kept to go back to. */
  private static final int SAFE_EVERY = 50;

  private final ContinualConfig config;
  private final MocoLearner moco;
  private final NearDuplicateGate gate;
  private final Probe probe;
  private final ReplayBuffer buffer;
  private final ContrastiveView view;
  private final DecodedCrops decoded = new DecodedCrops();
  private ReplayRandom random;
  private int credit;
  private long setbacks;
  private Map<String, Entry> safe;

  /**
   * What a crop brought about.
   *
   * @param update what was learned after it, null where nothing was
   * @param stale whether an update was left out because the crop is too old
   * @param setback whether the update failed, and the weights are those of some updates ago
   */
  public record Step(Intake intake, Update update, boolean stale, boolean setback) {
    private static Step without(Intake intake) {
      return new Step(intake, null, false, false);
    }
  }

  /**
   * Begins.
   *
   * @throws InvalidInputException if the weights to begin with are of another network
   */
  public ContinualLearner(ContinualConfig config) {
    this.config = config;
    EncoderConfig network = config.network();
    moco = new MocoLearner(network, config.contrast(), config.optimizer(), config.seed());
    if (config.weights() != null) {
      moco.beginWith(Path.of(config.weights()), config.seed());
    }
    gate = new NearDuplicateGate(config.intake().leastDifference());
    ContinualConfig.Publishing publishing = config.publishing();
    probe = new Probe(publishing.oneTrackIn(), publishing.tracks(), publishing.cropsOfTrack());
    buffer = config.memory().open();
    view = config.augmentation().view(0, network.canvasWidth(), network.canvasHeight());
    random = new ReplayRandom(config.seed());
    safe = moco.state();
    stayNear(candidate());
  }

  /**
   * Takes an encoder as the one that was handed over last, if it is told to stay near it.
   *
   * @param served weights, as {@link #candidate} gave them
   */
  public void stayNear(Map<String, Entry> served) {
    if (config.distillation() > 0) {
      moco.stayNear(EncoderWeights.load(served), config.distillation());
    }
  }

  /**
   * Takes a crop.
   *
   * @param now wall clock, for the crop's age
   */
  public Step accept(Crop crop, Instant now) {
    Picture picture;
    try {
      picture = Picture.decode(crop.jpeg(), crop.id());
    } catch (InvalidInputException e) {
      return Step.without(Intake.UNDECODABLE);
    }
    if (Math.min(picture.width(), picture.height()) < config.intake().minSide()) {
      return Step.without(Intake.TOO_SMALL);
    }
    if (!gate.accept(crop.frame().camera(), picture)) {
      return Step.without(Intake.NEAR_DUPLICATE);
    }
    Sample sample =
        new Sample(crop.id(), crop.frame().camera(), crop.track(), crop.captureTime(), crop.jpeg());
    if (probe.holdsOut(crop.track())) {
      probe.add(sample);
      return Step.without(Intake.HELD_OUT);
    }
    buffer.add(sample, random);
    decoded.put(sample.id(), picture);
    return isStale(crop, now) ? new Step(Intake.KEPT, null, true, false) : learnIfDue();
  }

  private boolean isStale(Crop crop, Instant now) {
    return config.intake().staleAfter() != null
        && crop.published().plus(config.intake().staleAfter()).isBefore(now);
  }

  private Step learnIfDue() {
    credit += config.pace().updates();
    if (credit < config.pace().arrivals() || buffer.size() < config.pace().batchSize()) {
      credit = Math.min(credit, config.pace().arrivals());
      return Step.without(Intake.KEPT);
    }
    credit -= config.pace().arrivals();
    try {
      return new Step(Intake.KEPT, learn(), false, false);
    } catch (TrainingException e) {
      // Not finite: back to what was, and on with another batch.
      moco.restore(safe);
      setbacks++;
      return new Step(Intake.KEPT, null, false, true);
    }
  }

  private Update learn() {
    int[] slots = buffer.draw(config.pace().batchSize(), random);
    TrackPairs pairs = new TrackPairs(buffer, config.positives());
    Sample[] first = new Sample[slots.length];
    Sample[] second = new Sample[slots.length];
    long[] seeds = new long[slots.length];
    long[] ids = new long[slots.length];
    for (int i = 0; i < slots.length; i++) {
      first[i] = buffer.sample(slots[i]);
      second[i] = pairs.partner(slots[i], random);
      seeds[i] = random.nextLong();
      ids[i] = identity(first[i].track());
    }
    Picture[] pictures = new Picture[2 * slots.length];
    for (int i = 0; i < slots.length; i++) {
      pictures[i] = decoded.of(first[i]);
      pictures[slots.length + i] = decoded.of(second[i]);
    }
    Picture[] views = new Picture[2 * slots.length];
    IntStream.range(0, slots.length)
        .parallel()
        .forEach(
            i -> {
              SplittableRandom own = new SplittableRandom(seeds[i]);
              views[i] = view.random(pictures[i], own);
              views[slots.length + i] = view.random(pictures[slots.length + i], own);
            });
    PairBatch batch = new PairBatch(batch(views, 0), batch(views, slots.length));
    Map<String, Entry> before = moco.updates() % SAFE_EVERY == 0 ? moco.state() : safe;
    Update update = moco.learn(batch, ids, config.optimizer().rate());
    safe = before; // weights that were seen to have a finite loss and gradient
    for (int i = 0; i < slots.length; i++) {
      buffer.learned(slots[i], update.queries()[i]);
    }
    return update;
  }

  private static PictureBatch batch(Picture[] views, int from) {
    int count = views.length / 2;
    Picture[] part = Arrays.copyOfRange(views, from, from + count);
    return PictureBatch.of(part, new long[count]);
  }

  /** FNV-1a of 64 bits, without the sign: ids below 0 mean unknown. */
  private static long identity(String track) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < track.length(); i++) {
      hash = (hash ^ track.charAt(i)) * 0x100000001b3L;
    }
    return hash & Long.MAX_VALUE;
  }

  /** Updates so far. */
  public long updates() {
    return moco.updates();
  }

  /** Crops that are remembered. */
  public int remembered() {
    return buffer.size();
  }

  /** Updates that failed. */
  public long setbacks() {
    return setbacks;
  }

  /** Crops by which candidates are judged. */
  public List<Sample> probe() {
    return probe.crops();
  }

  /** The encoder that would serve, copied to the heap: the one that follows slowly. */
  public Map<String, Entry> candidate() {
    return EncoderWeights.copy(moco.momentumEncoder());
  }

  /** Writes all of it. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeLong(random.state());
    out.writeInt(credit);
    out.writeLong(setbacks);
    gate.write(out);
    probe.write(out);
    buffer.write(out);
    LearnerState.write(moco.state(), out);
    LearnerState.write(safe, out);
  }

  /**
   * Becomes what was written by a learner of the same settings.
   *
   * @throws IOException if it was another's
   * @throws InvalidInputException if it was one's of another network
   */
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "the learner was written by version %d, this Alcedo reads version %d: restore it with the Alcedo that wrote it, or start without it"
              .formatted(version, VERSION));
    }
    random = new ReplayRandom(in.readLong());
    credit = in.readInt();
    setbacks = in.readLong();
    gate.read(in);
    probe.read(in);
    buffer.read(in);
    moco.restore(LearnerState.read(in));
    safe = LearnerState.read(in);
  }

  @Override
  public void close() {
    moco.close();
  }
}
