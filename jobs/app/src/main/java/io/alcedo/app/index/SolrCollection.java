package io.alcedo.app.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The vectors of one encoder in Solr: a graph (HNSW) in each segment of each shard.
 *
 * <p>How far the log was read is in a document beside them, which is written when all that came
 * before it is on the shards' disks. So it never says more than is there; where there is more than
 * it says, that is written again under the same ids.
 */
final class SolrCollection implements OpenVersion {
  private static final String STATE = "version";
  private static final String DIMENSIONS = "dimensions";
  private static final String OFFSETS = "offsets";

  /** Ids in a question: with the longest there are, a megabyte. */
  private static final int IDS = 1000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SolrHttp http;
  private final String path;
  private final int oversampling;
  private final int dimensions;
  private volatile Offsets committed;
  private volatile boolean hidden = true;
  private volatile boolean unsafe = true;

  private SolrCollection(
      SolrHttp http, String name, int oversampling, int dimensions, Offsets committed) {
    this.http = http;
    this.path = "/" + name;
    this.oversampling = oversampling;
    this.dimensions = dimensions;
    this.committed = committed;
  }

  /** Finishes a collection that is new. */
  static void found(SolrHttp http, String name, int dimensions) throws IOException {
    new SolrCollection(http, name, 0, dimensions, Offsets.NONE).write(Offsets.NONE);
  }

  /** Opens one; null if it was never finished. */
  static SolrCollection open(SolrHttp http, String name, int oversampling) throws IOException {
    JsonNode state =
        http.ask("/" + name + "/get", SolrParameters.of(SolrFields.ID, STATE)).path("doc");
    if (!state.has(DIMENSIONS)) {
      return null;
    }
    Map<String, String> offsets = new HashMap<>();
    for (Map.Entry<String, JsonNode> text :
        JSON.readTree(state.get(OFFSETS).textValue()).properties()) {
      offsets.put(text.getKey(), text.getValue().textValue());
    }
    return new SolrCollection(
        http, name, oversampling, state.get(DIMENSIONS).intValue(), Offsets.fromTexts(offsets));
  }

  int dimensions() {
    return dimensions;
  }

  @Override
  public Offsets committed() {
    return committed;
  }

  @Override
  public void upsert(List<VectorEntry> entries) throws IOException {
    Map<String, VectorEntry> last = new LinkedHashMap<>();
    entries.forEach(entry -> last.put(entry.facts().id(), entry));
    change(SolrFields.additions(last.values()));
  }

  @Override
  public void delete(Collection<String> ids) throws IOException {
    change(SolrFields.deletions(ids));
  }

  @Override
  public void deleteCamera(String camera) throws IOException {
    change(SolrFields.deletion(SolrFields.camera(camera)));
  }

  @Override
  public void deleteBefore(Instant time) throws IOException {
    change(SolrFields.deletion(SolrFields.before(time)));
  }

  private void change(byte[] update) throws IOException {
    try {
      update(update);
    } finally {
      hidden = true;
      unsafe = true;
    }
  }

  private void update(byte[] body) throws IOException {
    http.post(path + "/update", "application/json", body);
  }

  @Override
  public List<Hit> search(float[] query, int count, VectorFilter filter) throws IOException {
    SolrParameters question =
        SolrParameters.of("q", SolrFields.nearest(query, count + oversampling))
            .with("fl", SolrFields.FACTS + "," + SolrFields.SCORE)
            .with("sort", "score desc,id asc")
            .with("rows", count)
            .with("distrib.singlePass", true);
    SolrFields.restrict(question, filter);
    List<Hit> hits = new ArrayList<>();
    for (JsonNode document : select(question).path("docs")) {
      // Lucene's score of an inner product is (1 + cosine) / 2
      float cosine = (float) (2 * document.get(SolrFields.SCORE).doubleValue() - 1);
      hits.add(new Hit(SolrFields.facts(document), cosine));
    }
    return hits;
  }

  @Override
  public List<VectorEntry> newest(VectorFilter filter, int count) throws IOException {
    SolrParameters question =
        SolrParameters.of("q", SolrFields.vectors())
            .with("fl", SolrFields.FACTS_AND_VECTOR)
            .with("sort", "time desc,id asc")
            .with("rows", count);
    SolrFields.restrict(question, filter);
    List<VectorEntry> entries = new ArrayList<>();
    select(question).path("docs").forEach(document -> entries.add(SolrFields.entry(document)));
    return entries;
  }

  @Override
  public Map<String, VectorEntry> entries(Collection<String> ids) throws IOException {
    Map<String, VectorEntry> entries = new HashMap<>();
    for (JsonNode document : documents(ids, SolrFields.FACTS_AND_VECTOR)) {
      entries.put(SolrFields.id(document), SolrFields.entry(document));
    }
    return entries;
  }

  @Override
  public Set<String> known(Collection<String> ids) throws IOException {
    Set<String> known = new HashSet<>();
    documents(ids, SolrFields.ID).forEach(document -> known.add(SolrFields.id(document)));
    return known;
  }

  private List<JsonNode> documents(Collection<String> ids, String fields) throws IOException {
    List<String> all = List.copyOf(ids);
    List<JsonNode> documents = new ArrayList<>();
    for (int first = 0; first < all.size(); first += IDS) {
      List<String> some = all.subList(first, Math.min(first + IDS, all.size()));
      SolrParameters question =
          SolrParameters.of("q", "*:*").with("fl", fields).with("rows", some.size());
      SolrFields.restrictToIds(question, some);
      select(question).path("docs").forEach(documents::add);
    }
    return documents;
  }

  @Override
  public long count() throws IOException {
    return select(SolrParameters.of("q", SolrFields.vectors()).with("rows", 0))
        .get("numFound")
        .longValue();
  }

  private JsonNode select(SolrParameters question) throws IOException {
    return http.ask(path + "/select", question).path("response");
  }

  @Override
  public void refresh() throws IOException {
    if (hidden) {
      hidden = false; // before, as what is written meanwhile may come too late
      http.ask(path + "/update", SolrParameters.of("commit", true).with("softCommit", true));
    }
  }

  @Override
  public void commit(Offsets read) throws IOException {
    if (unsafe) {
      unsafe = false;
      http.ask(path + "/update", SolrParameters.of("commit", true).with("openSearcher", false));
    }
    Offsets offsets = read.furthest(committed);
    if (!offsets.equals(committed)) {
      write(offsets);
      committed = offsets;
    }
  }

  private void write(Offsets offsets) throws IOException {
    String texts = JSON.writeValueAsString(offsets.toTexts());
    update(
        SolrFields.bytes(
            json -> {
              json.writeStartArray();
              json.writeStartObject();
              json.writeStringField(SolrFields.ID, STATE);
              json.writeNumberField(DIMENSIONS, dimensions);
              json.writeStringField(OFFSETS, texts);
              json.writeEndObject();
              json.writeEndArray();
            }));
  }

  /** Leaves everything to Solr. */
  @Override
  public void close() {}
}
