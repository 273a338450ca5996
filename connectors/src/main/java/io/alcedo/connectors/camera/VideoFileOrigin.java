package io.alcedo.connectors.camera;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A video file. */
record VideoFileOrigin(Path file) implements VideoOrigin {
  /** FFmpeg takes any text for the output of a terminal and would draw it. */
  private static final String TEXT = "tty";

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public VideoSource open() {
    requireContent();
    try {
      // With a protocol before it, a colon in the name is no protocol.
      FfmpegSource source =
          FfmpegSource.open("file:" + file.toAbsolutePath(), name(), Map.of(), Map.of());
      if (source.format().equals(TEXT)) {
        source.close();
        throw new InvalidInputException(
            "%s: is text, not video. Give a video file such as MP4, AVI or MKV.".formatted(file));
      }
      return source;
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: is no video that FFmpeg can read (%s). If it was cut off while it was written or copied, its index is missing: copy it again or repair it. Else give a video file such as MP4, AVI or MKV."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private void requireContent() {
    try {
      if (Files.isDirectory(file)) {
        throw new InvalidInputException(file + ": is a folder. Give the path of a video file.");
      }
      if (!Files.exists(file)) {
        throw new InvalidInputException(file + ": does not exist. Give the path of a video file.");
      }
      if (!Files.isReadable(file)) {
        throw new InvalidInputException(file + ": may not be read. Allow it (chmod +r).");
      }
      if (Files.isRegularFile(file) && Files.size(file) == 0) {
        throw new InvalidInputException(file + ": is empty. Give a video file.");
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read (%s). Give the path of a video file.".formatted(file, e), e);
    }
  }
}
