package io.alcedo.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.registry.Deployment;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.Role;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deployments and model events as released: they may be added to, never changed. */
class ControlCodecsTest {
  private static final Instant TIME = Instant.parse("2026-11-23T15:04:05.123456Z");
  private static final String DEPLOYMENT =
      """
      {"v":1,"role":"encoder","current":{"version":"appearance@bb","effectiveFrom":"2026-11-23T15:04:05.123456Z",\
      "by":"moco","reason":"recall 0.71"},\
      "past":[{"version":"appearance@aa","effectiveFrom":"2026-11-23T15:04:05.123456Z","by":"ann","reason":"first"}]}""";
  private static final String EVENT =
      """
      {"v":1,"kind":"rejected","role":"encoder","version":"appearance@cc",\
      "time":"2026-11-23T15:04:05.123456Z","message":"collapsed","figures":{"recall":0.5,"std":0.01}}""";

  private static Deployment deployment() {
    return Deployment.first(Role.ENCODER, new Turn("appearance@aa", TIME, "ann", "first"))
        .then(new Turn("appearance@bb", TIME, "moco", "recall 0.71"));
  }

  private static ModelEvent event() {
    return new ModelEvent(
        ModelEvent.Kind.REJECTED,
        "encoder",
        "appearance@cc",
        TIME,
        "collapsed",
        Map.of("std", 0.01, "recall", 0.5));
  }

  @Test
  void writesTheBytesOfVersion1() {
    assertThat(new String(DeploymentCodec.write(deployment()), UTF_8)).isEqualTo(DEPLOYMENT);
    assertThat(new String(ModelEventCodec.write(event()), UTF_8)).isEqualTo(EVENT);
  }

  @Test
  void readsWhatItWrote() throws WireFormatException {
    assertThat(DeploymentCodec.read(DEPLOYMENT.getBytes(UTF_8))).isEqualTo(deployment());
    assertThat(ModelEventCodec.read(EVENT.getBytes(UTF_8))).isEqualTo(event());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(
            () -> DeploymentCodec.read(DEPLOYMENT.replace("encoder", "poet").getBytes(UTF_8)))
        .isInstanceOf(WireFormatException.class)
        .hasMessage("role is 'poet', expected detector, classifier or encoder");
    assertThatThrownBy(() -> ModelEventCodec.read(EVENT.replace("rejected", "x").getBytes(UTF_8)))
        .hasMessage("unknown kind of model event 'x'");
  }

  @Test
  void knowsWhatServedBefore() {
    assertThat(deployment().previous().version()).isEqualTo("appearance@aa");
    Deployment back = deployment().then(deployment().previous());
    assertThat(back.current().version()).isEqualTo("appearance@aa");
    assertThat(back.previous().version()).isEqualTo("appearance@bb");
  }
}
