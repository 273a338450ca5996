package io.alcedo.training.pretrained;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses the proxy as other command-line programs do, by https_proxy, http_proxy, all_proxy and
 * no_proxy. Java looks at system properties only; those go first where they are set.
 */
public final class EnvironmentProxies extends ProxySelector {
  private static final int DEFAULT_PORT = 8080;

  private final Map<String, String> environment;
  private final ProxySelector properties;

  /**
   * Creates a selector.
   *
   * @param environment variables
   * @param properties asked first
   */
  public EnvironmentProxies(Map<String, String> environment, ProxySelector properties) {
    this.environment = environment;
    this.properties = properties;
  }

  /** Of this process. */
  public static EnvironmentProxies ofProcess() {
    return new EnvironmentProxies(System.getenv(), ProxySelector.getDefault());
  }

  @Override
  public List<Proxy> select(URI uri) {
    List<Proxy> chosen = properties == null ? List.of() : properties.select(uri);
    if (chosen.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
      return chosen;
    }
    Optional<String> address = variable(uri.getScheme() + "_proxy").or(() -> variable("all_proxy"));
    if (address.isEmpty() || isExempt(uri.getHost())) {
      return List.of(Proxy.NO_PROXY);
    }
    return List.of(proxy(address.get()));
  }

  private Optional<String> variable(String name) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .map(environment::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }

  private boolean isExempt(String host) {
    return variable("no_proxy").stream()
        .flatMap(list -> Stream.of(list.split(",", -1)))
        .map(entry -> entry.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(
            entry ->
                entry.equals("*")
                    || host.equalsIgnoreCase(entry)
                    || host.toLowerCase(Locale.ROOT).endsWith("." + entry));
  }

  private static Proxy proxy(String address) {
    try {
      URI uri = URI.create(address.contains("://") ? address : "http://" + address);
      if (uri.getHost() == null) {
        throw new IllegalArgumentException("no host");
      }
      Proxy.Type type = uri.getScheme().startsWith("socks") ? Proxy.Type.SOCKS : Proxy.Type.HTTP;
      int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
      return new Proxy(type, new InetSocketAddress(uri.getHost(), port));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "the proxy of the environment is no address. Set it as in https_proxy=http://host:3128.",
          e);
    }
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The download reports it.
  }
}
