package io.alcedo.app.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** How an entry lies in a document of Solr, format 1, and how a filter asks for it. */
final class SolrFields {
  static final String ID = "id";
  static final String SCORE = "score";
  static final String FACTS = "id,camera,track,label,zone,time";
  static final String FACTS_AND_VECTOR = FACTS + ",vector";

  private static final String CAMERA = "camera";
  private static final String TRACK = "track";
  private static final String LABEL = "label";
  private static final String ZONE = "zone";
  private static final String TIME = "time";
  private static final String VECTOR = "vector";

  /** So that no vector has the id of the document that is none. */
  private static final String MARK = "v:";

  private static final JsonFactory JSON = new JsonFactory();

  private SolrFields() {}

  /** What a request writes. */
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] bytes(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      content.write(json);
    }
    return bytes.toByteArray();
  }

  /** The body of an update that puts entries in. */
  static byte[] additions(Collection<VectorEntry> entries) throws IOException {
    return bytes(
        json -> {
          json.writeStartArray();
          for (VectorEntry entry : entries) {
            write(json, entry);
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, VectorEntry entry) throws IOException {
    VectorFacts facts = entry.facts();
    json.writeStartObject();
    json.writeStringField(ID, key(facts.id()));
    json.writeStringField(CAMERA, facts.camera());
    json.writeStringField(TRACK, facts.track());
    json.writeStringField(LABEL, facts.label());
    json.writeArrayFieldStart(ZONE);
    for (String zone : facts.zones()) {
      json.writeString(zone);
    }
    json.writeEndArray();
    json.writeNumberField(TIME, VectorFacts.micros(facts.captureTime()));
    json.writeArrayFieldStart(VECTOR);
    for (float value : entry.vector()) {
      json.writeNumber(value);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** The body of an update that deletes by id. */
  static byte[] deletions(Collection<String> ids) throws IOException {
    return bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("delete");
          for (String id : ids) {
            json.writeString(key(id));
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** The body of an update that deletes what a query finds. */
  static byte[] deletion(String query) throws IOException {
    return bytes(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("delete");
          json.writeStringField("query", query);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static String key(String id) {
    return MARK + id;
  }

  static String id(JsonNode document) {
    return document.get(ID).textValue().substring(MARK.length());
  }

  static VectorFacts facts(JsonNode document) {
    Set<String> zones = new HashSet<>();
    document.path(ZONE).forEach(zone -> zones.add(zone.textValue()));
    return new VectorFacts(
        id(document),
        document.get(CAMERA).textValue(),
        document.get(TRACK).textValue(),
        document.get(LABEL).textValue(),
        Instant.EPOCH.plus(document.get(TIME).longValue(), ChronoUnit.MICROS),
        zones);
  }

  static VectorEntry entry(JsonNode document) {
    JsonNode values = document.get(VECTOR);
    float[] vector = new float[values.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = values.get(i).floatValue();
    }
    return new VectorEntry(facts(document), vector);
  }

  /** The candidates that are nearest to a vector, in each shard. */
  static String nearest(float[] query, int candidates) {
    return "{!knn f=%s topK=%d}%s".formatted(VECTOR, candidates, Arrays.toString(query));
  }

  static String camera(String camera) {
    return is(CAMERA, camera);
  }

  static String before(Instant time) {
    return between(null, time);
  }

  /** Documents that are vectors. */
  static String vectors() {
    return "{!prefix f=%s}%s".formatted(ID, MARK);
  }

  /** Lets a query look only at what fits; Solr does so before it searches the graph. */
  static void restrict(SolrParameters query, VectorFilter filter) {
    if (!filter.cameras().isEmpty()) {
      restrict(query, CAMERA, filter.cameras());
    }
    if (!filter.labels().isEmpty()) {
      restrict(query, LABEL, filter.labels());
    }
    if (filter.track() != null) {
      query.with("fq", is(TRACK, filter.track()));
    }
    if (filter.notTrack() != null) {
      query
          .with("fq", "{!bool must=*:* must_not=$not.track}")
          .with("not.track", is(TRACK, filter.notTrack()));
    }
    if (filter.zone() != null) {
      query.with("fq", is(ZONE, filter.zone()));
    }
    if (filter.from() != null || filter.to() != null) {
      query.with("fq", between(filter.from(), filter.to()));
    }
  }

  static void restrictToIds(SolrParameters query, Collection<String> ids) {
    restrict(query, ID, ids.stream().map(SolrFields::key).toList());
  }

  private static void restrict(SolrParameters query, String field, Collection<String> values) {
    String separator = separator(values);
    query
        .with("fq", "{!terms f=%s separator=$%s.separator v=$%s}".formatted(field, field, field))
        .with(field + ".separator", separator)
        .with(field, String.join(separator, values));
  }

  /** A character that none of them has, as Solr knows no way to quote one. */
  private static String separator(Collection<String> values) {
    char separator = ',';
    while (contains(values, separator)) {
      separator++;
    }
    return String.valueOf(separator);
  }

  private static boolean contains(Collection<String> values, char character) {
    return values.stream().anyMatch(value -> value.indexOf(character) >= 0);
  }

  /** Everything after the brace is the value, whatever is in it. */
  private static String is(String field, String value) {
    return "{!term f=%s}%s".formatted(field, value);
  }

  /** From the first microsecond that is not before a time, to the last that is before another. */
  private static String between(Instant from, Instant to) {
    return "%s:[%s TO %s}"
        .formatted(
            TIME,
            from == null ? "*" : VectorFacts.firstMicros(from),
            to == null ? "*" : VectorFacts.firstMicros(to));
  }
}
