package io.alcedo.app.local;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.frames.FrameStore;
import io.alcedo.connectors.frames.KafkaFrameStore;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicEnds;
import io.alcedo.connectors.wire.AlertCodec;
import io.alcedo.connectors.wire.AnalyticsRowCodec;
import io.alcedo.connectors.wire.DetectionLineCodec;
import io.alcedo.connectors.wire.ModelEventCodec;
import io.alcedo.connectors.wire.TrackedLineCodec;
import io.alcedo.connectors.wire.WireFormatException;
import io.alcedo.operators.stream.analytics.AnalyticsOptions;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Writes what a run says, from the topics that everybody else would read: {@code detections.jsonl},
 * {@code tracks.jsonl}, {@code alerts.jsonl}, {@code analytics.jsonl}, one annotated video a
 * camera, and {@code embeddings.jsonl} if there is an encoder, {@code model-events.jsonl} if there
 * is a registry. Alerts show at once and lines at checkpoints, so an alert is known before its
 * frame is drawn.
 */
final class RunOutput implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final double DISPLAY_THRESHOLD = 0.5;

  private static final double USUAL_RATE = 10;

  private static final List<Topic> TOPICS =
      List.of(
          Topic.DETECTIONS,
          Topic.TRACKS,
          Topic.ALERTS,
          Topic.ANALYTICS,
          Topic.CROPS,
          Topic.EMBEDDINGS,
          Topic.DEAD_LETTERS,
          Topic.MODEL_EVENTS);

  private final KafkaSettings kafka;
  private final LocalRunPlan plan;
  private final Publishers cameras;
  private final Set<String> sessions; // grows when cameras come
  private final Supplier<SceneHistory> scenes;
  private final RunListener listener;
  private final FrameStore frames;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final LinesFile detections;
  private final LinesFile tracks;
  private final LinesFile analytics;
  private final LinesFile alerts;
  private final CropOutput crops;
  private final LinesFile modelEvents;
  private final Map<String, AnnotatedVideo> videos = new HashMap<>();
  private final Map<FrameId, Alert> alertsByFrame = new HashMap<>();
  private final Map<TopicPartition, Long> alertEnds = new HashMap<>();
  private final Set<String> seenAlerts = new HashSet<>();
  private final Map<TopicPartition, Long> analyticsEnds = new HashMap<>();
  private final Accounting accounting;

  /** Begins to listen; what is in the topics already is somebody else's. */
  RunOutput(
      KafkaSettings kafka,
      LocalRunPlan plan,
      Publishers cameras,
      Supplier<SceneHistory> scenes,
      RunListener listener)
      throws IOException {
    this.kafka = kafka;
    this.plan = plan;
    this.cameras = cameras;
    this.sessions = cameras.sessions();
    this.scenes = scenes;
    this.listener = listener;
    Files.createDirectories(plan.results().output());
    consumer =
        new KafkaConsumer<>(
            kafka.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    frames = new KafkaFrameStore(kafka);
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : TOPICS) {
      consumer
          .partitionsFor(kafka.topic(topic))
          .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // now, not at the first poll
    boolean follows = plan.stages().registry() != null;
    accounting = new Accounting(plan.cutsCrops(), plan.embeds(), follows);
    detections = new LinesFile(plan.results().output(), "detections.jsonl");
    tracks = new LinesFile(plan.results().output(), "tracks.jsonl");
    analytics = new LinesFile(plan.results().output(), "analytics.jsonl");
    alerts = new LinesFile(plan.results().output(), "alerts.jsonl");
    crops = new CropOutput(plan, sessions, accounting);
    modelEvents = follows ? new LinesFile(plan.results().output(), "model-events.jsonl") : null;
  }

  /** Takes in what is new. */
  void poll() throws IOException, WireFormatException {
    var records = consumer.poll(POLL);
    for (Topic topic : TOPICS) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(kafka.topic(topic))) {
        add(topic, record);
      }
    }
  }

  /** Takes in all that was committed before. */
  void pollToEnd() throws IOException, WireFormatException {
    TopicEnds ends = TopicEnds.of(consumer);
    while (!ends.isReachedBy(consumer)) {
      poll();
    }
  }

  private void add(Topic topic, ConsumerRecord<byte[], byte[]> record)
      throws IOException, WireFormatException {
    switch (topic) {
      case ALERTS -> addAlert(record);
      case DETECTIONS -> addLine(record.value());
      case ANALYTICS -> addAnalytics(record);
      case TRACKS -> addTracks(record.value());
      case CROPS -> crops.addCrop(record);
      case EMBEDDINGS -> crops.addEmbedding(record);
      case DEAD_LETTERS -> crops.addDeadLetter(record);
      case MODEL_EVENTS -> addModelEvent(record.value());
      default -> throw new IllegalStateException("nobody asked for " + topic);
    }
  }

  private void addAlert(ConsumerRecord<byte[], byte[]> record)
      throws IOException, WireFormatException {
    alertEnds.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    byte[] bytes = record.value();
    Alert alert = AlertCodec.read(bytes);
    if (sessions.contains(alert.frame().session()) && seenAlerts.add(alert.id() + alert.state())) {
      alerts.add(bytes);
      if (alert.state() == Alert.State.RAISED) {
        alertsByFrame.put(alert.frame(), alert);
        accounting.addAlert();
      }
      listener.alert(alert);
    }
  }

  private void addLine(byte[] bytes) throws IOException, WireFormatException {
    DetectionLine line = DetectionLineCodec.read(bytes);
    if (!sessions.contains(line.frame().session())) {
      return;
    }
    accounting.add(line);
    detections.add(bytes); // heartbeats and ends too: a replay needs them
  }

  private void addTracks(byte[] bytes) throws IOException, WireFormatException {
    TrackedLine tracked = TrackedLineCodec.read(bytes);
    DetectionLine line = tracked.line();
    if (sessions.contains(line.frame().session()) && line.status().isFrame()) {
      tracks.add(bytes);
      video(line.frame().camera()).add(tracked, alertsByFrame.remove(line.frame()));
    }
  }

  /** They name no session: all of the run's cameras are its own. */
  private void addAnalytics(ConsumerRecord<byte[], byte[]> record)
      throws IOException, WireFormatException {
    AnalyticsRow row = AnalyticsRowCodec.read(record.value());
    if (cameras.ids().contains(row.camera())) {
      analytics.add(record.value());
      analyticsEnds.put(
          new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      if (row.heat() != null && isOfTheFirstWindow(row)) {
        video(row.camera()).add(row);
      }
    }
  }

  /** Windows that overlap, or of other sizes, would count the same time again. */
  private boolean isOfTheFirstWindow(AnalyticsRow row) {
    AnalyticsOptions options =
        plan.stages().analytics() == null ? AnalyticsOptions.DEFAULT : plan.stages().analytics();
    AnalyticsOptions.Window first = options.windows().get(0);
    return Duration.between(row.start(), row.end()).equals(first.size())
        && row.start().toEpochMilli() % first.size().toMillis() == 0
        && row.label().equals(options.labels().get(0));
  }

  /** They name no camera: all that happen during the run are its own. */
  private void addModelEvent(byte[] bytes) throws IOException, WireFormatException {
    if (modelEvents != null) {
      ModelEvent event = ModelEventCodec.read(bytes);
      modelEvents.add(bytes);
      accounting.add(event);
      listener.modelEvent(event);
    }
  }

  /** Offsets behind the last crop of each partition. */
  Map<TopicPartition, Long> cropEnds() {
    return crops.ends();
  }

  /** Offsets behind the last alert of each partition. */
  Map<TopicPartition, Long> alertEnds() {
    return Map.copyOf(alertEnds);
  }

  /** Offsets behind the last row of analytics of each partition. */
  Map<TopicPartition, Long> analyticsEnds() {
    return Map.copyOf(analyticsEnds);
  }

  private AnnotatedVideo video(String camera) {
    return videos.computeIfAbsent(
        camera,
        unused -> {
          String name = isTheOnlyOne(camera) ? "annotated.mp4" : "annotated-" + camera + ".mp4";
          double rate = cameras.framesPerSecond(camera);
          return new AnnotatedVideo(
              frames,
              plan.results().output().resolve(name),
              rate > 0 ? rate : USUAL_RATE,
              DISPLAY_THRESHOLD,
              scenes);
        });
  }

  /** Of the cameras with which the run began. */
  private boolean isTheOnlyOne(String camera) {
    List<LocalCamera> planned = plan.source().cameras();
    return planned.size() == 1 && planned.get(0).settings().camera().equals(camera);
  }

  /** Whether every session has ended and every one of its frames has its line. */
  boolean isComplete() {
    return accounting.lines(LineStatus.END) >= cameras.sessionsThatEnd()
        && accounting.frameLines() >= accounting.published();
  }

  Accounting accounting() {
    return accounting;
  }

  @Override
  public void close() throws IOException {
    videos.values().forEach(AnnotatedVideo::close);
    frames.close();
    consumer.close();
    detections.close();
    tracks.close();
    analytics.close();
    alerts.close();
    crops.close();
    if (modelEvents != null) {
      modelEvents.close();
    }
  }
}
