package io.alcedo.app.search;

import io.alcedo.app.index.IndexStatus;
import io.alcedo.app.index.LiveIndex;
import io.alcedo.app.index.VectorIndex;
import io.alcedo.connectors.pictures.PictureStore;
import java.io.IOException;
import java.util.List;

/**
 * An index in which something happens as soon as somebody knows what serves.
 *
 * @param happens once
 */
record RetiringIndex(LiveIndex inner, Runnable happens, boolean[] happened) implements LiveIndex {
  RetiringIndex(LiveIndex inner, Runnable happens) {
    this(inner, happens, new boolean[1]);
  }

  @Override
  public String serving() {
    String serving = inner.serving();
    if (!happened[0]) {
      happened[0] = true;
      happens.run();
    }
    return serving;
  }

  @Override
  public VectorIndex vectors() {
    return inner.vectors();
  }

  @Override
  public List<float[]> embed(String version, List<byte[]> pictures) {
    return inner.embed(version, pictures);
  }

  @Override
  public PictureStore crops() {
    return inner.crops();
  }

  @Override
  public IndexStatus status() {
    return inner.status();
  }

  @Override
  public List<String> rebuild() throws IOException {
    return inner.rebuild();
  }
}
