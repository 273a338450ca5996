package io.alcedo.operators.stream.deliver;

import io.alcedo.connectors.event.Alert;
import org.apache.flink.api.java.functions.KeySelector;

/** Keys alerts by their id, so that what is told of one keeps its order. */
final class AlertById implements KeySelector<Alert, String> {
  private static final long serialVersionUID = 1L;

  @Override
  public String getKey(Alert alert) {
    return alert.id();
  }
}
