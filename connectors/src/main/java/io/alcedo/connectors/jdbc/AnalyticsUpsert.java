package io.alcedo.connectors.jdbc;

import io.alcedo.connectors.event.AnalyticsRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/** Writes a row, in the place of the one with the same key: once or ten times, with one result. */
final class AnalyticsUpsert implements JdbcQueryStatement<AnalyticsRow> {
  private static final long serialVersionUID = 1L;

  private final String query;

  /**
   * Into one table.
   *
   * @param table quoted
   */
  AnalyticsUpsert(String table) {
    query =
        "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s"
            .formatted(
                table,
                AnalyticsColumn.list(AnalyticsColumn.ALL, AnalyticsColumn::name),
                AnalyticsColumn.list(AnalyticsColumn.ALL, AnalyticsColumn::placeholder),
                AnalyticsColumn.list(AnalyticsColumn.KEY, AnalyticsColumn::name),
                AnalyticsColumn.list(
                    AnalyticsColumn.FIGURES,
                    figure -> "%s = EXCLUDED.%1$s".formatted(figure.name())));
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public void statement(PreparedStatement statement, AnalyticsRow row) throws SQLException {
    for (int i = 0; i < AnalyticsColumn.ALL.size(); i++) {
      statement.setObject(i + 1, AnalyticsColumn.ALL.get(i).value().apply(row));
    }
  }
}
