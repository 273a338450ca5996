package io.alcedo.connectors.jdbc;

import io.alcedo.connectors.event.AnalyticsRow;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's JDBC sink at least once, that a task can leave when the database is away. By itself its
 * writer sends what waits when it is closed, and throws if it cannot: in a task that fails already
 * Flink takes this for the end of the TaskManager and of all jobs on it. What waited is read again.
 */
final class AnalyticsSink implements Sink<AnalyticsRow> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(AnalyticsSink.class);

  /** How often a batch is tried on a connection that is there; one that is gone fails the job. */
  private static final int RETRIES = 3;

  private final DatabaseConnections connections;
  private final JdbcSink<AnalyticsRow> sink;

  AnalyticsSink(DatabaseSettings settings) {
    connections = new DatabaseConnections(settings);
    sink =
        JdbcSink.<AnalyticsRow>builder()
            .withQueryStatement(new AnalyticsUpsert(settings.quotedTable()))
            .withExecutionOptions(
                JdbcExecutionOptions.builder()
                    .withBatchSize(settings.batch())
                    .withBatchIntervalMs(settings.interval().toMillis())
                    .withMaxRetries(RETRIES)
                    .build())
            .buildAtLeastOnce(connections);
  }

  @Override
  public SinkWriter<AnalyticsRow> createWriter(WriterInitContext context) throws IOException {
    return new Writer(sink.createWriter(context), connections);
  }

  private record Writer(SinkWriter<AnalyticsRow> writer, DatabaseConnections connections)
      implements SinkWriter<AnalyticsRow> {
    @Override
    public void write(AnalyticsRow row, Context context) throws IOException, InterruptedException {
      writer.write(row, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      writer.flush(endOfInput);
    }

    @Override
    public void close() {
      try {
        writer.close();
      } catch (Exception e) {
        LOG.warn("Rows that waited are read again: {}", e.toString());
        connections.closeConnection(); // the writer did not come so far
      }
    }
  }
}
