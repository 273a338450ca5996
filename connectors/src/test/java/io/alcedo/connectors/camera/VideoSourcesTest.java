package io.alcedo.connectors.camera;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoSourcesTest {
  @ParameterizedTest
  @CsvSource({
    "rtsp://gate/1, true",
    "RTSPS://gate/1, true",
    "http://gate/video.mjpg, true",
    "http://gate/stream, true",
    "https://files/street.mp4, false",
    "https://files/street.MP4?token=1, false",
    "udp://127.0.0.1:5000, true",
    "device:0, true",
    "/dev/video1, true",
    "sim://street?seed=3, true",
    "sim://street?seed=3&duration=2s, false",
    "street.mp4, false",
    "/videos/street.mp4, false",
    "file:///videos/street.mp4, false",
  })
  void tellsWhatIsLive(String address, boolean live) {
    assertThat(VideoSources.at(address).isLive()).isEqualTo(live);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "gopher://gate/1", "sim://nowhere", "file://%"})
  void refusesOtherAddressesWithAnExample(String address) {
    assertThatThrownBy(() -> VideoSources.at(address)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void saysWhichSchemesThereAre() {
    assertThatThrownBy(() -> VideoSources.at("gopher://user:secret@gate/1"))
        .hasMessageContaining("gopher://***@gate/1: no camera speaks 'gopher'")
        .hasMessageContaining("rtsp://")
        .hasMessageContaining("device:0")
        .hasMessageNotContaining("secret");
  }

  @Test
  void readsAFileAddressAsItsPath() {
    Path file = Path.of("videos", "a street.mp4").toAbsolutePath();
    assertThat(VideoSources.at(file.toUri().toString()).name()).isEqualTo(file.toString());
  }

  @Test
  @Timeout(60)
  void failsSoonWhereNobodyListensAndHidesThePassword() throws IOException {
    int port = closedPort();
    VideoOrigin camera = VideoSources.at("rtsp://user:p@ss@127.0.0.1:%d/1".formatted(port));
    assertThatThrownBy(camera::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("rtsp://***@127.0.0.1:%d/1: cannot be opened".formatted(port))
        .hasMessageContaining("refused")
        .hasMessageContaining("Check that the camera is on")
        .hasMessageNotContaining("p@ss")
        .hasNoCause();
  }

  @Tag("full")
  @Test
  @Timeout(60)
  void givesUpOnAnAddressThatTakesConnectionsAndStaysSilent() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      String rest = "://127.0.0.1:%d/1".formatted(silent.getLocalPort());
      // Both at once: one that does not answer keeps nobody else from opening.
      CompletableFuture<Throwable> rtsp = supplyAsync(() -> failure("rtsp" + rest));
      CompletableFuture<Throwable> http = supplyAsync(() -> failure("http" + rest));
      assertThat(rtsp.join())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("rtsp" + rest + ": cannot be opened");
      assertThat(http.join())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("http" + rest + ": cannot be opened");
    }
  }

  private static Throwable failure(String address) {
    return catchThrowable(() -> VideoSources.open(address));
  }

  @Test
  void saysThatThereIsNoSuchWebcam() {
    assertThatThrownBy(() -> VideoSources.open("device:97"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("device:97: there is no such camera here");
  }

  @Test
  void rendersASimulatedCameraForItsDuration() {
    int pictures = 0;
    try (VideoSource source =
        VideoSources.open("sim://alley?size=64x64&fps=4&duration=1s&density=0")) {
      assertThat(source.framesPerSecond()).isEqualTo(4);
      VideoSource.Picture picture = source.next();
      while (picture != null) {
        assertThat(picture.pixels().cols()).isEqualTo(64);
        assertThat(picture.mediaMicros()).isEqualTo(pictures * 250_000L);
        pictures++;
        picture = source.next();
      }
    }
    assertThat(pictures).isEqualTo(4);
  }

  @Test
  void aSimulatedCameraWithoutEndTakesItsTime() {
    long began = System.nanoTime();
    try (VideoSource source = VideoSources.open("sim://alley?size=64x64&fps=20&density=0")) {
      for (int i = 0; i < 5; i++) {
        source.next();
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(Duration.ofMillis(195));
  }

  @ParameterizedTest
  @CsvSource({
    "http://admin:secret@gate/video?channel=1, http://***@gate/video?channel=1",
    "rtsp://admin:se/cr?et@gate/1, rtsp://***@gate/1",
    "http://gate/video?user=admin&pwd=secret&channel=1, http://gate/video?user=admin&pwd=***&channel=1",
    "http://gate/video?Token=secret, http://gate/video?Token=***",
    "rtsp://gate/1, rtsp://gate/1",
  })
  void showsAddressesWithoutSecrets(String address, String shown) {
    assertThat(VideoSources.at(address).name()).isEqualTo(shown);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
