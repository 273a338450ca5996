package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.RuleRevision;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link CameraRules} of each camera. Needs its lines in sequence order. Revisions that come
 * while it runs hold from their {@code effectiveFrom} on; one that cannot be read changes nothing.
 */
public final class RuleFunction
    extends KeyedBroadcastProcessFunction<String, TrackedLine, RuleRevision, Alert> {
  /** Revisions that came while the job ran, by rule@revision. */
  public static final MapStateDescriptor<String, String> REVISIONS =
      new MapStateDescriptor<>("rule-revisions", Types.STRING, Types.STRING);

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RuleFunction.class);

  private final ArrayList<RuleSpec> seeds;
  private final SceneHistory scenes;
  private transient CameraRules cameraRules; // null = a revision came since it was made
  private transient ValueState<CameraRules.State> state;
  private transient Counter alerts;
  private transient Counter refused;

  /**
   * Prepares the function.
   *
   * @param seeds revisions that are known from the beginning
   */
  public RuleFunction(List<RuleSpec> seeds, SceneHistory scenes) {
    this.seeds = new ArrayList<>(seeds);
    this.scenes = scenes;
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("rules", TypeInformation.of(CameraRules.State.class)));
    alerts = getRuntimeContext().getMetricGroup().counter("alerts");
    refused = getRuntimeContext().getMetricGroup().counter("rulesRefused");
  }

  @Override
  public void processElement(TrackedLine line, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    if (cameraRules == null) {
      cameraRules = rules(context.getBroadcastState(REVISIONS));
    }
    CameraRules.State before = state.value();
    CameraRules.Step step =
        cameraRules.accept(
            before == null ? CameraRules.State.START : before.requireKnownVersion(), line);
    state.update(step.state());
    alerts.inc(step.alerts().size());
    step.alerts().forEach(out::collect);
  }

  private CameraRules rules(ReadOnlyBroadcastState<String, String> revisions) throws Exception {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, String> entry : revisions.immutableEntries()) {
      texts.put(entry.getKey(), entry.getValue());
    }
    return new CameraRules(new RuleHistory(RuleRevisions.all(seeds, texts)), scenes);
  }

  @Override
  public void processBroadcastElement(RuleRevision revision, Context context, Collector<Alert> out)
      throws Exception {
    try {
      RuleSpec spec = RuleRevisions.parse(revision);
      context.getBroadcastState(REVISIONS).put(spec.version(), revision.text());
      cameraRules = null;
    } catch (InvalidInputException e) {
      refused.inc();
      LOG.warn("Refused: {}", e.getMessage());
    }
  }
}
