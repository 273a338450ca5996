package io.alcedo.app.index;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Seven bits a number keep the contract: the candidates' own vectors decide. */
class QuantizedLuceneIndexTest extends VectorIndexContract {
  @TempDir Path directory;

  @Override
  VectorIndex open() {
    return LuceneIndex.open(directory, new IndexSettings(null, null, true, null, null, null));
  }
}
