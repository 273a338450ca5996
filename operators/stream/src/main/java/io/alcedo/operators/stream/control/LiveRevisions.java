package io.alcedo.operators.stream.control;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Revision;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revisions of one kind inside a function: those that are known from the beginning, and those that
 * come while the job runs, which are its broadcast state by id@revision. One that cannot be read
 * changes nothing; it is logged and counted ({@code rulesRefused}, {@code camerasRefused}).
 */
public final class LiveRevisions<T extends Revised> implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(LiveRevisions.class);

  private final Revisions<T> revisions;
  private final ArrayList<T> seeds;
  private transient Counter refused;

  /**
   * Begins.
   *
   * @param seeds those that are known from the beginning
   */
  public LiveRevisions(Revisions<T> revisions, List<T> seeds) {
    this.revisions = revisions;
    this.seeds = new ArrayList<>(seeds);
  }

  /** The broadcast state of a kind. */
  public static MapStateDescriptor<String, String> state(Revisions<?> revisions) {
    return new MapStateDescriptor<>(revisions.what() + "-revisions", Types.STRING, Types.STRING);
  }

  /** To be called when the function opens. */
  public void open(MetricGroup metrics) {
    refused = metrics.counter(revisions.topic().baseName() + "Refused");
  }

  /** All of them. */
  public List<T> all(ReadOnlyBroadcastState<String, String> state) throws Exception {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, String> entry : state.immutableEntries()) {
      texts.put(entry.getKey(), entry.getValue());
    }
    return revisions.all(seeds, texts);
  }

  /** Whether a revision is of this kind. */
  public boolean isOne(Revision revision) {
    return revision.topic().equals(revisions.topic().baseName());
  }

  /** Takes a revision; false if it changes nothing. */
  public boolean take(Revision revision, BroadcastState<String, String> state) throws Exception {
    try {
      T unused = revisions.parse(revision.key(), revision.text());
      state.put(revision.key(), revision.text());
      return true;
    } catch (InvalidInputException e) {
      refused.inc();
      LOG.warn("Refused: {}", e.getMessage());
      return false;
    }
  }
}
