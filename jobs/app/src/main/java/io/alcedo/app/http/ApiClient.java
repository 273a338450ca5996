package io.alcedo.app.http;

import io.alcedo.app.index.IndexStatus;
import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The HTTP API of a run, as a client sees it.
 *
 * <p>Every call throws {@link InvalidInputException} if nobody answers, if another server does, or
 * if the request is refused, and {@link IOException} if the server fails.
 */
public final class ApiClient {
  /** Largest picture that a run takes. */
  public static final int MAX_PICTURE_BYTES = SearchRoutes.MAX_PICTURE_BYTES;

  private static final Duration TO_CONNECT = Duration.ofSeconds(5);

  /** The first search by picture opens the detector. */
  private static final Duration TO_ANSWER = Duration.ofSeconds(60);

  private final URI server;
  private final String token;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TO_CONNECT)
          .build();

  /**
   * Prepares.
   *
   * @param server such as http://127.0.0.1:8420
   * @param token null = none is sent
   * @throws InvalidInputException if the address is none
   */
  public ApiClient(URI server, String token) {
    if (server.getHost() == null || !List.of("http", "https").contains(server.getScheme())) {
      throw new InvalidInputException(
          "'%s' is no address of a server such as http://127.0.0.1:8420".formatted(server));
    }
    this.server = server;
    this.token = token == null || token.isBlank() ? null : token.strip();
  }

  /**
   * Searches by a picture.
   *
   * @param picture JPEG or PNG, of at most {@link #MAX_PICTURE_BYTES}
   * @param parameters of the query
   */
  public SearchReply search(byte[] picture, Map<String, List<String>> parameters)
      throws IOException {
    HttpRequest.Builder request = request("/api/search" + query(parameters));
    return json(send(request.POST(BodyPublishers.ofByteArray(picture))), SearchReply.class);
  }

  /** Searches by what the parameters name. */
  public SearchReply search(Map<String, List<String>> parameters) throws IOException {
    return json(send(request("/api/search" + query(parameters))), SearchReply.class);
  }

  /** How the index does. */
  public IndexStatus index() throws IOException {
    return json(send(request("/api/index")), IndexStatus.class);
  }

  /** Has the index made again what is damaged or missing; the versions that were dropped. */
  public List<String> rebuild() throws IOException {
    HttpRequest.Builder request = request(WebServer.REBUILD).POST(BodyPublishers.noBody());
    return json(send(request), WebServer.Rebuilt.class).dropped();
  }

  /**
   * A crop's picture, if it is kept still.
   *
   * @param cropUrl of a reply
   * @return JPEG
   */
  public Optional<byte[]> picture(String cropUrl) throws IOException {
    HttpResponse<byte[]> response = send(request(cropUrl));
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(checked(response).body());
  }

  private static String query(Map<String, List<String>> parameters) {
    return parameters.entrySet().stream()
        .flatMap(
            entry -> entry.getValue().stream().map(value -> entry.getKey() + "=" + coded(value)))
        .collect(Collectors.joining("&", "?", ""));
  }

  private static String coded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    String base = server.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + pathAndQuery)).timeout(TO_ANSWER);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new InvalidInputException(
          "nobody answers at %s (%s). Start a run, or ./alcedo index serve --output of one that is over, or give its address with --server."
              .formatted(
                  server, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private <T> T json(HttpResponse<byte[]> response, Class<T> type) throws IOException {
    byte[] body = checked(response).body();
    try {
      return Json.read(body, type);
    } catch (IOException e) {
      throw another(response, e);
    }
  }

  private HttpResponse<byte[]> checked(HttpResponse<byte[]> response) throws IOException {
    int status = response.statusCode();
    if (status == 200) {
      return response;
    }
    String error;
    try {
      error = Json.read(response.body(), Json.Problem.class).error();
    } catch (IOException e) {
      throw another(response, e);
    }
    if (status >= 500) {
      throw new IOException("%s: %s".formatted(server, error));
    }
    throw new InvalidInputException(
        status == 401
            ? "%s: %s. Give --token, or set ALCEDO_TOKEN.".formatted(server, error)
            : error);
  }

  private InvalidInputException another(HttpResponse<byte[]> response, IOException cause) {
    return new InvalidInputException(
        "%s answers with status %d, but not as a run of Alcedo does. Give the run's address with --server."
            .formatted(server, response.statusCode()),
        cause);
  }
}
