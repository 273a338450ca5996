package io.alcedo.app.index;

import static org.assertj.core.api.Assertions.assertThat;

/** Says whether an index holds what was published, each once. */
final class IndexAssertions {
  private IndexAssertions() {}

  /** That these are all there, each found by its own vector, and nothing else is. */
  static void assertHolds(VectorIndex index, String version, int first, int end) {
    assertThat(index.count(version)).isEqualTo(end - first);
    for (int number = first; number < end; number++) {
      assertThat(index.search(version, Vectors.vector(number), 1, VectorFilter.ALL))
          .singleElement()
          .extracting(hit -> hit.facts().id())
          .isEqualTo(Vectors.id(number));
    }
  }
}
