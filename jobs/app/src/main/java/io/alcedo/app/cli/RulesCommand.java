package io.alcedo.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alcedo.app.local.PipelineConfig;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.RuleRevision;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.registry.CompactedTopic;
import io.alcedo.operators.stream.rules.RuleRevisions;
import io.alcedo.operators.stream.rules.RuleSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes the rules of a pipeline that runs. */
@Command(name = "rules", description = "Add, change and end the rules of a pipeline that runs.")
final class RulesCommand implements Runnable {
  /** Until a revision holds: so long it may take to reach all subtasks. */
  private static final Duration AHEAD = Duration.ofSeconds(1);

  private static final Clock CLOCK = Clock.systemUTC();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What? See below.");
  }

  /** The cluster, what its topic has, and all rules, the file's too. */
  private record Known(KafkaSettings kafka, Map<String, String> topic, List<RuleSpec> rules) {
    static Known read(Path config) {
      PipelineConfig pipeline = YamlReader.read(config, PipelineConfig.class);
      if (pipeline.kafka() == null) {
        throw new InvalidInputException(
            "%s: names no Kafka cluster, expected a block 'kafka' with bootstrap"
                .formatted(config));
      }
      TopicCreator.ensure(pipeline.kafka(), EnumSet.of(Topic.RULES));
      try (CompactedTopic topic = CompactedTopic.read(pipeline.kafka(), Topic.RULES)) {
        Map<String, String> texts = RuleRevisions.texts(topic.values());
        return new Known(pipeline.kafka(), texts, RuleRevisions.all(pipeline.rules(), texts));
      }
    }

    void send(RuleRevision revision) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              kafka.topic(Topic.RULES),
              revision.key().getBytes(UTF_8),
              revision.text().getBytes(UTF_8));
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
        var unused = producer.send(record).get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(
            "%s could not be written: %s".formatted(revision.key(), e.getCause().getMessage()), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  @Command(
      name = "put",
      description = "Add a rule, or a new revision of one. It holds a second later.")
  int put(
      @Option(
              names = "--config",
              required = true,
              paramLabel = "FILE",
              description = "The pipeline's YAML: its block kafka, and its rules.")
          Path config,
      @Parameters(paramLabel = "RULE", description = "YAML of one rule.") Path rule)
      throws IOException {
    Known known = Known.read(config);
    RuleRevision revision =
        RuleRevisions.next(Files.readString(rule), rule.toString(), known.rules(), soon());
    known.send(revision);
    print("put " + revision.key());
    return 0;
  }

  @Command(name = "disable", description = "End a rule of the topic. It holds a second later.")
  int disable(
      @Option(names = "--config", required = true, paramLabel = "FILE") Path config,
      @Parameters(paramLabel = "ID") String id) {
    Known known = Known.read(config);
    RuleRevision revision = RuleRevisions.disabled(id, known.topic(), known.rules(), soon());
    known.send(revision);
    print("put %s, which is disabled".formatted(revision.key()));
    return 0;
  }

  @Command(name = "list", description = "All revisions of all rules, the file's too.")
  int list(@Option(names = "--config", required = true, paramLabel = "FILE") Path config) {
    Known known = Known.read(config);
    for (RuleSpec rule : known.rules()) {
      print(
          "%s  %s  from %s  of the %s%s"
              .formatted(
                  rule.version(),
                  rule.when().type(),
                  rule.effectiveFrom(),
                  known.topic().containsKey(rule.version()) ? "topic" : "file",
                  rule.enabled() ? "" : "  disabled"));
    }
    return 0;
  }

  private static Instant soon() {
    return CLOCK.instant().plus(AHEAD);
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
