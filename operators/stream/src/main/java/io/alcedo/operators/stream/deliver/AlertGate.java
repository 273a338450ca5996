package io.alcedo.operators.stream.deliver;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.Snooze;
import io.alcedo.connectors.notify.ChannelSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets through what a channel wants to know, once. Accounting: alerts in = passed + unwanted +
 * repeats + snoozed.
 */
public final class AlertGate extends KeyedBroadcastProcessFunction<String, Alert, Snooze, Alert> {
  /** By rule and camera. */
  public static final MapStateDescriptor<String, Snooze> SNOOZES =
      new MapStateDescriptor<>("snoozes", Types.STRING, TypeInformation.of(Snooze.class));

  private static final long serialVersionUID = 1L;

  /** Longer than the topic keeps an alert. */
  private static final Duration REMEMBERED = Duration.ofDays(8);

  private final ChannelSettings channel;
  private final HashMap<String, Snooze> seeds = new HashMap<>();
  private transient ValueState<GateState> state;
  private transient Counter passed;
  private transient Counter unwanted;
  private transient Counter repeats;
  private transient Counter snoozed;

  /**
   * Prepares the function.
   *
   * @param seeds snoozes that are known from the beginning
   */
  public AlertGate(ChannelSettings channel, List<Snooze> seeds) {
    this.channel = channel;
    seeds.forEach(snooze -> this.seeds.put(snooze.key(), snooze));
  }

  @Override
  public void open(OpenContext context) {
    ValueStateDescriptor<GateState> descriptor =
        new ValueStateDescriptor<>("gate", TypeInformation.of(GateState.class));
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(REMEMBERED).build());
    state = getRuntimeContext().getState(descriptor);
    MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("channel", channel.name());
    passed = group.counter("passed");
    unwanted = group.counter("unwanted");
    repeats = group.counter("repeats");
    snoozed = group.counter("snoozed");
  }

  @Override
  public void processElement(Alert alert, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    if (!channel.wants(alert)) {
      unwanted.inc();
      return;
    }
    GateState before = state.value();
    GateState seen = before == null ? GateState.START : before.requireKnownVersion();
    if (seen.has(alert.state())) {
      repeats.inc();
    } else if (isSilenced(alert, context.getBroadcastState(SNOOZES))) {
      snoozed.inc();
    } else {
      state.update(seen.with(alert.state()));
      passed.inc();
      out.collect(alert);
    }
  }

  private boolean isSilenced(Alert alert, ReadOnlyBroadcastState<String, Snooze> live)
      throws Exception {
    Map<String, Snooze> newest = new HashMap<>(seeds);
    for (Map.Entry<String, Snooze> entry : live.immutableEntries()) {
      newest.put(entry.getKey(), entry.getValue());
    }
    return newest.values().stream().anyMatch(snooze -> snooze.silences(alert));
  }

  @Override
  public void processBroadcastElement(Snooze snooze, Context context, Collector<Alert> out)
      throws Exception {
    context.getBroadcastState(SNOOZES).put(snooze.key(), snooze);
  }
}
