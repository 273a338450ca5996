package io.alcedo.app.bench.index;

import io.alcedo.app.index.Hit;
import io.alcedo.app.index.IndexConfig;
import io.alcedo.app.index.IndexEncoders;
import io.alcedo.app.index.IndexFaultException;
import io.alcedo.app.index.IndexServer;
import io.alcedo.app.index.IndexStatus.Migration;
import io.alcedo.app.index.VectorFilter;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameSize;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.ModelRegistry;
import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.connectors.registry.Role;
import io.alcedo.connectors.wire.CropHeaders;
import io.alcedo.connectors.wire.EmbeddingHeaders;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.evaluation.plot.Charts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What a search sees while an index changes its encoder: a real broker and registry, crops that
 * keep coming, a thread that searches all the time and compares each answer with the vectors of all
 * crops that came until three seconds ago, made here by the encoder of the version that serves.
 */
public final class EncoderChangeBench {
  private static final String SESSION = "01J0000000000000000000SESS";
  private static final int K = 10;
  private static final int CHUNK = 200;
  private static final Duration BESIDE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /** Crops that are this old are searchable. */
  private static final long SEARCHABLE_NANOS = Duration.ofSeconds(3).toNanos();

  private final Options options;
  private final PrintWriter out;
  private final List<Second> seconds = new ArrayList<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final ConcurrentLinkedQueue<Sent> crops = new ConcurrentLinkedQueue<>(); // oldest first
  private final Random random = new Random(1);
  private KafkaSettings kafka;
  private IndexServer server;
  private List<String> versions;
  private IndexEncoders encoders; // the server's are open only while it needs them
  private volatile String made; // the version that the embedding stage makes
  private volatile boolean over;

  /**
   * What is measured.
   *
   * @param first model directory of the encoder that serves at first
   * @param next of the one that takes over
   * @param past crops that are there before
   * @param perSecond crops that keep coming in a second
   * @param remadePerSecond most vectors of the past that are made again in a second
   * @param output receives change.csv and change.png
   */
  public record Options(
      Path first, Path next, int past, int perSecond, int remadePerSecond, Path output) {}

  /**
   * A crop that came.
   *
   * @param at nanos
   * @param vectors by version of the encoder
   */
  private record Sent(long at, Map<String, float[]> vectors) {}

  /** What was seen in one second. */
  private record Second(
      double at,
      String serving,
      int searches,
      int failures,
      double recall,
      double p99,
      double share) {}

  public EncoderChangeBench(Options options, PrintWriter out) {
    if (options.past() < K) {
      throw new InvalidInputException(
          "--crops is %d, expected %d or more".formatted(options.past(), K));
    }
    this.options = options;
    this.out = out;
  }

  /** Measures, prints, and writes the curve. */
  public void run() throws IOException, InterruptedException {
    Files.createDirectories(options.output());
    Path folder = Files.createTempDirectory(options.output(), "change");
    try (EmbeddedKafka broker = EmbeddedKafka.start()) {
      kafka = broker.settings();
      TopicCreator.ensure(kafka, EnumSet.allOf(Topic.class));
      RegistrySettings settings =
          new RegistrySettings(
              kafka, folder.resolve("registry").toUri(), folder.resolve("cache").toString());
      ModelRegistry registry = settings.open();
      String first = publish(registry, options.first());
      String next = publish(registry, options.next());
      if (first.equals(next)) {
        throw new InvalidInputException("both encoders are %s; give another".formatted(first));
      }
      versions = List.of(first, next);
      deploy(registry, first);
      IndexConfig config =
          new IndexConfig(null, null, null, null, null, options.remadePerSecond(), null).in(folder);
      try (IndexEncoders own = new IndexEncoders(null, settings, EngineOptions.DEFAULT);
          IndexServer index =
              IndexServer.start(
                  new IndexServer.Source("bench", kafka, null, settings, List.of()), config)) {
        encoders = own;
        server = index;
        measure(registry, first, next);
      }
    } finally {
      FileUtils.deleteDirectoryQuietly(folder.toFile());
    }
    report();
  }

  private static String publish(ModelRegistry registry, Path directory) throws IOException {
    ModelDirectory model = ModelDirectory.open(directory);
    registry.publish(model.manifest(), model.weights());
    return model.manifest().version();
  }

  private static void deploy(ModelRegistry registry, String version) throws IOException {
    var unused = registry.deploy(Role.ENCODER, new Turn(version, Instant.EPOCH, "bench", ""));
  }

