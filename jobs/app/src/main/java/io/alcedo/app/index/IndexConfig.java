package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.pictures.PictureStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The block {@code index} of a YAML file: vectors and pictures of what was seen, kept and searched.
 * Every key may be left out.
 *
 * @param folder of this machine in which the vectors lie, and which version serves; default: the
 *     output's index
 * @param keep what was captured longer ago is deleted; default never
 * @param crops where the pictures lie, and how long
 * @param graph how the vectors are searched
 * @param solr the SolrCloud that keeps the vectors; default: this machine does
 * @param remadePerSecond most vectors of the past that a change of encoder makes again in a second;
 *     default 50
 * @param keepRetired how long the vectors of an encoder are kept that serves no more, for a way
 *     back; default 1h
 */
public record IndexConfig(
    String folder,
    Duration keep,
    Crops crops,
    IndexSettings graph,
    SolrSettings solr,
    Integer remadePerSecond,
    Duration keepRetired) {
  /** Nothing but defaults. */
  public static final IndexConfig DEFAULT =
      new IndexConfig(null, null, null, null, null, null, null);

  /**
   * The block {@code index.crops}.
   *
   * @param store folder, a URI that all readers reach; default: the output's crops
   * @param keep older ones are deleted; default never
   * @param mostMegabytes of all together, beyond which the oldest are deleted; default any number
   */
  public record Crops(String store, Duration keep, Integer mostMegabytes) {
    static final Crops DEFAULT = new Crops(null, null, null);

    public Crops {
      if (store != null && URI.create(store).getScheme() == null) {
        throw new IllegalArgumentException(
            "store is '%s', expected a URI such as file:///var/lib/alcedo/crops".formatted(store));
      }
      requirePositive("keep", keep);
      if (mostMegabytes != null && mostMegabytes < 1) {
        throw new IllegalArgumentException(
            "mostMegabytes is %d, expected 1 or more".formatted(mostMegabytes));
      }
    }

    /** The most bytes; null is any number. */
    Long mostBytes() {
      return mostMegabytes == null ? null : mostMegabytes * 1_000_000L;
    }
  }

  public IndexConfig {
    requirePositive("keep", keep);
    crops = crops == null ? Crops.DEFAULT : crops;
    graph = graph == null ? IndexSettings.DEFAULT : graph;
    remadePerSecond = remadePerSecond == null ? 50 : remadePerSecond;
    if (remadePerSecond < 1) {
      throw new IllegalArgumentException(
          "remadePerSecond is %d, expected 1 or more".formatted(remadePerSecond));
    }
    keepRetired = keepRetired == null ? Duration.ofHours(1) : keepRetired;
  }

  private static void requirePositive(String key, Duration value) {
    if (value != null && (value.isNegative() || value.isZero())) {
      throw new IllegalArgumentException(
          "%s is %s, expected more than no time".formatted(key, value));
    }
  }

  /** Opens what keeps the vectors. */
  VectorIndex open() {
    return solr == null ? LuceneIndex.open(Path.of(folder), graph) : SolrIndex.open(solr, graph);
  }

  /**
   * Where the pictures lie.
   *
   * @throws InvalidInputException if there is no file system for it
   */
  public PictureStore pictures() {
    return new PictureStore(URI.create(crops.store)).requireFileSystem("index.crops.store");
  }

  /** The same, with places under a folder where none are named. */
  public IndexConfig in(Path output) {
    String store =
        crops.store == null
            ? output.resolve("crops").toAbsolutePath().toUri().toString()
            : crops.store;
    return new IndexConfig(
        folder == null ? output.resolve("index").toString() : folder,
        keep,
        new Crops(store, crops.keep, crops.mostMegabytes),
        graph,
        solr,
        remadePerSecond,
        keepRetired);
  }
}
