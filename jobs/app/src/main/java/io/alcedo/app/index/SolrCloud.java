package io.alcedo.app.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The collections of an index in a SolrCloud, each with a configuration of its own. */
final class SolrCloud {
  private static final String COLLECTIONS = "/admin/collections";
  private static final String CONFIGURATIONS = "/admin/configs";

  private final SolrSettings solr;
  private final IndexSettings settings;
  private final SolrHttp http;

  SolrCloud(SolrSettings solr, IndexSettings settings) {
    this.solr = solr;
    this.settings = settings;
    this.http = new SolrHttp(solr.urls());
  }

  /** Where it is, for people. */
  String place() {
    return String.join(", ", solr.urls());
  }

  /** The versions that have a collection, finished or not. */
  List<String> versions() throws IOException {
    return names(COLLECTIONS, "collections").stream()
        .filter(name -> name.startsWith(solr.prefix() + "."))
        .map(this::version)
        .toList();
  }

  private List<String> names(String path, String what) throws IOException {
    List<String> names = new ArrayList<>();
    http.ask(path, SolrParameters.of("action", "LIST"))
        .path(what)
        .forEach(name -> names.add(name.textValue()));
    return names;
  }

  /** Opens the collection of a version; null if it was never finished. */
  SolrCollection open(String version) throws IOException {
    requireLeaders(version);
    SolrCollection open = SolrCollection.open(http, collection(version), settings.oversampling());
    if (open != null) {
      long unused = open.count(); // ZooKeeper learns late that a node is dead: ask every shard
    }
    return open;
  }

  private void requireLeaders(String version) throws IOException {
    String name = collection(version);
    JsonNode shards =
        http.ask(COLLECTIONS, SolrParameters.of("action", "CLUSTERSTATUS").with("collection", name))
            .path("cluster")
            .path("collections")
            .path(name)
            .path("shards");
    List<String> without = new ArrayList<>();
    for (Map.Entry<String, JsonNode> shard : shards.properties()) {
      if (!hasLeader(shard.getValue())) {
        without.add(shard.getKey());
      }
    }
    if (!without.isEmpty()) {
      throw new IOException("no node serves %s of %s".formatted(without, name));
    }
  }

  private static boolean hasLeader(JsonNode shard) {
    for (JsonNode replica : shard.path("replicas")) {
      if (replica.path("leader").asBoolean() && "active".equals(replica.path("state").asText())) {
        return true;
      }
    }
    return false;
  }

  /** Makes an empty collection in place of what a crash left of one. */
  void create(String version, int dimensions) throws IOException {
    String name = collection(version);
    delete(version);
    http.post(
        CONFIGURATIONS + "?" + SolrParameters.of("action", "UPLOAD").with("name", name).form(),
        "application/octet-stream",
        configuration(dimensions));
    http.ask(
        COLLECTIONS,
        SolrParameters.of("action", "CREATE")
            .with("name", name)
            .with("collection.configName", name)
            .with("numShards", solr.shards())
            .with("replicationFactor", solr.replicas())
            .with("waitForFinalState", true));
    SolrCollection.found(http, name, dimensions);
  }

  void delete(String version) throws IOException {
    String name = collection(version);
    if (versions().contains(version)) {
      http.ask(COLLECTIONS, SolrParameters.of("action", "DELETE").with("name", name));
    }
    if (names(CONFIGURATIONS, "configSets").contains(name)) {
      http.ask(CONFIGURATIONS, SolrParameters.of("action", "DELETE").with("name", name));
    }
  }

  private byte[] configuration(int dimensions) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("schema.xml"));
      zip.write(
          new String(resource("schema.xml"), UTF_8)
              .replace("@dimensions@", String.valueOf(dimensions))
              .replace("@connections@", String.valueOf(settings.connections()))
              .replace("@beamWidth@", String.valueOf(settings.beamWidth()))
              .getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("solrconfig.xml"));
      zip.write(resource("solrconfig.xml"));
    }
    return bytes.toByteArray();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = SolrCloud.class.getResourceAsStream("solr/" + name)) {
      return stream.readAllBytes();
    }
  }

  /** A collection's name cannot have an '@'. */
  private String collection(String version) {
    return solr.prefix() + "." + version.replace("_", "__").replace("@", "_a");
  }

  private String version(String collection) {
    StringBuilder version = new StringBuilder();
    String escaped = collection.substring(solr.prefix().length() + 1);
    for (int i = 0; i < escaped.length(); i++) {
      char next = escaped.charAt(i);
      if (next == '_' && i + 1 < escaped.length()) {
        i++;
        next = escaped.charAt(i) == 'a' ? '@' : '_';
      }
      version.append(next);
    }
    return version.toString();
  }

  /** Bytes on the disks of the shards, one copy of each. */
  long bytes(String version) throws IOException {
    long bytes = 0;
    SolrParameters question =
        SolrParameters.of("action", "COLSTATUS")
            .with("collection", collection(version))
            .with("segments", true);
    for (JsonNode segment : http.ask(COLLECTIONS, question).findValues("sizeInBytes")) {
      bytes += segment.longValue();
    }
    return bytes;
  }

  /** Merges that run in the whole cloud. */
  long merges() throws IOException {
    JsonNode metrics =
        http.ask(
            "/admin/metrics",
            SolrParameters.of("group", "core")
                .with("regex", "INDEX\\.merge\\.(major|minor)\\.running")
                .with("compact", true)
                .with("nodes", "all"));
    long running = 0;
    for (JsonNode node : metrics) {
      for (JsonNode core : node.path("metrics")) {
        for (JsonNode merges : core) {
          running += merges.asLong();
        }
      }
    }
    return running;
  }
}
