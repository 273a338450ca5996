package io.alcedo.app.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Talks with the nodes of a SolrCloud: with one of them as long as it answers, then with the next.
 * A request may so be made twice, which does no harm: each says what shall be, not what to change.
 */
final class SolrHttp {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final int OK = 200;

  /** Of a message, which may name each document that failed. */
  private static final int LINES = 3;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> urls;
  private final HttpClient client;
  private volatile int node;

  SolrHttp(List<String> urls) {
    this.urls = urls;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  /** Asks with a form, which may be of any length. */
  JsonNode ask(String path, SolrParameters form) throws IOException {
    return post(path, "application/x-www-form-urlencoded", form.form().getBytes(UTF_8));
  }

  JsonNode post(String path, String contentType, byte[] body) throws IOException {
    IOException failure = null;
    for (int attempt = 0; attempt <= urls.size(); attempt++) {
      int now = node;
      String url = urls.get(now % urls.size()) + path;
      try {
        return postTo(url, contentType, body);
      } catch (SolrRefusalException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        failure = new IOException("%s does not answer (%s)".formatted(url, e), e);
        if (isTooSlow(e)) {
          throw failure;
        }
        node = now + 1;
      }
    }
    throw failure;
  }

  /** As the others would be, as long as it does what it was asked. */
  private static boolean isTooSlow(IOException e) {
    return e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException);
  }

  private JsonNode postTo(String url, String contentType, byte[] body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(ANSWER)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return answer(client.send(request, BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + url + " was asked");
    }
  }

  /** What a node says; a node that is not up yet says it in HTML. */
  private static JsonNode answer(HttpResponse<byte[]> response) throws IOException {
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IOException("status %d, and no JSON".formatted(response.statusCode()), e);
    }
    if (response.statusCode() == OK) {
      return answer;
    }
    String message = answer.path("error").path("msg").asText(answer.toString());
    throw new SolrRefusalException(
        message.lines().distinct().limit(LINES).collect(Collectors.joining(" ")),
        response.statusCode());
  }
}
