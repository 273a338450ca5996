package io.alcedo.app.index;

import io.alcedo.app.index.IndexStatus.Migration;
import io.alcedo.app.index.IndexStatus.Restoration;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.operators.stream.inference.InferenceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an index change its encoder without ever going dark (blue/green). Vectors of two encoders
 * are never compared, so when another encoder is wanted a second version is filled: new crops come
 * into both, the past is made again from the stored pictures, newest first and at a bounded rate.
 * When it is complete it serves, at once, and the other is kept for a while for a way back.
 *
 * <pre>
 *             another is wanted                complete
 *   serving ─────────────────────► and filling ─────────► the other serves, and this is retired
 *      ▲                                │
 *      └────────────────────────────────┘ this one is wanted again
 * </pre>
 *
 * One change at a time: what is wanted meanwhile waits. What is decided is written down before it
 * holds, and a restart goes on there.
 *
 * <p>A version that is new, or made again because it was damaged, gets first what the topic has,
 * then vectors of all other pictures that are stored; until then no change begins.
 *
 * <p>All but {@link #arrived}, {@link #serving}, {@link #progress} and {@link #restoration} belongs
 * to one thread at a time.
 */
final class EncoderChange {
  private static final Logger LOG = LoggerFactory.getLogger(EncoderChange.class);
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final VectorIndex index;
  private final EmbeddingsReader writer;
  private final IndexEncoders encoders;
  private final PictureStore pictures;
  private final Function<Crop, Set<String>> zones;
  private final IndexConfig config;
  private final Path folder;
  private final Clock clock = Clock.systemUTC();
  private final Throughput speed = new Throughput();
  private volatile IndexState state;
  private volatile Reembedding serving; // keeps the serving version up to date; null = not needed
  private volatile Reembedding filling; // null if there is none, or its encoder cannot be had yet
  private volatile StoredCrops stored; // null if they are not gone through, or not yet
  private Offsets topicEnd; // when it was decided to go through them
  private volatile String wanted;
  private String fault = "";
  private long retryAt;
  private double allowance;
  private long allowedAt = System.nanoTime();

  /**
   * Goes on where it was.
   *
   * @param zones in which an object stood; called on the thread that calls {@link #step}
   * @param config with the folder that has the state, which may be missing
   */
  EncoderChange(
      VectorIndex index,
      EmbeddingsReader writer,
      IndexEncoders encoders,
      PictureStore pictures,
      Function<Crop, Set<String>> zones,
      IndexConfig config) {
    this.index = index;
    this.writer = writer;
    this.encoders = encoders;
    this.pictures = pictures;
    this.zones = zones;
    this.config = config;
    this.folder = Path.of(config.folder());
    this.state = IndexState.read(folder);
  }

  /** The version in which is searched; null if there is none yet. */
  String serving() {
    return state.serving();
  }

  /** The change that goes on; null if none does. */
  Migration progress() {
    IndexState now = state;
    Reembedding work = filling;
    if (now.filling() == null) {
      return null;
    }
    String next = Objects.equals(wanted, now.filling()) ? null : wanted;
    return new Migration(
        now.filling(),
        next,
        count(now.filling()),
        count(now.serving()),
        work == null ? 0 : work.gone(),
        speed.perSecond());
  }

  /** How far the stored pictures without vectors are; null if nothing looks for them. */
  Restoration restoration() {
    StoredCrops crops = stored;
    if (!state.restoring()) {
      return null;
    }
    return crops == null
        ? new Restoration(0, 0, 0)
        : new Restoration(crops.looked(), crops.total(), crops.silent());
  }

  private long count(String version) {
    return index.versions().stream()
        .filter(it -> it.name().equals(version))
        .mapToLong(IndexVersion::count)
        .sum();
  }

  /** Tells of vectors that came into a version; from any thread. */
  void arrived(String version, List<VectorFacts> facts) {
    for (Reembedding work : new Reembedding[] {serving, filling}) {
      if (work != null && !work.target().equals(version)) {
        work.arrived(facts);
      }
    }
  }

  /**
   * Takes a short step.
   *
   * @param encoder whose vectors the pipeline makes now, and which shall serve; null = none is
   *     known
   */
  void step(String encoder) {
    if (encoder == null || System.nanoTime() < retryAt) {
      return;
    }
    try {
      decide(encoder);
      work();
      forget();
      fault = "";
    } catch (InvalidInputException
        | IndexFaultException
        | InferenceException
        | IOException
        | UncheckedIOException e) {
      if (!fault.equals(e.getMessage())) {
        fault = String.valueOf(e.getMessage());
        LOG.error("index: {} serves on, and {} is tried again: {}", serving(), encoder, fault, e);
      }
      // What was written and not committed may be lost: begin with the past once more.
      serving = null;
      filling = null;
      retryAt = System.nanoTime() + RETRY.toNanos();
    }
  }

  private void decide(String encoder) throws IOException {
    if (!encoder.equals(wanted)) {
      wanted = encoder;
      serving = null; // arrivals are of another version now
    }
    if (state.serving() == null) {
      writer.open(encoder, encoders.dimensions(encoder));
      become(state.serves(encoder));
      LOG.info("index: {} serves", encoder);
    }
    if (encoder.equals(state.serving())) {
      if (state.filling() != null) {
        LOG.info("index: {} is not wanted any more, {} serves on", state.filling(), encoder);
        become(state.abandoned(clock.millis()));
        filling = null;
      }
    } else if (state.filling() == null && !state.restoring()) {
      int dimensions = encoders.dimensions(encoder); // not if it cannot be had
      dropRetired(encoder);
      become(state.fills(encoder));
      writer.open(encoder, dimensions);
      LOG.info("index: {} is filled, {} serves meanwhile", encoder, state.serving());
    }
    if (state.filling() != null && filling == null) {
      writer.open(state.filling(), encoders.dimensions(state.filling()));
      filling = to(state.filling());
      begin(filling);
    }
    if (serving == null) {
      serving = to(state.serving());
      begin(serving);
      stored = null;
      topicEnd = state.restoring() ? writer.end() : null;
    }
    if (state.restoring() && stored == null && writer.hasRead(topicEnd)) {
      restore(serving);
    }
  }

  /** What the topic has can be found after the refresh, and is not made again. */
  private void restore(Reembedding work) throws IOException {
    index.refresh();
    Instant from = config.keep() == null ? null : clock.instant().minus(config.keep());
    stored = new StoredCrops(pictures, from, ids -> index.known(work.target(), ids), zones);
    work.add(stored);
    LOG.info(
        "index: {} gets vectors of the stored pictures that have none; there are {} pictures",
        work.target(),
        stored.total());
  }

  /**
   * Drops the versions that are damaged, and makes them again: of what the topic has, and of all
   * stored pictures. Of the version that serves, if it is sound, what is missing is made.
   *
   * @return the versions that were dropped
   * @throws InvalidInputException if an encoder cannot be had
   * @throws IndexFaultException if the store of vectors fails
   */
  List<String> rebuild() throws IOException {
    if (state.serving() == null) {
      throw new InvalidInputException(
          "the index serves no version yet: it makes its first one by itself");
    }
    List<String> damaged =
        index.versions().stream().filter(IndexVersion::damaged).map(IndexVersion::name).toList();
    become(state.restores());
    serving = null;
    filling = null;
    for (String version : damaged) {
      if (version.equals(state.serving()) || version.equals(state.filling())) {
        writer.rebuild(version, encoders.dimensions(version));
      } else {
        writer.drop(version);
      }
      LOG.info("index: {} was damaged and is dropped", version);
    }
    return damaged;
  }

  private Reembedding to(String target) {
    return new Reembedding(target, index, writer, encoders, pictures);
  }

  /** It is told of arrivals already: what came before can be found after the refresh. */
  private void begin(Reembedding work) {
    index.refresh();
    work.begin(sound().stream().filter(version -> !version.equals(work.target())).toList());
  }

  private Collection<String> sound() {
    return index.versions().stream()
        .filter(version -> version.fault() == null)
        .map(IndexVersion::name)
        .toList();
  }

  private void become(IndexState next) throws IOException {
    next.write(folder);
    state = next;
  }

  private void work() throws IOException {
    allow();
    Reembedding now = serving;
    if (!wanted.equals(state.serving()) || !now.isComplete()) {
      now.present();
      allowance -= now.past((int) allowance);
    }
    if (stored != null && now.isComplete()) {
      finish(stored);
    }
    Reembedding next = filling;
    if (next != null) {
      next.present();
      int made = next.past((int) allowance);
      allowance -= made;
      speed.add(made);
      if (next.isComplete()) {
        flip(next);
      }
    }
  }

  private void finish(StoredCrops done) throws IOException {
    writer.change(all -> {}); // what was made is safe, and can be found
    become(state.restored());
    stored = null;
    LOG.info(
        "index: of all {} stored pictures there are vectors now, but of {} that do not say what they show",
        done.total(),
        done.silent());
  }

  /** What may be made of the past by now: at most a second's worth. */
  private void allow() {
    long now = System.nanoTime();
    double most = config.remadePerSecond();
    allowance = Math.min(most, allowance + most * (now - allowedAt) / 1e9);
    allowedAt = now;
  }

  private void flip(Reembedding complete) throws IOException {
    writer.change(all -> {}); // what was made is safe, and can be found
    String before = state.serving();
    become(state.flipped(clock.millis()));
    serving = null;
    filling = null;
    LOG.info(
        "index: {} serves instead of {}; {} crops have no picture any more, and are not in it",
        state.serving(),
        before,
        complete.gone());
  }

  /** Drops what is kept for a way back when its time is over. */
  private void forget() throws IOException {
    boolean over = clock.millis() - state.retiredAt() >= config.keepRetired().toMillis();
    if (state.retired() != null && over) {
      dropRetired(null);
    }
    Set<String> used = new HashSet<>();
    used.add(state.serving());
    if (state.filling() != null) {
      used.add(state.filling());
    }
    encoders.retain(used);
  }

  private void dropRetired(String unless) throws IOException {
    String retired = state.retired();
    if (retired != null && !retired.equals(unless)) {
      become(state.withoutRetired());
      writer.drop(retired);
      LOG.info("index: {} is dropped", retired);
    }
  }

  /** Events in a second, of late. */
  private static final class Throughput {
    private static final double HALF_LIFE_SECONDS = 5;
    private long at = System.nanoTime();
    private double rate;

    synchronized void add(int count) {
      double seconds = Math.max(1e-3, (System.nanoTime() - at) / 1e9);
      at = System.nanoTime();
      double old = Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
      rate = old * rate + (1 - old) * count / seconds;
    }

    synchronized double perSecond() {
      return rate;
    }
  }
}
