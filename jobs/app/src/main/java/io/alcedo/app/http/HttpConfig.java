package io.alcedo.app.http;

import io.alcedo.connectors.InvalidInputException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The block {@code http}: where a run answers. The token is not in here: it is read from the
 * environment, because a configuration file is copied, printed and committed.
 *
 * @param address that it listens at; default 127.0.0.1, which only this machine reaches
 * @param port default 8420; 0 = any that is free
 * @param tokenEnv name of the environment variable that holds the token which every request has to
 *     bring; default none, which only a loopback address may have
 */
public record HttpConfig(String address, Integer port, String tokenEnv) {
  /** On this machine only, without a token. */
  public static final HttpConfig DEFAULT = new HttpConfig(null, null, null);

  private static final int MOST_PORT = 65_535;
  private static final int LEAST_TOKEN = 16;

  public HttpConfig {
    address = address == null ? "127.0.0.1" : address;
    port = port == null ? 8420 : port;
    require(
        !address.isBlank(),
        "address is empty, expected one of this machine such as 127.0.0.1, or 0.0.0.0 for all");
    require(
        port >= 0 && port <= MOST_PORT,
        "port is %d, expected 1 to %d, or 0 for any that is free".formatted(port, MOST_PORT));
    require(
        tokenEnv == null || tokenEnv.matches("[A-Za-z_][A-Za-z0-9_]*"),
        "tokenEnv is no name of an environment variable such as ALCEDO_TOKEN");
    require(
        tokenEnv != null || isLoopback(address),
        "tokenEnv is missing, expected the name of an environment variable that holds a token: other machines reach address %s"
            .formatted(address));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Whether only this machine reaches it. */
  boolean isLoopback() {
    return isLoopback(address);
  }

  /** Names are not looked up: what they mean may change. */
  private static boolean isLoopback(String address) {
    if (address.equals("localhost")) {
      return true;
    }
    if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return false;
    }
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * What every request has to bring.
   *
   * @return null if nothing
   * @throws InvalidInputException if the variable is not set in this process, or is too short
   */
  String token() {
    if (tokenEnv == null) {
      return null;
    }
    String token = System.getenv(tokenEnv);
    if (token == null || token.isBlank()) {
      throw new InvalidInputException(
          "http.tokenEnv names the environment variable %s, which is not set here. Set it for the process of the run."
              .formatted(tokenEnv));
    }
    if (token.strip().length() < LEAST_TOKEN) {
      throw new InvalidInputException(
          "http.tokenEnv: the token in %s has %d characters, expected at least %d, as of: openssl rand -hex 16"
              .formatted(tokenEnv, token.strip().length(), LEAST_TOKEN));
    }
    return token.strip();
  }
}
