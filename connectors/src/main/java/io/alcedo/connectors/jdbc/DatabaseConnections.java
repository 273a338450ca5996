package io.alcedo.connectors.jdbc;

import java.util.Properties;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions.JdbcConnectionOptionsBuilder;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;

/** Connects with the password that the environment has wherever it is asked to. */
final class DatabaseConnections extends SimpleJdbcConnectionProvider {
  private static final long serialVersionUID = 1L;
  private static final int CHECK_SECONDS = 10;

  private final DatabaseSettings settings;

  DatabaseConnections(DatabaseSettings settings) {
    super(
        new JdbcConnectionOptionsBuilder()
            .withUrl(settings.url())
            .withDriverName("org.postgresql.Driver")
            .withConnectionCheckTimeoutSeconds(CHECK_SECONDS)
            .build());
    this.settings = settings;
  }

  /** What the URL says goes before these. */
  @Override
  public Properties getProperties() {
    Properties all = new Properties();
    all.putAll(super.getProperties());
    all.setProperty("ApplicationName", "alcedo");
    // Without it a task would wait for ever for a database that is cut off, and could not be ended.
    all.setProperty("socketTimeout", "60");
    all.setProperty("tcpKeepAlive", "true");
    if (settings.user() != null) {
      all.setProperty("user", settings.user());
    }
    String password = settings.password();
    if (password != null) {
      all.setProperty("password", password);
    }
    return all;
  }
}
