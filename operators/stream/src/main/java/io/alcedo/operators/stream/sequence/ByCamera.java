package io.alcedo.operators.stream.sequence;

import io.alcedo.connectors.event.DetectionLine;
import org.apache.flink.api.java.functions.KeySelector;

/** Everything that remembers, remembers one camera. */
public final class ByCamera implements KeySelector<DetectionLine, String> {
  private static final long serialVersionUID = 1L;

  @Override
  public String getKey(DetectionLine line) {
    return line.frame().camera();
  }
}
