package io.alcedo.app.index;

import io.alcedo.connectors.pictures.PictureStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings into one version what the others have: what arrives there, at once, and what they had
 * before, newest first. A vector is made of the stored picture of the crop. Nothing has to be
 * remembered of how far it came: what the version has is passed over. All but {@link #arrived}
 * belongs to one thread.
 */
final class Reembedding {
  private static final Logger LOG = LoggerFactory.getLogger(Reembedding.class);
  private static final int PAGE = 512;
  private static final int PAGES = 20;
  private static final int BATCH = 16;

  /** Pictures come by another topic than vectors. */
  private static final long PATIENCE_NANOS = 60L * 1_000_000_000;

  private final String target;
  private final VectorIndex index;
  private final VectorSink sink;
  private final IndexEncoders encoders;
  private final PictureStore pictures;
  private final Queue<VectorFacts> arrivals = new ConcurrentLinkedQueue<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final List<Past> past = new ArrayList<>();
  private final Deque<VectorFacts> missing = new ArrayDeque<>();
  private long made;
  private long gone;

  /** An arrival that was not there when it was looked for. */
  private record Waiting(VectorFacts facts, long since) {}

  Reembedding(
      String target,
      VectorIndex index,
      VectorSink sink,
      IndexEncoders encoders,
      PictureStore pictures) {
    this.target = target;
    this.index = index;
    this.sink = sink;
    this.encoders = encoders;
    this.pictures = pictures;
  }

  String target() {
    return target;
  }

  /** Tells of vectors that came into another version; from any thread. */
  void arrived(Collection<VectorFacts> facts) {
    arrivals.addAll(facts);
  }

  /** Begins with the past of other versions, again if it did before. */
  void begin(Collection<String> others) {
    past.clear();
    missing.clear();
    others.forEach(other -> past.add(new NewestFirst(index, other, VectorFilter.ALL)));
  }

  /** Goes through another past as well, after what it has begun with. */
  void add(Past more) {
    past.add(more);
  }

  /** Whether the past is done, and nothing waits that came meanwhile. */
  boolean isComplete() {
    return past.isEmpty() && missing.isEmpty() && waiting.isEmpty() && arrivals.isEmpty();
  }

  /** Vectors that were made. */
  long made() {
    return made;
  }

  /** Crops of which there is no picture any more, or one that cannot be read. */
  long gone() {
    return gone;
  }

  /** Makes vectors of all that arrived. */
  void present() throws IOException {
    List<VectorFacts> fresh = new ArrayList<>();
    for (VectorFacts next = arrivals.poll(); next != null; next = arrivals.poll()) {
      fresh.add(next);
    }
    long now = System.nanoTime();
    List<Waiting> due = new ArrayList<>(waiting);
    waiting.clear();
    fresh.forEach(facts -> due.add(new Waiting(facts, now)));
    for (int from = 0; from < due.size(); from += BATCH) {
      List<Waiting> some = due.subList(from, Math.min(due.size(), from + BATCH));
      Set<String> left = make(some.stream().map(Waiting::facts).toList());
      for (Waiting one : some) {
        if (left.contains(one.facts.id())) {
          if (now - one.since > PATIENCE_NANOS) {
            gone++;
          } else {
            waiting.add(one);
          }
        }
      }
    }
  }

  /**
   * Makes vectors of the past.
   *
   * @param most so many at most
   * @return how many were made
   */
  int past(int most) throws IOException {
    int count = 0;
    while (count < most && find()) {
      List<VectorFacts> some = new ArrayList<>();
      while (some.size() < Math.min(BATCH, most - count) && !missing.isEmpty()) {
        some.add(missing.poll());
      }
      gone += make(some).size();
      count += some.size();
    }
    return count;
  }

  /** Looks on until something is missing; no further than some pages at a time. */
  private boolean find() throws IOException {
    for (int pages = 0; missing.isEmpty() && !past.isEmpty() && pages < PAGES; pages++) {
      List<VectorFacts> page = past.get(0).nextFacts(PAGE);
      Set<String> known = known(page);
      page.stream().filter(facts -> !known.contains(facts.id())).forEach(missing::add);
      if (past.get(0).isOver()) {
        past.remove(0);
      }
    }
    return !missing.isEmpty();
  }

  private Set<String> known(List<VectorFacts> facts) {
    return index.known(target, facts.stream().map(VectorFacts::id).toList());
  }

  /** Makes vectors; returns the ids of those that have no picture. */
  private Set<String> make(List<VectorFacts> wanted) throws IOException {
    Set<String> left = new HashSet<>();
    Set<String> known = known(wanted);
    List<VectorFacts> found = new ArrayList<>();
    List<byte[]> jpegs = new ArrayList<>();
    for (VectorFacts facts : wanted) {
      if (!known.contains(facts.id())) {
        pictures
            .find(facts.id())
            .ifPresentOrElse(
                jpeg -> {
                  found.add(facts);
                  jpegs.add(jpeg);
                },
                () -> left.add(facts.id()));
      }
    }
    List<float[]> vectors = encoders.embed(target, jpegs);
    List<VectorEntry> entries = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      if (vectors.get(i) == null) {
        gone++;
        LOG.warn("crop {} is no picture: {} will not have it", found.get(i).id(), target);
      } else {
        entries.add(new VectorEntry(found.get(i), vectors.get(i)));
      }
    }
    sink.add(target, entries);
    made += entries.size();
    return left;
  }
}
