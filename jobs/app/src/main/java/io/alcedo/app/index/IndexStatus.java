package io.alcedo.app.index;

import java.util.List;

/**
 * How an index does.
 *
 * @param serving the version in which is searched
 * @param versions all of them
 * @param records what became of the records of the topic {@code embeddings}, for people
 * @param migration the change of encoder that goes on; null if none does
 */
public record IndexStatus(
    String serving, List<IndexVersion> versions, String records, Migration migration) {

  /**
   * A change of encoder: the retained vectors are made again, newest first.
   *
   * @param filling the version that will serve
   * @param waiting the one after it; null if there is none
   * @param done vectors that it has
   * @param total vectors that it will have
   * @param gone crops whose picture is not kept any more, which it cannot have
   * @param perSecond vectors made again in a second, lately
   */
  public record Migration(
      String filling, String waiting, long done, long total, long gone, double perSecond) {}
}
