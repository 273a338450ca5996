package io.alcedo.connectors.jdbc;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.AnalyticsRow.Crossings;
import io.alcedo.connectors.event.AnalyticsRow.Dwell;
import io.alcedo.connectors.event.AnalyticsRow.Heat;
import io.alcedo.connectors.event.AnalyticsRow.Speed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * The table of rows of {@code analytics} in PostgreSQL: a row for each camera, zone, label and
 * window.
 */
public record AnalyticsTable(DatabaseSettings settings) {
  /** Has a value in every column. */
  private static final AnalyticsRow REHEARSED =
      new AnalyticsRow(
          "",
          null,
          "",
          Instant.EPOCH,
          Instant.EPOCH,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          new Dwell(0, 0, 0, 0, 0),
          Map.of("", new Crossings(0, 0)),
          new Speed(0, 0, ""),
          new Heat(1, List.of(0f)));

  /**
   * A Flink sink of rows, at least once: what is written again after a failure changes nothing. A
   * checkpoint waits until the database has every row before it.
   */
  public Sink<AnalyticsRow> sink() {
    return new AnalyticsSink(settings);
  }

  /**
   * Creates the table if it is not there, and tries it.
   *
   * @throws InvalidInputException if the database cannot be reached, refuses the user, or the table
   *     takes no rows of analytics
   */
  public void prepare() {
    try (Connection connection = connect()) {
      if (!exists(connection)) {
        create(connection);
      }
      rehearse(connection);
    } catch (SQLException e) {
      throw failure("failed", e, "Check the database's log.");
    }
  }

  private Connection connect() {
    try {
      return new DatabaseConnections(settings).getOrEstablishConnection();
    } catch (SQLException e) {
      throw refusal(e);
    } catch (ClassNotFoundException e) {
      throw refusal(new SQLException(e));
    }
  }

  private InvalidInputException refusal(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    // The driver's own code for a password that is asked for and not there is one of connections.
    if (state.startsWith("28") || state.equals("08004")) {
      return failure(
          "refuses the user",
          e,
          "Check database.user, and what the environment variable of database.passwordEnv holds.");
    }
    if (state.startsWith("08")) {
      return failure(
          "cannot be reached", e, "Check database.url, and that PostgreSQL is up and lets us in.");
    }
    return failure(
        "cannot be opened",
        e,
        e.getSQLState() == null
            ? "PostgreSQL's JDBC driver belongs into Flink's lib/ (jobs/flink/README.md)."
            : "Check database.url.");
  }

  private boolean exists(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      query.setString(1, settings.quotedTable());
      try (ResultSet found = query.executeQuery()) {
        return found.next() && found.getBoolean(1);
      }
    }
  }

  private void create(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(definition(settings.quotedTable()));
    } catch (SQLException e) {
      throw failure(
          "has no table %s and does not let it be created".formatted(settings.table()),
          e,
          "Create it (jobs/flink/README.md has the statement), or give the user CREATE on the schema.");
    }
  }

  /** The statement that creates it. */
  static String definition(String table) {
    String columns =
        AnalyticsColumn.ALL.stream()
            .map(column -> "  %s %s,\n".formatted(column.name(), column.type()))
            .collect(Collectors.joining());
    return "CREATE TABLE IF NOT EXISTS %s (\n%s  PRIMARY KEY (%s)\n)"
        .formatted(
            table, columns, AnalyticsColumn.list(AnalyticsColumn.KEY, AnalyticsColumn::name));
  }

  /** Writes a row and takes it back: what a job would fail of for ever shows before it starts. */
  private void rehearse(Connection connection) {
    AnalyticsUpsert upsert = new AnalyticsUpsert(settings.quotedTable());
    try (PreparedStatement statement = connection.prepareStatement(upsert.query())) {
      connection.setAutoCommit(false);
      upsert.statement(statement, REHEARSED);
      statement.executeUpdate();
      connection.rollback();
    } catch (SQLException e) {
      throw failure(
          "has a table %s that does not take rows of analytics".formatted(settings.table()),
          e,
          String.valueOf(e.getSQLState()).equals("42501")
              ? "Give the user SELECT, INSERT and UPDATE on it."
              : "Name another in database.table, or rename that one: a table that is not there is created.");
    }
  }

  private InvalidInputException failure(String what, SQLException e, String remedy) {
    String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new InvalidInputException(
        "The database %s %s (%s). %s".formatted(settings.url(), what, said, remedy), e);
  }
}
