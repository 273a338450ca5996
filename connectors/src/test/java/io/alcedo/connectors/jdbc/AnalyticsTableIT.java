package io.alcedo.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is checked of a real PostgreSQL before a job starts. */
@Timeout(60)
class AnalyticsTableIT {
  private static PostgresFixture postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = PostgresFixture.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void createsTheTableOnceAndLeavesNoRow() throws Exception {
    AnalyticsTable table = table("fresh");
    table.prepare();
    table.prepare();

    assertThat(postgres.query("SELECT count(*) FROM fresh")).containsExactly("0");
    assertThat(
            postgres.query(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'fresh' ORDER BY ordinal_position"))
        .hasSize(22)
        .startsWith("camera text", "zone text", "label text")
        .contains(
            "window_end timestamp with time zone",
            "occupancy_max integer",
            "dwell_p99 double precision",
            "crossings jsonb")
        .endsWith("heat jsonb");
  }

  @Test
  void theDocumentHasTheStatementThatCreatesIt() throws Exception {
    Path document = Path.of(System.getProperty("alcedo.root"), "jobs/flink/README.md");

    assertThat(Files.readString(document))
        .contains(AnalyticsTable.definition("alcedo_analytics") + ";\n");
  }

  @Test
  void takesATableThatSomebodyElseCreatedAndMayNotCreateOne() throws Exception {
    postgres.execute("CREATE SCHEMA \"order\"");
    postgres.execute("CREATE ROLE writer LOGIN PASSWORD '%s'".formatted(password()));
    postgres.execute("GRANT USAGE ON SCHEMA \"order\" TO writer");
    DatabaseSettings settings = settings("writer", "order.rows");

    assertRefused(settings)
        .hasMessageContaining("has no table order.rows and does not let it be created")
        .hasMessageContaining("permission denied for schema order")
        .hasMessageContaining("or give the user CREATE on the schema");
    postgres.execute(AnalyticsTable.definition("\"order\".\"rows\""));
    assertRefused(settings)
        .hasMessageContaining("permission denied for table rows")
        .hasMessageEndingWith("Give the user SELECT, INSERT and UPDATE on it.");
    postgres.execute("GRANT SELECT, INSERT, UPDATE ON \"order\".rows TO writer");
    assertThatCode(new AnalyticsTable(settings)::prepare).doesNotThrowAnyException();
  }

  @Test
  void refusesATableWithOtherColumns() throws Exception {
    postgres.execute("CREATE TABLE visits (camera text PRIMARY KEY, visitors int)");

    assertRefused(settings(PostgresFixture.USER, "visits"))
        .hasMessageContaining("The database %s has a table visits".formatted(postgres.url()))
        .hasMessageContaining("column \"zone\" of relation \"visits\" does not exist")
        .hasMessageContaining("Name another in database.table, or rename that one");
  }

  @Test
  void refusesATableThatWouldTakeOneRowTwice() throws Exception {
    postgres.execute(
        AnalyticsTable.definition("unkeyed").replaceAll("(?s),\\s*PRIMARY KEY[^)]*\\)", ""));

    assertRefused(settings(PostgresFixture.USER, "unkeyed"))
        .hasMessageContaining("no unique or exclusion constraint matching the ON CONFLICT");
  }

  @Test
  void saysThatItCannotBeReached() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:%d/cameras".formatted(nobody);
    assertRefused(new DatabaseSettings(url, "ann", null, null, null, null))
        .hasMessageContaining("The database %s cannot be reached (Connection to".formatted(url))
        .hasMessageEndingWith("Check database.url, and that PostgreSQL is up and lets us in.");
  }

  @Test
  void saysThatTheUserIsRefused() throws Exception {
    postgres.execute("CREATE ROLE stranger LOGIN PASSWORD 'another'");

    assertRefused(settings("stranger", "any"))
        .hasMessageContaining("refuses the user")
        .hasMessageContaining("password authentication failed for user \"stranger\"")
        .hasMessageContaining("Check database.user, and what the environment variable");
    assertRefused(new DatabaseSettings(postgres.url(), "stranger", null, null, null, null))
        .as("without a password")
        .hasMessageContaining("refuses the user");
    assertRefused(
            new DatabaseSettings(
                postgres.url() + "_none",
                PostgresFixture.USER,
                PostgresFixture.PASSWORD_ENV,
                null,
                null,
                null))
        .hasMessageContaining("database \"postgres_none\" does not exist")
        .hasMessageContaining("Check database.url");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      DatabaseSettings settings) {
    return assertThatThrownBy(new AnalyticsTable(settings)::prepare)
        .isInstanceOf(InvalidInputException.class);
  }

  private static AnalyticsTable table(String name) {
    return new AnalyticsTable(settings(PostgresFixture.USER, name));
  }

  private static DatabaseSettings settings(String user, String table) {
    return new DatabaseSettings(
        postgres.url(), user, PostgresFixture.PASSWORD_ENV, table, null, null);
  }

  private static String password() {
    return System.getenv(PostgresFixture.PASSWORD_ENV).replace("'", "''");
  }
}
