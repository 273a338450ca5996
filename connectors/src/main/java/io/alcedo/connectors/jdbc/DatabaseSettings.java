package io.alcedo.connectors.jdbc;

import io.alcedo.connectors.InvalidInputException;
import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The PostgreSQL table that receives the rows of {@code analytics}. The password is not in here: it
 * is read where a connection is made, and so never becomes part of a job.
 *
 * @param url jdbc:postgresql://HOST:PORT/DATABASE, with the driver's parameters behind a '?'
 * @param user who writes; default: the driver's choice, the name of the process's user
 * @param passwordEnv name of the environment variable that holds the password, in the process that
 *     starts the job and on every TaskManager; default none: no password is sent
 * @param table its name, or SCHEMA.NAME; default alcedo_analytics
 * @param batch most rows that are sent together; default 500
 * @param interval longest wait of a row for others; default 1s. A checkpoint sends what waits
 */
public record DatabaseSettings(
    String url, String user, String passwordEnv, String table, Integer batch, Duration interval)
    implements Serializable {
  private static final String NAME = "[a-z_][a-z0-9_]{0,62}";
  private static final Pattern TABLE = Pattern.compile("(%s\\.)?%s".formatted(NAME, NAME));
  private static final Pattern SECRET = Pattern.compile("(?i)[?&][a-z]*password=");

  /** Puts rows together into one statement, which cannot write one key twice. */
  private static final Pattern REWRITE = Pattern.compile("(?i)[?&]reWriteBatchedInserts=true");

  private static final int MOST_ROWS = 10_000;

  public DatabaseSettings {
    table = table == null ? "alcedo_analytics" : table;
    batch = batch == null ? 500 : batch;
    interval = interval == null ? Duration.ofSeconds(1) : interval;
    require(
        url == null || !SECRET.matcher(url).find(),
        "url holds a password, expected passwordEnv: the name of an environment variable that does");
    require(
        url != null && url.startsWith("jdbc:postgresql:"),
        "url is '%s', expected jdbc:postgresql://HOST:PORT/DATABASE".formatted(url));
    require(
        !REWRITE.matcher(url).find(),
        "url has reWriteBatchedInserts=true, expected it left out: a batch may hold two rows of one key");
    require(
        passwordEnv == null || passwordEnv.matches("[A-Za-z_][A-Za-z0-9_]*"),
        "passwordEnv is no name of an environment variable such as ALCEDO_DATABASE_PASSWORD");
    require(
        TABLE.matcher(table).matches(),
        "table is '%s', expected NAME or SCHEMA.NAME of lower-case letters, digits and '_'"
            .formatted(table));
    require(
        batch >= 1 && batch <= MOST_ROWS,
        "batch is %d, expected 1 to %d rows".formatted(batch, MOST_ROWS));
    require(
        interval.toMillis() >= 1 && interval.compareTo(Duration.ofHours(1)) <= 0,
        "interval is %s, expected 1ms to 1h".formatted(interval));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * What this process's environment says.
   *
   * @return null if no variable is named
   * @throws InvalidInputException if the variable is not set here
   */
  String password() {
    if (passwordEnv == null) {
      return null;
    }
    String password = System.getenv(passwordEnv);
    if (password == null) {
      throw new InvalidInputException(
          "database.passwordEnv names the environment variable %s, which is not set here. Set it for the process that starts the job and for every TaskManager."
              .formatted(passwordEnv));
    }
    return password;
  }

  /** The table as SQL names it, with any reserved word. */
  String quotedTable() {
    return '"' + table.replace(".", "\".\"") + '"';
  }
}
