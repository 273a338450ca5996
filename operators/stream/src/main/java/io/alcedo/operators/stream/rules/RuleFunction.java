package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.Revision;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.control.LiveRevisions;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The {@link CameraRules} of each camera. Needs its lines in sequence order. Revisions of rules and
 * of scenes that come while it runs hold from their {@code effectiveFrom} on; one that cannot be
 * read changes nothing.
 */
public final class RuleFunction
    extends KeyedBroadcastProcessFunction<String, TrackedLine, Revision, Alert> {
  /** Rules that came while the job ran, by rule@revision. */
  public static final MapStateDescriptor<String, String> RULES =
      LiveRevisions.state(RuleSpec.REVISIONS);

  /** Cameras that came while the job ran, by camera@revision. */
  public static final MapStateDescriptor<String, String> CAMERAS =
      LiveRevisions.state(CameraSpec.REVISIONS);

  private static final long serialVersionUID = 1L;

  private final boolean ofNovelty;
  private final LiveRevisions<RuleSpec> rules;
  private final LiveRevisions<CameraSpec> cameras;
  private transient CameraRules cameraRules; // null = a revision came since it was made
  private transient ValueState<CameraRules.State> state;
  private transient Counter alerts;

  /**
   * Prepares the function.
   *
   * @param ofNovelty whether it is given lines of {@link io.alcedo.connectors.event.Novelty}, and
   *     looks at the rules about that and no others
   * @param rules revisions that are known from the beginning
   * @param cameras the same of cameras
   */
  public RuleFunction(boolean ofNovelty, List<RuleSpec> rules, List<CameraSpec> cameras) {
    this.ofNovelty = ofNovelty;
    this.rules = new LiveRevisions<>(RuleSpec.REVISIONS, rules);
    this.cameras = new LiveRevisions<>(CameraSpec.REVISIONS, cameras);
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("rules", TypeInformation.of(CameraRules.State.class)));
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    alerts = metrics.counter("alerts");
    rules.open(metrics);
    cameras.open(metrics);
  }

  @Override
  public void processElement(TrackedLine line, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    if (cameraRules == null) {
      cameraRules =
          new CameraRules(
              new RuleHistory(watched(rules.all(context.getBroadcastState(RULES)))),
              SceneHistory.of(cameras.all(context.getBroadcastState(CAMERAS))));
    }
    CameraRules.State before = state.value();
    CameraRules.Step step =
        cameraRules.accept(
            before == null ? CameraRules.State.START : before.requireKnownVersion(), line);
    state.update(step.state());
    alerts.inc(step.alerts().size());
    step.alerts().forEach(out::collect);
  }

  private List<RuleSpec> watched(Collection<RuleSpec> all) {
    return all.stream().filter(spec -> spec.when().isAboutNovelty() == ofNovelty).toList();
  }

  @Override
  public void processBroadcastElement(Revision revision, Context context, Collector<Alert> out)
      throws Exception {
    boolean isNew =
        rules.isOne(revision)
            ? rules.take(revision, context.getBroadcastState(RULES))
            : cameras.take(revision, context.getBroadcastState(CAMERAS));
    if (isNew) {
      cameraRules = null;
    }
  }
}
