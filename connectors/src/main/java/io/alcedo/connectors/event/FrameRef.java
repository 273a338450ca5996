package io.alcedo.connectors.event;

/** Where a frame's bytes lie in the log. */
public record FrameRef(String topic, int partition, long offset) {
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
