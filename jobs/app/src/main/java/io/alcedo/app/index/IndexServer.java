package io.alcedo.app.index;

import io.alcedo.app.index.EmbeddingsReader.Arrival;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.scene.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of one pipeline, beside it: reads {@code embeddings}, stores {@code crops}, follows the
 * encoder that is deployed, writes {@code novelty}, and deletes what is too old.
 */
public final class IndexServer implements LiveIndex {
  private static final Logger LOG = LoggerFactory.getLogger(IndexServer.class);
  private static final Duration STEP = Duration.ofMillis(100);
  private static final long FORGET_NANOS = Duration.ofMinutes(1).toNanos();

  /**
   * What an index belongs to.
   *
   * @param name of the pipeline
   * @param kafka its cluster
   * @param encoder directory of the encoder that it begins with; null = what is deployed
   * @param registry whose deployments it follows; null = none
   * @param scenes that its file names
   */
  public record Source(
      String name,
      KafkaSettings kafka,
      Path encoder,
      RegistrySettings registry,
      List<Scene> scenes) {
    public Source {
      scenes = List.copyOf(scenes);
      if (encoder == null && registry == null) {
        throw new InvalidInputException(
            "index: nothing says which encoder is searched for. Name an encoder, or a registry that deploys one.");
      }
    }
  }

  private final IndexConfig config;
  private final VectorIndex index;
  private final PictureStore crops;
  private final IndexEncoders encoders;
  private final LiveScenes scenes;
  private final WantedEncoder wanted;
  private final EmbeddingsReader reader;
  private final EncoderChange change;
  private final NoveltyPublisher novelty;
  private final IndexService service;
  private final CropArchive archive;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "index-encoder-change");
  private long forgot;

  /**
   * Opens the index, and keeps it up to date from now on.
   *
   * @param config with folders
   * @throws InvalidInputException if the folder, the store, the cluster or the encoder cannot be
   *     used
   */
  public static IndexServer start(Source source, IndexConfig config) {
    TopicCreator.ensure(
        source.kafka(),
        EnumSet.of(
            Topic.CROPS,
            Topic.EMBEDDINGS,
            Topic.NOVELTY,
            Topic.CAMERAS,
            Topic.DEPLOYMENTS,
            Topic.MODELS));
    IndexServer server = new IndexServer(source, config);
    server.thread.start();
    return server;
  }

  private IndexServer(Source source, IndexConfig config) {
    this.config = config;
    KafkaSettings kafka = source.kafka();
    crops = config.pictures();
    encoders = new IndexEncoders(source.encoder(), source.registry(), EngineOptions.DEFAULT);
    index = config.open();
    scenes = new LiveScenes(kafka, source.scenes());
    wanted =
        source.registry() == null
            ? WantedEncoder.fixed(encoders.ownVersion())
            : WantedEncoder.deployed(kafka, encoders.ownVersion());
    reader = new EmbeddingsReader(kafka, index, new Beside());
    change = new EncoderChange(index, reader, encoders, crops, scenes::zones, config);
    novelty = new NoveltyPublisher(kafka, index);
    service = IndexService.start(reader, index, config.graph(), scenes::poll);
    archive = CropArchive.start(kafka, source.name() + "-crop-archive", crops, config.crops());
  }

  /** What the reader has to do with others. */
  private final class Beside implements EmbeddingsReader.Hooks {
    @Override
    public Set<String> zones(Embedding embedding) {
      return scenes.zones(embedding);
    }

    @Override
    public void arrived(String version, List<Arrival> arrivals) {
      change.arrived(version, arrivals.stream().map(it -> it.entry().facts()).toList());
      if (version.equals(serving())) {
        novelty.publish(version, arrivals);
      }
    }
  }

  private void run() {
    while (!isOver()) {
      try {
        synchronized (change) {
          change.step(wanted.version());
        }
        forget();
      } catch (KafkaException | IndexFaultException e) {
        LOG.error("index: {}", e.getMessage(), e);
      }
    }
  }

  private boolean isOver() {
    try {
      return stop.await(STEP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void forget() {
    if (config.keep() != null && System.nanoTime() - forgot > FORGET_NANOS) {
      service.deleteBefore(Clock.systemUTC().instant().minus(config.keep()));
      forgot = System.nanoTime();
    }
  }

  @Override
  public String serving() {
    return change.serving();
  }

  @Override
  public VectorIndex vectors() {
    return index;
  }

  @Override
  public List<float[]> embed(String version, List<byte[]> pictures) {
    return encoders.embedAll(version, pictures);
  }

  @Override
  public PictureStore crops() {
    return crops;
  }

  @Override
  public IndexStatus status() {
    return new IndexStatus(
        serving(),
        index.versions(),
        service.summary(),
        service.freshness(),
        change.progress(),
        change.restoration());
  }

  @Override
  public List<String> rebuild() throws IOException {
    synchronized (change) {
      return change.rebuild();
    }
  }

  /**
   * Deletes vectors and pictures, for good: none is made of a picture meanwhile.
   *
   * @throws IOException if the store of pictures cannot be reached
   */
  public void delete(List<String> ids) throws IOException {
    synchronized (change) {
      service.delete(ids);
      for (String id : ids) {
        crops.delete(id);
      }
    }
  }

  /**
   * Deletes all that a camera took, for good: vectors and their pictures.
   *
   * @throws IOException if the store of pictures cannot be reached
   */
  public void deleteCamera(String camera) throws IOException {
    synchronized (change) {
      List<String> ids = new ArrayList<>();
      for (IndexVersion version : index.versions()) {
        NewestFirst all =
            new NewestFirst(index, version.name(), VectorFilter.ALL.ofCameras(camera));
        while (!all.isOver()) {
          all.next(1000).forEach(entry -> ids.add(entry.facts().id()));
        }
      }
      service.deleteCamera(camera);
      for (String id : ids) {
        crops.delete(id);
      }
    }
  }

  /** The consumers that store pictures: their offsets say how far that is. */
  public String archiveGroup() {
    return archive.group();
  }

  /** Waits until all that is in the topic now can be found; says whether it was in time. */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return service.awaitEnd(longest);
  }

  /** Commits what was read and stops. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    archive.close();
    service.close();
    novelty.close();
    scenes.close();
    wanted.close();
    encoders.close();
    index.close();
  }
}
