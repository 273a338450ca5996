package io.alcedo.app.cli;

import java.nio.file.Path;
import java.util.NavigableMap;
import picocli.CommandLine.Option;

/** What truly is in a video, and which part of it counts. */
final class TruthOption {
  @Option(
      names = "--gt",
      required = true,
      paramLabel = "FILE",
      description = "MOT format; its frame = sequence + 1.")
  private Path truth;

  @Option(
      names = "--frames",
      paramLabel = "A-B",
      converter = FrameRange.Converter.class,
      description = "First and last frame that count; default all.")
  private FrameRange frames;

  @Option(names = "--label", defaultValue = "person", description = "${DEFAULT-VALUE}")
  private String label;

  /** The file. */
  Path file() {
    return truth;
  }

  /** Class of the objects. */
  String label() {
    return label;
  }

  /**
   * The frames that count.
   *
   * @param found by frame; not empty
   */
  FrameRange range(NavigableMap<Integer, ?> found) {
    return frames == null ? new FrameRange(found.firstKey(), found.lastKey()) : frames;
  }

  /** What is measured, for people. */
  String name(FrameRange range) {
    return "%s frames %d-%d".formatted(truth.getFileName(), range.first(), range.last());
  }
}