  private void measure(ModelRegistry registry, String first, String next)
      throws IOException, InterruptedException {
    made = first;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      await(() -> first.equals(server.serving()));
      while (sent.get() < options.past()) {
        send(producer, Math.min(CHUNK, options.past() - sent.get()));
      }
      long all = System.nanoTime();
      await(
          () ->
              server.vectors().count(first) >= options.past()
                  && System.nanoTime() - all > SEARCHABLE_NANOS);
      out.printf("%d vectors of %s are there%n", options.past(), first);
      out.flush();
      Thread load = new Thread(() -> keepComing(producer), "crops");
      load.start();
      try {
        searchFor(BESIDE);
        deploy(registry, next);
        made = next;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!next.equals(server.serving()) && System.nanoTime() < deadline) {
          searchFor(Duration.ofSeconds(1));
        }
        searchFor(BESIDE);
      } finally {
        over = true;
        load.join();
      }
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the index did not take in what was there; see the log");
      }
      Thread.sleep(50);
    }
  }

  private void keepComing(KafkaProducer<byte[], byte[]> producer) {
    long began = System.nanoTime();
    int come = 0;
    while (!over) {
      int due = (int) (options.perSecond() * (System.nanoTime() - began) / 1e9);
      if (due > come) {
        send(producer, due - come);
        come = due;
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** As the stages of the pipeline do: crops, and their vectors by the encoder that is deployed. */
  private void send(KafkaProducer<byte[], byte[]> producer, int count) {
    List<byte[]> jpegs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jpegs.add(jpeg(sent.get() + i));
    }
    String encoder = made;
    Map<String, List<float[]>> vectors = new HashMap<>();
    for (String version : versions) {
      vectors.put(version, encoders.embed(version, jpegs));
    }
    for (int i = 0; i < count; i++) {
      FrameId frame = new FrameId("gate", SESSION, sent.getAndIncrement());
      Instant now = Instant.now();
      String id = frame.objectId(0);
      Box box = new Box(0, 0, 48, 96);
      FrameSize size = new FrameSize(640, 480);
      Crop crop = new Crop(id, frame, id, "person", 1, box, size, null, now, now, jpegs.get(i));
      send(producer, CropHeaders.toRecord(kafka.topic(Topic.CROPS), crop));
      Embedding embedding =
          new Embedding(
              id,
              "gate",
              id,
              "person",
              box,
              size,
              null,
              now,
              now,
              encoder,
              vectors.get(encoder).get(i));
      send(producer, EmbeddingHeaders.toRecord(kafka.topic(Topic.EMBEDDINGS), embedding));
      Map<String, float[]> own = new HashMap<>();
      int number = i;
      vectors.forEach((version, all) -> own.put(version, all.get(number)));
      crops.add(new Sent(System.nanoTime(), own));
    }
    producer.flush();
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    var unused = producer.send(record);
  }

  private static byte[] jpeg(int number) {
    return DrawnPeople.jpeg(number / 8, number % 8);
  }

  private void searchFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      seconds.add(second());
    }
  }

  private Second second() {
    long began = System.nanoTime();
    String serving = server.serving();
    double recall = 0;
    int failures = 0;
    List<Long> nanos = new ArrayList<>();
    while (System.nanoTime() - began < 1_000_000_000L) {
      int person = random.nextInt(Math.max(1, options.past() / 8));
      try {
        recall += search(DrawnPeople.jpeg(person, 100 + random.nextInt(100)), nanos);
      } catch (InvalidInputException | IndexFaultException | IllegalStateException e) {
        failures++;
        out.println("a search failed: " + e.getMessage());
      }
    }
    Migration change = server.status().migration();
    double share = change == null ? 1 : (double) change.done() / Math.max(1, change.total());
    int searches = nanos.size() + failures;
    return new Second(
        seconds.isEmpty()
            ? 0
            : seconds.get(seconds.size() - 1).at + (System.nanoTime() - began) / 1e9,
        serving,
        searches,
        failures,
        recall / Math.max(1, nanos.size()),
        Latencies.of(nanos.stream().mapToLong(Long::longValue).toArray()).p99(),
        share);
  }

  /** The share of the ten hits that are no less alike than the ten most alike of all crops. */
  private double search(byte[] picture, List<Long> nanos) {
    String version = server.serving();
    float[] query = server.embed(version, List.of(picture)).get(0);
    long began = System.nanoTime();
    List<Hit> hits = server.vectors().search(version, query, K, VectorFilter.ALL);
    nanos.add(System.nanoTime() - began);
    double least = tenth(version, query, began - SEARCHABLE_NANOS);
    return hits.stream().filter(hit -> hit.score() >= least - 1e-5).count() / (double) K;
  }

  /** Likeness of the tenth of all crops that came before a time. */
  private double tenth(String version, float[] query, long before) {
    PriorityQueue<Double> best = new PriorityQueue<>();
    for (Sent crop : crops) {
      if (crop.at > before) {
        break;
      }
      best.add(dot(query, crop.vectors.get(version)));
      if (best.size() > K) {
        best.remove();
      }
    }
    return best.element();
  }

  private static double dot(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (double) left[i] * right[i];
    }
    return sum;
  }

  private void report() throws IOException {
    StringBuilder csv =
        new StringBuilder("second,serving,searches,failures,recall,p99_ms,filled\n");
    Charts.Line recall = new Charts.Line("recall@10 in the version that serves");
    Charts.Line filled = new Charts.Line("the next one is filled");
    Charts.Line answered = new Charts.Line("searches answered");
    for (Second one : seconds) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%.1f,%s,%d,%d,%.4f,%.2f,%.3f%n",
              one.at,
              one.serving,
              one.searches,
              one.failures,
              one.recall,
              one.p99,
              one.share));
      recall.add(one.at, one.recall);
      filled.add(one.at, one.share);
      answered.add(one.at, 1 - (double) one.failures / Math.max(1, one.searches));
    }
    Files.writeString(options.output().resolve("change.csv"), csv);
    XYChart chart = Charts.chart("An index changes its encoder", "s", "share");
    for (Charts.Line line : List.of(filled, answered, recall)) {
      line.addTo(chart).setMarker(SeriesMarkers.NONE);
    }
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.05);
    Charts.write(List.of(chart), 1, options.output().resolve("change.png"));
    out.printf(
        Locale.ROOT,
        "%d searches, %d failed; recall@10 mean %.4f, least of a second %.4f; p99 at most %.1f ms; change took %.0f s%n",
        seconds.stream().mapToInt(Second::searches).sum(),
        seconds.stream().mapToInt(Second::failures).sum(),
        seconds.stream().mapToDouble(Second::recall).average().orElse(0),
        seconds.stream().mapToDouble(Second::recall).min().orElse(0),
        seconds.stream().mapToDouble(Second::p99).max().orElse(0),
        (double) seconds.stream().filter(one -> one.share < 1).count());
    out.flush();
  }
}
