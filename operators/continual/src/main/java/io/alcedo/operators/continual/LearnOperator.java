package io.alcedo.operators.continual;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.operators.continual.learn.ContinualLearner;
import io.alcedo.operators.continual.learn.ContinualLearner.Step;
import io.alcedo.operators.continual.learn.Intake;
import io.alcedo.operators.continual.publish.Handover;
import io.alcedo.training.ops.Libtorch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keeps an encoder learning from crops, and hands better ones over. One subtask: an encoder cannot
 * be divided. All that it has learned is state; a restart goes on from the last checkpoint bit for
 * bit.
 *
 * <p>A checkpoint copies the state to the heap when its barrier comes, between two crops, so it
 * waits for one update at most; Flink writes the copy while learning goes on. What is handed over
 * is decided in that state, and done when its checkpoint is complete. It is an operator and no
 * function, because what a trial said must go out before the barrier, though no crop comes.
 */
final class LearnOperator extends AbstractStreamOperator<ModelEvent>
    implements OneInputStreamOperator<Crop, ModelEvent> {
  private static final long serialVersionUID = 1L;
  private static final String STAGE = "learn";
  private static final int CHUNK = 1 << 20;
  static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

  private final String settings;
  private final RegistrySettings registry;
  private transient ContinualLearner learner;
  private transient Handover handover;
  private transient ListState<byte[]> state;
  private transient Map<Intake, Counter> intake;
  private transient Counter updates;
  private transient Counter stale;
  private transient Counter setbacks;
  private transient double loss;
  private transient double spread;
  private transient long checkpointBytes;
  private transient long checkpointMillis;

  /**
   * Prepares the operator.
   *
   * @param settings a {@link ContinualConfig} as YAML: it travels, its networks do not
   */
  LearnOperator(String settings, RegistrySettings registry) {
    this.settings = settings;
    this.registry = registry;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    requireAlone(getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
    ContinualConfig config = YamlReader.parse(settings, "learner", ContinualConfig.class);
    Libtorch.threads(config.threads());
    learner = new ContinualLearner(config);
    handover = new Handover(config, registry, learner.candidate());
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "learner", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    if (context.isRestored()) {
      restore();
    }
  }

  private static void requireAlone(int subtasks) {
    if (subtasks > 1) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "the learner runs as %d subtasks, but one encoder is one learner. To learn from more cameras than one machine can, divide them into groups and run a ContinualMocoJob for each, with a name, topics and an encoder of its own."
                  .formatted(subtasks)));
    }
  }

  private void restore() throws Exception {
    List<InputStream> chunks = new ArrayList<>();
    for (byte[] chunk : state.get()) {
      chunks.add(new ByteArrayInputStream(chunk));
    }
    try (DataInputStream in =
        new DataInputStream(new SequenceInputStream(Collections.enumeration(chunks)))) {
      learner.read(in);
      handover.read(in);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    MetricGroup metrics = getMetricGroup().addGroup("learner");
    MetricGroup crops = metrics.addGroup("crops");
    intake = new EnumMap<>(Intake.class);
    for (Intake kind : Intake.values()) {
      intake.put(kind, crops.counter(kind.metric()));
    }
    updates = metrics.counter("updates");
    stale = metrics.counter("updatesSkippedStale");
    setbacks = metrics.counter("setbacks");
    metrics.gauge("loss", () -> loss);
    metrics.gauge("spread", () -> spread);
    metrics.gauge("remembered", () -> learner.remembered());
    metrics.gauge("checkpointBytes", () -> checkpointBytes);
    metrics.gauge("checkpointMillis", () -> checkpointMillis);
  }

  @Override
  public void processElement(StreamRecord<Crop> record) {
    Crop crop = record.getValue();
    Step step = learner.accept(crop, Clock.systemUTC().instant());
    count(step);
    if (step.intake() == Intake.UNDECODABLE) {
      output.collect(DEAD_LETTERS, new StreamRecord<>(undecodable(crop)));
    }
    if (step.update() != null) {
      loss = step.update().loss();
      spread = step.update().spread();
      handover.offer(learner);
    }
    settle();
  }

  private void settle() {
    emit(handover.settle());
  }

  private void emit(List<ModelEvent> events) {
    for (ModelEvent event : events) {
      if (event.kind() == ModelEvent.Kind.PUBLISHED) {
        learner.stayNear(handover.decided());
      }
      output.collect(new StreamRecord<>(event));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    settle();
  }

  private void count(Step step) {
    intake.get(step.intake()).inc();
    if (step.update() != null) {
      updates.inc();
    }
    if (step.stale()) {
      stale.inc();
    }
    if (step.setback()) {
      setbacks.inc();
    }
  }

  private static DeadLetter undecodable(Crop crop) {
    return new DeadLetter(
        crop.frame().camera(),
        crop.frame(),
        null,
        STAGE,
        crop.id() + ": is no picture that can be decoded",
        crop.captureTime(),
        crop.jpeg());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    long start = System.nanoTime();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    learner.write(out);
    handover.write(out);
    handover.checkpointed(context.getCheckpointId());
    byte[] all = bytes.toByteArray();
    List<byte[]> chunks = new ArrayList<>();
    for (int from = 0; from < all.length; from += CHUNK) {
      chunks.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + CHUNK)));
    }
    state.update(chunks);
    checkpointBytes = all.length;
    checkpointMillis = (System.nanoTime() - start) / 1_000_000;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    handover.completed(checkpoint);
  }

  /** The stream ends in order: what was learned at last is tried too, and what is said goes out. */
  @Override
  public void finish() throws Exception {
    emit(handover.finish(learner));
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (handover != null) {
      handover.close();
    }
    if (learner != null) {
      learner.close();
    }
    super.close();
  }
}
