package io.alcedo.operators.stream.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.RuleRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rules as the {@code rules} topic has them: text, all revisions, each under rule@revision. */
public final class RuleRevisions {
  private static final Logger LOG = LoggerFactory.getLogger(RuleRevisions.class);
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();

  private RuleRevisions() {}

  /**
   * Reads a revision.
   *
   * @throws InvalidInputException if it is no rule, or another one than its key says
   */
  public static RuleSpec parse(RuleRevision revision) {
    RuleSpec spec = YamlReader.parse(revision.text(), "rule " + revision.key(), RuleSpec.class);
    if (!spec.version().equals(revision.key())) {
      throw new InvalidInputException(
          "rule %s says that it is %s".formatted(revision.key(), spec.version()));
    }
    return spec;
  }

  /**
   * All that can be read; what cannot is logged. Those of the topic take the place of others of the
   * same version.
   *
   * @param seeds those of a file
   * @param topic values by key
   */
  public static List<RuleSpec> all(Collection<RuleSpec> seeds, Map<String, String> topic) {
    Map<String, RuleSpec> byVersion = new TreeMap<>();
    seeds.forEach(spec -> byVersion.put(spec.version(), spec));
    topic.forEach(
        (key, text) -> {
          try {
            byVersion.put(key, parse(new RuleRevision(key, text)));
          } catch (InvalidInputException e) {
            LOG.warn("Left out: {}", e.getMessage());
          }
        });
    return new ArrayList<>(byVersion.values());
  }

  /** Texts from a topic's bytes. */
  public static Map<String, String> texts(Map<String, byte[]> values) {
    Map<String, String> texts = new TreeMap<>();
    values.forEach((key, value) -> texts.put(key, new String(value, UTF_8)));
    return texts;
  }

  /**
   * The next revision of a rule.
   *
   * @param yaml the rule; its revision and effectiveFrom are filled in where they are absent
   * @param known all revisions so far
   * @param from event time from which it holds unless it says so itself
   * @throws InvalidInputException if it is no rule, or its revision is there
   */
  public static RuleRevision next(
      String yaml, String origin, Collection<RuleSpec> known, Instant from) {
    RuleSpec spec = YamlReader.parse(yaml, origin, RuleSpec.class);
    int newest =
        known.stream()
            .filter(other -> other.id().equals(spec.id()))
            .mapToInt(RuleSpec::revision)
            .max()
            .orElse(0);
    ObjectNode node = tree(yaml);
    if (node.has("revision") && spec.revision() <= newest) {
      throw new InvalidInputException(
          "%s: revision is %d, but %s has revision %d already; leave it out, or give a higher one"
              .formatted(origin, spec.revision(), spec.id(), newest));
    }
    int revision = node.has("revision") ? spec.revision() : newest + 1;
    node.put("revision", revision);
    if (!node.has("effectiveFrom")) {
      node.put("effectiveFrom", from.toString());
    }
    return new RuleRevision(spec.id() + "@" + revision, text(node));
  }

  /**
   * The next revision of a rule, which does nothing.
   *
   * @throws InvalidInputException if there is no such rule on the topic
   */
  public static RuleRevision disabled(
      String id, Map<String, String> topic, Collection<RuleSpec> known, Instant from) {
    RuleSpec newest =
        known.stream()
            .filter(spec -> spec.id().equals(id))
            .max((a, b) -> Integer.compare(a.revision(), b.revision()))
            .filter(spec -> topic.containsKey(spec.version()))
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "no rule '%s' on the topic; a rule of the file is ended in the file"
                            .formatted(id)));
    ObjectNode node = tree(topic.get(newest.version()));
    node.put("enabled", false);
    node.put("revision", newest.revision() + 1);
    node.put("effectiveFrom", from.toString());
    return new RuleRevision(id + "@" + (newest.revision() + 1), text(node));
  }

  private static ObjectNode tree(String yaml) {
    try {
      JsonNode node = YAML.readTree(yaml);
      return (ObjectNode) node;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("was read before", e);
    }
  }

  private static String text(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }
}
