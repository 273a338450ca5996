package io.alcedo.operators.stream.analytics;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.alcedo.operators.stream.scene.Anchor;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What is summed up.
 *
 * @param windows of event time; default one minute after another
 * @param labels classes of objects; default person
 * @param minScore objects count from this score on; default 0.5
 * @param anchor which point of an object counts; default its bottom centre
 * @param tolerance how long somebody may be outside a zone without having left; default 500 ms
 * @param margin how far beyond a line somebody must be to have crossed it, heights; default 0.1
 * @param heatColumns cells of the heat map from left to right; default 32
 * @param heatRows cells from top to bottom; default 24
 */
public record AnalyticsOptions(
    List<Window> windows,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> labels,
    Double minScore,
    Anchor anchor,
    Duration tolerance,
    Double margin,
    Integer heatColumns,
    Integer heatRows)
    implements Serializable {
  /** With every key left out. */
  public static final AnalyticsOptions DEFAULT =
      new AnalyticsOptions(null, null, null, null, null, null, null, null);

  private static final int MOST_CELLS = 10_000;
  private static final int MOST_PANES = 1_000;

  /**
   * Windows of one size.
   *
   * @param size of each; default 1 min
   * @param slide from the beginning of one to that of the next; default the size
   */
  public record Window(Duration size, Duration slide) implements Serializable {
    public Window {
      size = size == null ? Duration.ofMinutes(1) : size;
      slide = slide == null ? size : slide;
      if (slide.toMillis() < 100 || size.compareTo(slide) < 0) {
        throw new IllegalArgumentException(
            "size is %s and slide %s, expected at least 100ms and the size not smaller"
                .formatted(size, slide));
      }
    }
  }

  public AnalyticsOptions {
    windows = windows == null ? List.of(new Window(null, null)) : List.copyOf(windows);
    labels = labels == null ? List.of("person") : List.copyOf(labels);
    minScore = minScore == null ? 0.5 : minScore;
    anchor = anchor == null ? Anchor.BOTTOM_CENTER : anchor;
    tolerance = tolerance == null ? Duration.ofMillis(500) : tolerance;
    margin = margin == null ? 0.1 : margin;
    heatColumns = heatColumns == null ? 32 : heatColumns;
    heatRows = heatRows == null ? 24 : heatRows;
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("windows is empty, expected at least one");
    }
    if (heatColumns < 1 || heatRows < 1 || heatColumns * heatRows > MOST_CELLS) {
      throw new IllegalArgumentException(
          "heatColumns and heatRows are %d and %d, expected 1 or more, and together at most %d cells"
              .formatted(heatColumns, heatRows, MOST_CELLS));
    }
    long longest = windows.stream().mapToLong(window -> window.size().toMillis()).max().orElse(0);
    long pane = pane(windows);
    if (longest / pane > MOST_PANES) {
      throw new IllegalArgumentException(
          "windows have no step in common longer than %d ms, which would make %d parts of the longest; choose sizes that are multiples of each other"
              .formatted(pane, longest / pane));
    }
  }

  /** The longest span of which all windows are made up, ms. */
  long paneMillis() {
    return pane(windows);
  }

  private static long pane(List<Window> windows) {
    long pane = 0;
    for (Window window : windows) {
      pane =
          commonDivisor(commonDivisor(pane, window.size().toMillis()), window.slide().toMillis());
    }
    return pane;
  }

  private static long commonDivisor(long a, long b) {
    return b == 0 ? a : commonDivisor(b, a % b);
  }
}
