package io.alcedo.app.index;

import java.time.Duration;

/**
 * How an index is built and searched. What is null takes its default.
 *
 * @param connections neighbours of a vector in the graph (M of HNSW), 2 to 512; a new value counts
 *     for what is written from then on, as that of the next two
 * @param beamWidth candidates when a vector is put into the graph, 10 to 3200
 * @param quantize search over 7 bits a number, and look at the candidates' own vectors at the end;
 *     not in Solr
 * @param oversampling candidates of a search beyond the hits asked for (ef of HNSW = hits + this);
 *     in Solr so many in each shard
 * @param refresh longest time until a search finds what was written
 * @param commit time between commits: so much is read again after a crash
 */
public record IndexSettings(
    Integer connections,
    Integer beamWidth,
    Boolean quantize,
    Integer oversampling,
    Duration refresh,
    Duration commit) {
  /** Every default. */
  public static final IndexSettings DEFAULT = new IndexSettings(null, null, null, null, null, null);

  private static final int MAX_CONNECTIONS = 512;
  private static final int MAX_BEAM_WIDTH = 3200;

  public IndexSettings {
    connections = connections == null ? 16 : connections;
    beamWidth = beamWidth == null ? 200 : beamWidth;
    quantize = quantize != null && quantize;
    oversampling = oversampling == null ? 190 : oversampling;
    refresh = refresh == null ? Duration.ofSeconds(1) : refresh;
    commit = commit == null ? Duration.ofSeconds(10) : commit;
    requireBetween("connections", connections, 2, MAX_CONNECTIONS);
    requireBetween("beamWidth", beamWidth, 10, MAX_BEAM_WIDTH);
    requireBetween("oversampling", oversampling, 0, 10_000);
    requirePositive("refresh", refresh);
    requirePositive("commit", commit);
  }

  private static void requireBetween(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "index.%s is %d, expected %d to %d".formatted(key, value, least, most));
    }
  }

  private static void requirePositive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "index.%s is %s, expected more than no time".formatted(key, value));
    }
  }
}
