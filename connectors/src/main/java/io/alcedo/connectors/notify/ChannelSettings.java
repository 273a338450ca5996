package io.alcedo.connectors.notify;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.alcedo.connectors.event.Alert;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * A receiver of alerts, and which of them it gets. Empty lists mean all.
 *
 * @param name letters, digits, '.', '_' or '-'; stays, since it names how far delivery has come
 * @param webhook an HTTP server, or
 * @param mqtt an MQTT broker
 * @param severities only these: info, warning, critical
 * @param states only these: raised, acknowledged, resolved
 * @param cameras only these
 * @param rules only these, by id
 * @param picture whether the annotated picture goes with what is raised; default true
 * @param retry what is done when it fails
 */
public record ChannelSettings(
    String name,
    WebhookSettings webhook,
    MqttSettings mqtt,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> severities,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> states,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> cameras,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> rules,
    Boolean picture,
    RetrySettings retry)
    implements Serializable {
  private static final Set<String> SEVERITIES = Set.of("info", "warning", "critical");
  private static final Set<String> STATES = Set.of("raised", "acknowledged", "resolved");

  public ChannelSettings {
    if (name == null || !name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException(
          "name is %s, expected 1 to 64 letters, digits, '.', '_' or '-'".formatted(name));
    }
    if ((webhook == null) == (mqtt == null)) {
      throw new IllegalArgumentException(
          "channel %s has %s, expected a block webhook or a block mqtt"
              .formatted(name, webhook == null ? "neither" : "both"));
    }
    severities = checked("severities", severities, SEVERITIES);
    states = checked("states", states, STATES);
    cameras = cameras == null ? List.of() : List.copyOf(cameras);
    rules = rules == null ? List.of() : List.copyOf(rules);
    picture = picture == null || picture;
    retry = retry == null ? RetrySettings.DEFAULT : retry;
  }

  private static List<String> checked(String key, List<String> given, Set<String> known) {
    List<String> values = given == null ? List.of() : List.copyOf(given);
    for (String value : values) {
      if (!known.contains(value)) {
        throw new IllegalArgumentException(
            "%s has '%s', expected some of %s"
                .formatted(key, value, String.join(", ", known.stream().sorted().toList())));
      }
    }
    return values;
  }

  /** Whether this receiver wants to know of an alert; one that is fired by hand reaches all. */
  public boolean wants(Alert alert) {
    String rule = alert.rule().replaceFirst("@[0-9]+$", "");
    return alert.test()
        || (fits(severities, alert.severity())
            && fits(states, alert.state().toString())
            && fits(cameras, alert.camera())
            && fits(rules, rule));
  }

  private static boolean fits(List<String> wanted, String value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  /**
   * Connects to the receiver, which need not be there yet.
   *
   * @throws io.alcedo.connectors.InvalidInputException if a secret is missing
   */
  public Notifier open() {
    return webhook == null ? new MqttNotifier(name, mqtt) : new WebhookNotifier(name, webhook);
  }
}
