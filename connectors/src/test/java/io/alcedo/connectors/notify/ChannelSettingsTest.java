package io.alcedo.connectors.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChannelSettingsTest {

  private static ChannelSettings read(String yaml) {
    return YamlReader.parse(yaml, "test", ChannelSettings.class);
  }

  @Test
  void readsEveryKey() {
    ChannelSettings hook =
        read(
            """
            name: office
            webhook: {url: "https://example.org/hook", secretEnv: OFFICE_SECRET, timeout: 3s}
            severities: [critical, warning]
            states: raised
            cameras: [gate]
            rules: [loiter]
            picture: false
            retry: {first: 2s, longest: 1min, giveUpAfter: 2h}
            """);
    assertThat(hook.webhook().timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(hook.webhook().secretEnv()).isEqualTo("OFFICE_SECRET");
    assertThat(hook.states()).containsExactly("raised");
    assertThat(hook.picture()).isFalse();
    assertThat(hook.retry())
        .isEqualTo(
            new RetrySettings(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofHours(2)));
    ChannelSettings mqtt =
        read(
            """
            name: home
            mqtt: {address: "mqtts://broker", topic: house/alcedo, user: a, passwordEnv: P, clientId: c, timeout: 4s}
            """);
    assertThat(mqtt.mqtt().port()).isEqualTo(8883);
    assertThat(mqtt.mqtt().topic()).isEqualTo("house/alcedo");
    assertThat(mqtt.picture()).isTrue();
    assertThat(mqtt.retry()).isEqualTo(RetrySettings.DEFAULT);
  }

  @Test
  void choosesAlertsByWhatTheyAre() {
    String hook = "webhook: {url: \"http://127.0.0.1/\"}\nname: x\n";
    assertThat(read(hook).wants(Alerts.raised("a"))).isTrue();
    assertThat(read(hook + "rules: loiter").wants(Alerts.raised("a"))).isTrue();
    assertThat(read(hook + "rules: other").wants(Alerts.raised("a"))).isFalse();
    assertThat(read(hook + "severities: critical").wants(Alerts.raised("a"))).isFalse();
    assertThat(read(hook + "cameras: [door]").wants(Alerts.raised("a"))).isFalse();
    assertThat(read(hook + "states: [raised]").wants(Alerts.resolved("a"))).isFalse();
  }

  @Test
  void saysWhatIsWrong() {
    assertRefused("name: x", "neither, expected a block webhook or a block mqtt");
    assertRefused("name: x y\nwebhook: {url: \"http://a\"}", "name is x y");
    assertRefused("name: x\nwebhook: {url: \"ftp://a\"}", "webhook.url is ftp://a");
    assertRefused("name: x\nmqtt: {address: \"http://a\"}", "mqtt.address is http://a");
    assertRefused("name: x\nmqtt: {address: \"mqtt://a\", topic: a/#}", "mqtt.topic is 'a/#'");
    assertRefused(
        "name: x\nwebhook: {url: \"http://a\"}\nseverities: [bad]",
        "severities has 'bad', expected some of critical, info, warning");
    assertRefused(
        "name: x\nwebhook: {url: \"http://a\"}\nretry: {first: 2s, longest: 1s}",
        "retry.longest is PT1S");
  }

  @Test
  void waitsTwiceAsLongEachTimeUpToALimit() {
    RetrySettings retry =
        new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofHours(1));
    assertThat(retry.pause(1, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(retry.pause(3, 0)).isEqualTo(Duration.ofSeconds(4));
    assertThat(retry.pause(3, 1)).isEqualTo(Duration.ofSeconds(3));
    assertThat(retry.pause(5, 0)).isEqualTo(Duration.ofSeconds(10));
    assertThat(retry.pause(1000, 0)).isEqualTo(Duration.ofSeconds(10));
  }

  private static void assertRefused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
