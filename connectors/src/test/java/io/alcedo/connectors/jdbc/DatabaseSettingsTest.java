package io.alcedo.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {
  private static final String URL = "url: \"jdbc:postgresql://db:5432/cameras\"";

  @Test
  void readsEveryKey() {
    assertThat(
            parse(
                URL + ", user: ann, passwordEnv: SECRET_1, table: a.b_2, batch: 50, interval: 3s"))
        .isEqualTo(
            new DatabaseSettings(
                "jdbc:postgresql://db:5432/cameras",
                "ann",
                "SECRET_1",
                "a.b_2",
                50,
                Duration.ofSeconds(3)));
  }

  @Test
  void needsNoMoreThanAnAddress() {
    DatabaseSettings settings = parse(URL);

    assertThat(settings.table()).isEqualTo("alcedo_analytics");
    assertThat(settings.batch()).isEqualTo(500);
    assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.password()).isNull();
  }

  @Test
  void quotesSchemaAndTable() {
    assertThat(parse(URL + ", table: user.order").quotedTable()).isEqualTo("\"user\".\"order\"");
  }

  @Test
  void namesTheKeyThatIsWrong() {
    assertRefused("user: ann", "url is 'null', expected jdbc:postgresql://HOST:PORT/DATABASE");
    assertRefused("url: \"jdbc:mysql://db/cameras\"", "url is 'jdbc:mysql://db/cameras', expected");
    assertRefused(URL + ", passwordEnv: \"my word\"", "passwordEnv is no name of an environment");
    assertRefused(
        URL + ", table: \"t; DROP TABLE x\"", "table is 't; DROP TABLE x', expected NAME");
    assertRefused(URL + ", table: a.b.c", "table is 'a.b.c', expected NAME or SCHEMA.NAME");
    assertRefused(URL + ", batch: 0", "batch is 0, expected 1 to 10000 rows");
    assertRefused(URL + ", interval: 0s", "interval is PT0S, expected 1ms to 1h");
    assertRefused(URL + ", password: x", "unknown key 'password'");
    assertRefused(
        "url: \"jdbc:postgresql://db/x?reWriteBatchedInserts=true\"", "url has reWriteBatched");
  }

  @Test
  void takesNoPasswordAndRepeatsNone() {
    for (String key : new String[] {"password", "sslpassword"}) {
      assertThatThrownBy(
              () -> parse("url: \"jdbc:postgresql://db/x?user=ann&%s=secret\"".formatted(key)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("url holds a password, expected passwordEnv")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void saysWhichVariableIsNotSet() {
    assertThatThrownBy(() -> parse(URL + ", passwordEnv: ALCEDO_NOT_SET").password())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "database.passwordEnv names the environment variable ALCEDO_NOT_SET, which is not set here. Set it for the process that starts the job and for every TaskManager.");
  }

  private static void assertRefused(String block, String part) {
    assertThatThrownBy(() -> parse(block))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(part);
  }

  private static DatabaseSettings parse(String block) {
    return YamlReader.parse("{" + block + "}", "test", DatabaseSettings.class);
  }
}
