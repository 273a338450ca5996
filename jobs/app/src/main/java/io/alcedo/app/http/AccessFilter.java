package io.alcedo.app.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Handler;
import io.javalin.http.UnauthorizedResponse;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;

/**
 * Whom the server answers.
 *
 * <p>At a loopback address the name that a request asks for must be one of this machine: a page of
 * the web whose name was pointed here (DNS rebinding) asks for its own. A request that a page of
 * another origin makes is refused everywhere.
 */
final class AccessFilter implements Handler {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String BEARER = "Bearer ";

  private final HttpConfig config;
  private final byte[] token;

  /**
   * Prepares.
   *
   * @param token null = none is needed
   */
  AccessFilter(HttpConfig config, String token) {
    this.config = config;
    this.token = token == null ? null : token.getBytes(UTF_8);
  }

  @Override
  public void handle(Context context) {
    String host = context.header("Host");
    if (config.isLoopback() && !isLocal(host)) {
      throw new ForbiddenResponse(
          "the request is for host '%s', expected one of %s or http.address"
              .formatted(host, LOOPBACK));
    }
    String origin = context.header("Origin");
    if (origin != null && !origin.endsWith("://" + host)) {
      throw new ForbiddenResponse(
          "the request comes from a page of %s, expected none of another origin".formatted(origin));
    }
    if (token != null && !context.path().equals(WebServer.HEALTH) && !isToken(context)) {
      context.header("WWW-Authenticate", "Bearer");
      throw new UnauthorizedResponse(
          "no token or a wrong one, expected the header Authorization: Bearer TOKEN");
    }
  }

  private boolean isLocal(String host) {
    if (host == null) {
      return false;
    }
    try {
      String name = URI.create("http://" + host).getHost();
      return name != null
          && (LOOPBACK.contains(name.toLowerCase(Locale.ROOT)) || name.equals(config.address()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The comparison takes as long wherever the first difference is. */
  private boolean isToken(Context context) {
    String given = context.header("Authorization");
    return given != null
        && given.startsWith(BEARER)
        && MessageDigest.isEqual(token, given.substring(BEARER.length()).strip().getBytes(UTF_8));
  }
}
