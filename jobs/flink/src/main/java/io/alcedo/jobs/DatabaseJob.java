package io.alcedo.jobs;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.jdbc.AnalyticsTable;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import java.util.EnumSet;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * {@code analytics ──► table of a database}
 *
 * <p>A job of its own, so that a database that is away stops nothing else: this job begins again
 * until it is back, and goes on with the row where it left off.
 */
public final class DatabaseJob {
  private static final String JOB = "database";

  private DatabaseJob() {}

  /** Submits the job to the surrounding cluster. */
  public static void main(String[] arguments) throws Exception {
    JobConfig config = JobConfig.fromArguments(arguments);
    new AnalyticsTable(config.databaseSettings()).prepare();
    TopicCreator.ensure(config.kafka(), EnumSet.of(Topic.ANALYTICS));
    StreamExecutionEnvironment environment = config.run().environment();
    build(environment, config);
    environment.execute(config.name() + " database");
  }

  /** Adds the job's stages to an environment. */
  public static void build(StreamExecutionEnvironment environment, JobConfig config) {
    DataStream<AnalyticsRow> rows =
        environment
            .fromSource(
                config.kafkaOf(JOB).analytics(), WatermarkStrategy.noWatermarks(), "analytics")
            .uid("analytics-source");
    Sinks.analyticsTable(rows, new AnalyticsTable(config.databaseSettings()));
  }

  /** Consumer group of the rows. */
  public static String group(JobConfig config) {
    return config.kafkaOf(JOB).job();
  }
}
