package io.alcedo.connectors.kafka;

import io.alcedo.connectors.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that are missing and checks those that are there. */
public final class TopicCreator {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private TopicCreator() {}

  /**
   * Makes sure that the topics exist and take records as large as the settings say.
   *
   * @throws InvalidInputException if the cluster cannot be reached, or a topic that exists is too
   *     small
   */
  public static void ensure(KafkaSettings settings, Collection<Topic> topics) {
    try (Admin admin = Admin.create(settings.admin())) {
      Set<String> present = await(admin.listTopics().names(), settings);
      List<NewTopic> missing = new ArrayList<>();
      for (Topic topic : topics) {
        if (present.contains(settings.topic(topic))) {
          check(admin, settings, topic);
        } else {
          missing.add(describe(topic, settings));
        }
      }
      for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
        await(created, settings);
      }
      awaitKnown(admin, missing.stream().map(NewTopic::name).toList(), settings);
    }
  }

  /** Brokers learn some moments later what the controller has created. */
  private static void awaitKnown(Admin admin, List<String> names, KafkaSettings settings) {
    long began = System.nanoTime();
    while (!await(admin.listTopics().names(), settings).containsAll(names)) {
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        throw new InvalidInputException(
            "Kafka at %s: the topics %s were created and are not there after %d s. Look at the brokers' logs."
                .formatted(settings.bootstrap(), names, PATIENCE.toSeconds()));
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static NewTopic describe(Topic topic, KafkaSettings settings) {
    Optional<Short> replication =
        settings.replication() < 0
            ? Optional.empty()
            : Optional.of(settings.replication().shortValue());
    return new NewTopic(settings.topic(topic), Optional.of(settings.partitions()), replication)
        .configs(topic.settings(settings.maxRecordBytes()));
  }

  private static void check(Admin admin, KafkaSettings settings, Topic topic) {
    String name = settings.topic(topic);
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    Map<ConfigResource, Config> found =
        await(admin.describeConfigs(List.of(resource)).all(), settings);
    long limit = Long.parseLong(found.get(resource).get("max.message.bytes").value());
    if (limit < settings.maxRecordBytes()) {
      throw new InvalidInputException(
          "Kafka topic %s takes records up to %d bytes, but maxRecordBytes is %d. Raise the topic's max.message.bytes or lower kafka.maxRecordBytes."
              .formatted(name, limit, settings.maxRecordBytes()));
    }
  }

  private static <T> T await(KafkaFuture<T> future, KafkaSettings settings) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        // Another job created it between the listing and now.
        return null;
      }
      throw unreachable(settings, e.getCause());
    } catch (TimeoutException e) {
      throw unreachable(settings, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(settings, e);
    }
  }

  private static InvalidInputException unreachable(KafkaSettings settings, Throwable cause) {
    return new InvalidInputException(
        "Kafka at %s: %s. Check the address and that the cluster is up."
            .formatted(settings.bootstrap(), cause),
        cause);
  }
}
