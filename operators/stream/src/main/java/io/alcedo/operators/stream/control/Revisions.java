package io.alcedo.operators.stream.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Revision;
import io.alcedo.connectors.kafka.Topic;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Things of one kind as their topic has them: text, all revisions, each under id@revision.
 *
 * @param topic where they are
 * @param what one is called in messages
 * @param type what a text says
 */
public record Revisions<T extends Revised>(Topic topic, String what, Class<T> type)
    implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a revision.
   *
   * @throws InvalidInputException if it is none, or another one than its key says
   */
  public T parse(String key, String text) {
    T revised = YamlReader.parse(text, what + " " + key, type);
    if (!revised.version().equals(key)) {
      throw new InvalidInputException(
          "%s %s says that it is %s".formatted(what, key, revised.version()));
    }
    return revised;
  }

  /**
   * All that can be read; what cannot is logged. Those of the topic take the place of others of the
   * same version.
   *
   * @param seeds those of a file
   * @param texts those of the topic by key
   */
  public List<T> all(Collection<T> seeds, Map<String, String> texts) {
    Map<String, T> byVersion = new TreeMap<>();
    seeds.forEach(seed -> byVersion.put(seed.version(), seed));
    texts.forEach(
        (key, text) -> {
          try {
            byVersion.put(key, parse(key, text));
          } catch (InvalidInputException e) {
            LOG.warn("Left out: {}", e.getMessage());
          }
        });
    return new ArrayList<>(byVersion.values());
  }

  /**
   * The next revision of something.
   *
   * @param yaml its text; revision and effectiveFrom are filled in where they are absent
   * @param known all revisions so far
   * @param from event time from which it holds unless it says so itself
   * @throws InvalidInputException if it cannot be read, or its revision is there
   */
  public Revision next(String yaml, String origin, Collection<T> known, Instant from) {
    T revised = YamlReader.parse(yaml, origin, type);
    int newest = newest(revised.id(), known);
    ObjectNode node = tree(yaml);
    if (node.has("revision") && revised.revision() <= newest) {
      throw new InvalidInputException(
          "%s: revision is %d, but %s has revision %d already; leave it out, or give a higher one"
              .formatted(origin, revised.revision(), revised.id(), newest));
    }
    int revision = node.has("revision") ? revised.revision() : newest + 1;
    node.put("revision", revision);
    if (!node.has("effectiveFrom")) {
      node.put("effectiveFrom", from.toString());
    }
    return new Revision(topic.baseName(), revised.id() + "@" + revision, text(node));
  }

  /**
   * The newest revision of something once more, which ends it.
   *
   * @param texts those of the topic by key
   * @throws InvalidInputException if it is not on the topic
   */
  public Revision disabled(
      String id, Map<String, String> texts, Collection<T> known, Instant from) {
    String newest = id + "@" + newest(id, known);
    if (!texts.containsKey(newest)) {
      throw new InvalidInputException(
          "no %s '%s' on the topic; a %s of the file is ended in the file"
              .formatted(what, id, what));
    }
    ObjectNode node = tree(texts.get(newest));
    node.put("enabled", false);
    node.remove(List.of("revision", "effectiveFrom"));
    return next(text(node), newest, known, from);
  }

  private int newest(String id, Collection<T> known) {
    return known.stream()
        .filter(other -> other.id().equals(id))
        .mapToInt(Revised::revision)
        .max()
        .orElse(0);
  }

  /** Texts from a topic's bytes. */
  public static Map<String, String> texts(Map<String, byte[]> values) {
    Map<String, String> texts = new TreeMap<>();
    values.forEach((key, value) -> texts.put(key, new String(value, UTF_8)));
    return texts;
  }

  private static ObjectNode tree(String yaml) {
    try {
      return (ObjectNode) YAML.readTree(yaml);
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
