package io.alcedo.connectors.pictures;

import java.io.IOException;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalDataOutputStream;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.core.plugin.PluginManager;

/**
 * Behaves as Hadoop's S3 file system when the disk of its buffer is full: a write fails, and
 * closing the stream stores what came before.
 */
final class FullBuffer extends LocalFileSystem implements FileSystemFactory {
  /** Brings it to Flink, as {@code s3p}. */
  static final PluginManager PLUGIN =
      new PluginManager() {
        @Override
        public <P> Iterator<P> load(Class<P> service) {
          return List.of(service.cast(new FullBuffer())).iterator();
        }
      };

  @Override
  public String getScheme() {
    return "s3p";
  }

  @Override
  public FileSystem create(URI root) {
    return this;
  }

  @Override
  public FSDataOutputStream create(Path path, WriteMode overwrite) throws IOException {
    var unused = mkdirs(path.getParent());
    return new LocalDataOutputStream(pathToFile(path)) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        super.write(bytes, from, length / 2);
        throw new IOException("the disk is full");
      }

      @Override
      public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
      }
    };
  }
}
