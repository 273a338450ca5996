package io.alcedo.connectors.simulation;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes ground truth in the format of the MOTChallenge (2015): {@code
 * frame,id,x,y,w,h,1,-1,-1,-1}, frames from 1, visible boxes of persons in px.
 */
public final class MotWriter {
  private final Writer out;
  private final double leastVisible;

  /**
   * Writes to a file or a string.
   *
   * @param leastVisible share of a body that has to be visible for it to be listed
   */
  public MotWriter(Writer out, double leastVisible) {
    this.out = out;
    this.leastVisible = leastVisible;
  }

  /** Writes one frame's persons. */
  public void write(SimulatedFrame frame) throws IOException {
    for (TruthObject person : frame.objects("person")) {
      if (person.visibleFraction() >= leastVisible) {
        var box = person.visibleBox();
        out.write(
            String.format(
                Locale.ROOT,
                "%d,%d,%.1f,%.1f,%.1f,%.1f,1,-1,-1,-1%n",
                frame.index() + 1,
                person.track(),
                box.x(),
                box.y(),
                box.width(),
                box.height()));
      }
    }
  }
}
