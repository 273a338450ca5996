package io.alcedo.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import org.junit.jupiter.api.Test;

class HttpConfigTest {
  @Test
  void readsEveryKey() {
    assertThat(parse("{address: 0.0.0.0, port: 8421, tokenEnv: A_TOKEN}"))
        .isEqualTo(new HttpConfig("0.0.0.0", 8421, "A_TOKEN"));
    assertThat(parse("{}")).isEqualTo(new HttpConfig("127.0.0.1", 8420, null));
  }

  @Test
  void needsATokenWhereOthersCanAsk() {
    for (String address : new String[] {"0.0.0.0", "192.168.1.4", "'::'", "cam-host"}) {
      assertThatThrownBy(() -> parse("{address: %s}".formatted(address)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("tokenEnv is missing, expected the name of an environment")
          .hasMessageContaining("other machines reach address " + address.replace("'", ""));
    }
    for (String address : new String[] {"localhost", "127.0.0.2", "'::1'"}) {
      assertThat(parse("{address: %s}".formatted(address)).isLoopback()).isTrue();
    }
  }

  @Test
  void refusesWhatItCannotUse() {
    assertThatThrownBy(() -> parse("{port: 70000}"))
        .hasMessageContaining("port is 70000, expected 1 to 65535, or 0");
    assertThatThrownBy(() -> parse("{tokenEnv: my word}"))
        .hasMessageContaining("tokenEnv is no name of an environment variable");
    assertThatThrownBy(() -> parse("{token: secret}")).hasMessageContaining("token");
    assertThatThrownBy(() -> parse("{tokenEnv: ALCEDO_NOT_SET}").token())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("variable ALCEDO_NOT_SET, which is not set here");
  }

  private static HttpConfig parse(String yaml) {
    return YamlReader.parse(yaml, "http.yaml", HttpConfig.class);
  }
}
