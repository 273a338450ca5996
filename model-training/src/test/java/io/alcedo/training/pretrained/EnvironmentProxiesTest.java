package io.alcedo.training.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {
  private static Proxy chosen(Map<String, String> environment, String address) {
    return new EnvironmentProxies(environment, null).select(URI.create(address)).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "https_proxy, http://gate:3128, https://a.org/x, gate:3128",
    "HTTPS_PROXY, gate:3128, https://a.org/x, gate:3128",
    "http_proxy, http://gate, http://a.org/x, gate:8080",
    "all_proxy, http://gate:1/, https://a.org/x, gate:1",
    "http_proxy, http://gate:3128, https://a.org/x, ''",
    "https_proxy, '', https://a.org/x, ''"
  })
  void readsTheUsualVariables(String name, String value, String address, String expected) {
    Proxy proxy = chosen(Map.of(name, value), address);
    assertThat(proxy.type()).isEqualTo(expected.isEmpty() ? Proxy.Type.DIRECT : Proxy.Type.HTTP);
    if (proxy.address() instanceof InetSocketAddress socket) {
      assertThat(socket.getHostString() + ":" + socket.getPort()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'a.org', true",
    "'.org, other', true",
    "'*.a.org', true",
    "'*', true",
    "'b.org', false",
    "'rg', false"
  })
  void leavesOutWhatNoProxyNames(String exempt, boolean direct) {
    Map<String, String> environment = Map.of("https_proxy", "gate:1", "no_proxy", exempt);
    Proxy proxy = chosen(environment, "https://a.org/x");
    assertThat(proxy.type() == Proxy.Type.DIRECT).isEqualTo(direct);
  }

  @Test
  void propertiesGoFirst() {
    ProxySelector properties = ProxySelector.of(InetSocketAddress.createUnresolved("mine", 7));
    EnvironmentProxies proxies =
        new EnvironmentProxies(Map.of("https_proxy", "gate:1"), properties);
    assertThat(proxies.select(URI.create("https://a.org/x")).get(0).address().toString())
        .contains("mine");
  }

  @Test
  void refusesWhatIsNoAddressWithoutShowingAPassword() {
    assertThatThrownBy(() -> chosen(Map.of("https_proxy", "http://me:secret@"), "https://a.org"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("https_proxy=http://host:3128")
        .hasMessageNotContaining("secret");
  }
}
