package io.alcedo.app.local;

import io.alcedo.app.http.HttpConfig;
import io.alcedo.app.index.IndexConfig;
import io.alcedo.connectors.jdbc.DatabaseSettings;
import io.alcedo.jobs.DeliveryConfig;
import java.nio.file.Path;

/**
 * Where the results of a local run go.
 *
 * @param output receives detections.jsonl, tracks.jsonl, analytics.jsonl, alerts.jsonl, snapshots,
 *     annotated videos, with an encoder embeddings.jsonl and with a registry model-events.jsonl
 * @param delivery who is told of alerts
 * @param database receives the rows of analytics as well, or null
 * @param index keeps and searches vectors and pictures of what was seen; null = none
 * @param http where searches in the index are answered; null = on this machine, at the usual port
 *     or another one
 */
public record RunResults(
    Path output,
    DeliveryConfig delivery,
    DatabaseSettings database,
    IndexConfig index,
    HttpConfig http) {
  /** A folder alone. */
  public static RunResults in(Path output) {
    return new RunResults(output, DeliveryConfig.DEFAULT, null, null, null);
  }

  /** The same with an index as usual, unless there is one. */
  RunResults indexed() {
    return index != null
        ? this
        : new RunResults(output, delivery, database, IndexConfig.DEFAULT.in(output), http);
  }
}
