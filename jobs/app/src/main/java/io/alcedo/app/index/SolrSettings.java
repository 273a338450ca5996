package io.alcedo.app.index;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a SolrCloud is and how an index lies in it. What is null takes its default.
 *
 * @param urls of its nodes, as http://host:8983/solr: one is enough, with more the index goes on
 *     when one of them does not answer
 * @param prefix of the names of its collections, so that several indexes can live in one cloud
 * @param shards parts of a collection, each on a node if there are so many; counts for new versions
 * @param replicas copies of each part; with 2 or more nothing stops while a node is away; counts
 *     for new versions
 */
public record SolrSettings(List<String> urls, String prefix, Integer shards, Integer replicas) {
  /** A name ends before the first dot. */
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,31}");

  private static final int DEFAULT_SHARDS = 2;
  private static final int MOST = 64;

  public SolrSettings {
    if (urls == null || urls.isEmpty()) {
      throw new IllegalArgumentException(
          "solr.urls is empty, expected addresses such as http://localhost:8983/solr");
    }
    urls = urls.stream().map(SolrSettings::required).toList();
    prefix = prefix == null ? "alcedo" : prefix;
    shards = shards == null ? DEFAULT_SHARDS : shards;
    replicas = replicas == null ? 1 : replicas;
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "solr.prefix is '%s', expected 1 to 32 letters, digits, '-'".formatted(prefix));
    }
    requireBetween("shards", shards);
    requireBetween("replicas", replicas);
  }

  /** A cloud with every default. */
  public static SolrSettings at(String... urls) {
    return new SolrSettings(List.of(urls), null, null, null);
  }

  private static String required(String url) {
    String scheme = URI.create(url).getScheme();
    if (!"http".equals(scheme) && !"https".equals(scheme)) {
      throw new IllegalArgumentException(
          "solr.urls has '%s', expected an address such as http://localhost:8983/solr"
              .formatted(url));
    }
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static void requireBetween(String key, int value) {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException(
          "solr.%s is %d, expected 1 to %d".formatted(key, value, MOST));
    }
  }
}
