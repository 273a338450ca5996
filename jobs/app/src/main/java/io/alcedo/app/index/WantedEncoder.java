package io.alcedo.app.index;

import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.registry.CompactedTopic;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.Role;
import io.alcedo.connectors.wire.DeploymentCodec;
import io.alcedo.connectors.wire.WireFormatException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The encoder with which the pipeline works: what is deployed, or what it begins with. */
final class WantedEncoder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WantedEncoder.class);

  private final CompactedTopic deployments;
  private final Clock clock = Clock.systemUTC();
  private String version;
  private Turn turn;

  private WantedEncoder(CompactedTopic deployments, String version) {
    this.deployments = deployments;
    this.version = version;
  }

  /** Always the same. */
  static WantedEncoder fixed(String version) {
    return new WantedEncoder(null, version);
  }

  /**
   * What is deployed.
   *
   * @param first until something is; or null
   */
  static WantedEncoder deployed(KafkaSettings kafka, String first) {
    WantedEncoder wanted = new WantedEncoder(CompactedTopic.read(kafka, Topic.DEPLOYMENTS), first);
    wanted.read(wanted.deployments.values());
    return wanted;
  }

  private void read(Map<String, byte[]> values) {
    byte[] newest = values.get(Role.ENCODER.code());
    if (newest != null) {
      try {
        turn = DeploymentCodec.read(newest).current();
      } catch (WireFormatException e) {
        LOG.warn("Skipped a deployment of an encoder: {}", e.getMessage());
      }
    }
  }

  /** Its version now; null if none is known. For one thread. */
  String version() {
    if (deployments != null) {
      read(deployments.poll(Duration.ZERO));
    }
    if (turn != null && !clock.instant().isBefore(turn.effectiveFrom())) {
      version = turn.version();
      turn = null;
    }
    return version;
  }

  @Override
  public void close() {
    if (deployments != null) {
      deployments.close();
    }
  }
}
