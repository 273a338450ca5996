package io.alcedo.operators.stream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyEncoder;
import io.alcedo.operators.stream.inference.LiveEngine.Asked;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import io.alcedo.operators.stream.inference.SharedEngines.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exchanging two real, if tiny, encoders. */
@Timeout(60)
class LiveEngineTest {
  private static final float TILT = 500;

  @TempDir Path directory;

  @Test
  void whatWasAskedOfTheOldModelIsAnsweredByIt() throws Exception {
    List<Asked<float[]>> all = new ArrayList<>();
    try (LiveEngine<float[]> engine = new LiveEngine<>(encoder("plain", 0))) {
      for (int i = 0; i < 400; i++) {
        if (i == 200) {
          engine.exchange(encoder("tilted", TILT));
        }
        all.add(ask(engine));
      }
      for (int i = 0; i < all.size(); i++) {
        float red = vector(all.get(i))[0];
        boolean isTilted = red > 0.8;
        assertThat(isTilted).as("picture " + i).isEqualTo(i >= 200);
        assertThat(all.get(i).manifest().version())
            .isEqualTo(all.get(i < 200 ? 0 : 399).manifest().version());
      }
    }
    awaitAllClosed();
  }

  @Test
  void closesWhatComesTooLate() throws Exception {
    LiveEngine<float[]> engine = new LiveEngine<>(encoder("plain", 0));
    engine.close();

    engine.exchange(encoder("tilted", TILT));

    awaitAllClosed();
  }

  @Test
  void refusesAnEncoderWhoseManifestClaimsOtherVectors() {
    Path model = TinyEncoder.write(directory.resolve("claims"), 0, 128);
    InferenceOptions options = InferenceOptions.of(model.toString());

    assertThatThrownBy(() -> SharedEngines.encoder(options))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found {embedding=FLOAT[-1,3]}, expected {embedding=FLOAT[-1,128]}");
  }

  private Lease<float[]> encoder(String name, float tilt) {
    Path model = TinyEncoder.write(directory.resolve(name), tilt);
    return SharedEngines.encoder(InferenceOptions.of(model.toString()));
  }

  private static Asked<float[]> ask(LiveEngine<float[]> engine) {
    return engine.ask(model -> List.of(model.submit(Frames.GATE, Frames.START, Frames.BRIGHT)));
  }

  private static float[] vector(Asked<float[]> asked) throws Exception {
    Outcome<float[]> outcome = asked.outcomes().get(0).get(30, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Inferred.class);
    return ((Inferred<float[]>) outcome).result();
  }

  private static void awaitAllClosed() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (SharedEngines.open() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(SharedEngines.open()).isZero();
  }
}
