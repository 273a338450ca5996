package io.alcedo.app.http;

import io.alcedo.app.index.IndexStatus;
import io.alcedo.app.index.LiveIndex;
import io.alcedo.app.index.VectorIndex;
import io.alcedo.connectors.pictures.PictureStore;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** An index that fails each time it is asked which version serves, in another way. */
final class FailingIndex implements LiveIndex {
  private final Queue<RuntimeException> failures;

  FailingIndex(RuntimeException... failures) {
    this.failures = new ArrayDeque<>(List.of(failures));
  }

  @Override
  public String serving() {
    throw failures.remove();
  }

  @Override
  public VectorIndex vectors() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<float[]> embed(String version, List<byte[]> pictures) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PictureStore crops() {
    throw new UnsupportedOperationException();
  }

  @Override
  public IndexStatus status() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> rebuild() {
    throw new UnsupportedOperationException();
  }
}
