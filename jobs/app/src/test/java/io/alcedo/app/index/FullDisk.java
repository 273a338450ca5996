package io.alcedo.app.index;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/** A disk on which no file can be made below a folder while it is full. */
final class FullDisk implements LuceneShelf.Opener {
  private volatile Path full;

  void fill(Path folder) {
    full = folder;
  }

  void makeRoom() {
    full = null;
  }

  @Override
  public Directory open(Path folder) throws IOException {
    return new FilterDirectory(FSDirectory.open(folder)) {
      @Override
      public IndexOutput createOutput(String name, IOContext context) throws IOException {
        requireRoom();
        return super.createOutput(name, context);
      }

      private void requireRoom() throws IOException {
        if (full != null && folder.startsWith(full)) {
          throw new IOException("No space left on device");
        }
      }
    };
  }
}
