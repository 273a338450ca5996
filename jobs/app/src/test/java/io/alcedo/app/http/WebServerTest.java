package io.alcedo.app.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.app.fixture.ColourIndex;
import io.alcedo.app.index.IndexFaultException;
import io.alcedo.app.search.CropSearch;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyDetector;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebServerTest {
  private static final HttpConfig ANY_PORT = new HttpConfig(null, 0, null);

  /** A variable that every process has stands for that of a token. */
  private static final HttpConfig WITH_TOKEN = new HttpConfig(null, 0, "PATH");

  private static final String RED_QUERY = "/api/search?crop=gate%2FS%2F1%230";

  @TempDir static Path folder;
  private static ColourIndex index;
  private static CropSearch search;
  private static WebServer server;
  private static String firstServing;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException {
    index = new ColourIndex(folder);
    firstServing = index.serving();
    search = new CropSearch(index, TinyDetector.write(folder.resolve("detector"), 0.33f));
    server = WebServer.start(ANY_PORT, search, index);
  }

  @AfterEach
  void serveTheFirst() {
    index.serve(firstServing);
  }

  @AfterAll
  static void stop() {
    server.close();
    search.close();
    index.close();
  }

  @Test
  void saysHowItDoes() throws Exception {
    assertThat(json(get("/api/health"), 200))
        .isEqualTo(tree("{'status': 'ok', 'serving': '%s'}".formatted(firstServing)));
    JsonNode status = json(get("/api/index"), 200);
    assertThat(status.at("/serving").asText()).isEqualTo(firstServing);
    assertThat(status.at("/versions/0/count").asInt()).isEqualTo(4);
    assertThat(status.at("/migration/perSecond").asDouble()).isEqualTo(2.5);

    index.serve(null);
    assertProblem(get("/api/health"), 503, "the index serves no version yet");
    assertProblem(get(RED_QUERY), 503, "serves no version yet");
  }

  @Test
  void findsTheMainObjectOfAPicture() throws Exception {
    byte[] picture = Frames.jpeg(128, 96, List.of(Color.BLUE, Color.RED, Color.RED, Color.BLUE));
    JsonNode reply = json(post("/api/search?top=2", picture), 200);

    assertThat(reply.at("/version").asText()).isEqualTo(firstServing);
    assertThat(reply.at("/query/kind").asText()).isEqualTo("object");
    assertThat(reply.at("/query/box"))
        .isEqualTo(tree("{'x': 32.0, 'y': 24.0, 'width': 64.0, 'height': 48.0}"));
    assertThat(reply.at("/hits")).hasSize(2);
    JsonNode best = reply.at("/hits/0");
    assertThat(best.at("/score").asDouble()).isBetween(0.999, 1.0001);
    JsonNode facts = ((ObjectNode) best).without("score");
    assertThat(facts)
        .isEqualTo(
            tree(
                """
                {'id': 'gate/S/1#0', 'camera': 'gate', 'track': 'gate/S/1#0', 'label': 'person',
                 'captureTime': '2026-11-23T15:00:00Z', 'zones': ['yard'],
                 'cropUrl': '/api/crops/gate/S/1%230'}
                """));
    JsonNode whole = json(post("/api/search?whole=true", picture), 200);
    assertThat(whole.at("/query").toString()).isEqualTo("{\"kind\":\"picture\",\"vectors\":1}");
    assertThat(whole.at("/hits/0/score").asDouble()).isLessThan(0.95);
  }

  @Test
  void findsByCropAndByTrack() throws Exception {
    JsonNode byCrop = json(get(RED_QUERY + "&camera=gate&camera=door&top=1"), 200);
    assertThat(byCrop.at("/query/cropUrl").asText()).isEqualTo("/api/crops/gate/S/1%230");
    assertThat(byCrop.at("/hits/0/id").asText()).isEqualTo(ColourIndex.ORANGE);
    JsonNode byTrack = json(get("/api/search?track=gate/S/1%230&own=true"), 200);
    assertThat(byTrack.at("/query/vectors").asInt()).isEqualTo(2);
    assertThat(byTrack.at("/hits")).hasSize(4);
    String times = "&since=2026-11-23T15:00:02Z&until=2026-11-23T15:00:03Z";
    JsonNode then = json(get(RED_QUERY + times), 200);
    assertThat(then.at("/hits")).hasSize(1);
    assertThat(then.at("/hits/0/id").asText()).isEqualTo(ColourIndex.BLUE);
    assertThat(json(get(RED_QUERY + "&since=1s"), 200).at("/hits")).as("long ago").isEmpty();
    assertThat(json(get(RED_QUERY + "&since=99999999999999d"), 200).at("/hits")).hasSize(3);
    assertThat(json(get(RED_QUERY + "&zone=roof"), 200).at("/hits")).isEmpty();
    assertThat(json(get(RED_QUERY + "&version=" + index.tilted()), 200).at("/version").asText())
        .isEqualTo(index.tilted());
  }

  @Test
  void givesThePicturesOfCrops() throws Exception {
    for (String url : new String[] {"gate/S/1%230", "gate%2FS%2F1%230"}) {
      HttpResponse<byte[]> picture = get("/api/crops/" + url);
      assertThat(picture.statusCode()).as(url).isEqualTo(200);
      assertThat(picture.body()).isEqualTo(index.crops().find(ColourIndex.RED).orElseThrow());
      assertThat(header(picture, "Content-Type")).isEqualTo("image/jpeg");
      assertThat(header(picture, "Cache-Control")).contains("max-age=31536000", "immutable");
      assertThat(header(picture, "X-Content-Type-Options")).isEqualTo("nosniff");
    }
    HttpResponse<byte[]> none = get("/api/crops/gate/S/7%230");
    assertProblem(none, 404, "there is no picture of a crop 'gate/S/7#0'");
    assertThat(none.headers().firstValue("Cache-Control").orElse("")).doesNotContain("immutable");
    assertProblem(get("/api/crops/..%2F..%2Fencoder0.0%2Fmanifest.json"), 404, "no picture");
    assertProblem(get("/api/crops/a%00b"), 400, "");
  }

  @Test
  void refusesBadQueries() throws Exception {
    assertProblem(post("/api/search", Frames.TEXT), 400, "not a JPEG image: begins with 74 68");
    assertProblem(post("/api/search", new byte[0]), 400, "zero bytes");
    assertProblem(post("/api/search?crop=a", Frames.BRIGHT), 400, "unknown parameter 'crop'");
    assertProblem(get("/api/search"), 400, "expected either crop=ID or track=ID, or a POST");
    assertProblem(get("/api/search?crop=a&track=b"), 400, "expected either");
    assertProblem(get("/api/search?crop=a"), 400, "has no crop 'a'");
    assertProblem(get("/api/search?track=a"), 400, "has no track 'a'");
    assertProblem(get(RED_QUERY + "&version=x@1"), 400, "the index has no version 'x@1'; it has");
    assertProblem(get(RED_QUERY + "&cameras=a"), 400, "unknown parameter 'cameras', expected one");
    assertProblem(get(RED_QUERY + "&top=0"), 400, "top is 0, expected 1 to 1000");
    assertProblem(get(RED_QUERY + "&top=all"), 400, "top is 'all', expected a whole number");
    assertProblem(get(RED_QUERY + "&top=1&top=2"), 400, "parameter top is there 2 times");
    assertProblem(get(RED_QUERY + "&zone="), 400, "parameter zone is empty");
    assertProblem(get(RED_QUERY + "&own=yes"), 400, "own is 'yes', expected true or false");
    assertProblem(get(RED_QUERY + "&since=soon"), 400, "since is 'soon', expected a time such as");
    assertProblem(get("/api/nothing"), 404, "");
    assertProblem(post("/api/index", new byte[0]), 405, "");
    assertThat(json(get(RED_QUERY), 200).at("/hits")).as("the rest goes on").hasSize(3);
  }

  @Test
  void refusesALargePictureWithoutReadingIt() throws Exception {
    String answer =
        raw("POST /api/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("over the limit of 20 MB");

    HttpRequest chunked =
        request(server, "/api/search")
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[SearchRoutes.MAX_PICTURE_BYTES + 1])))
            .build();
    assertProblem(client.send(chunked, BodyHandlers.ofByteArray()), 413, "over the limit");
  }

  @Test
  void answersOnlyThoseWhoAskForThisMachine() throws Exception {
    String line = "GET /api/health HTTP/1.1\r\nConnection: close\r\nHost: ";
    assertThat(raw(line + "evil.example\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ")
        .contains("the request is for host 'evil.example'");
    assertThat(raw(line + "localhost.evil.example:8420\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    for (String host : new String[] {"localhost", "127.0.0.1:8420", "[::1]:8420", "LOCALHOST"}) {
      assertThat(raw(line + host + "\r\n\r\n")).as(host).startsWith("HTTP/1.1 200 ");
    }
    String origin = "localhost:1\r\nOrigin: http://";
    assertThat(raw(line + origin + "evil.example\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    assertThat(raw(line + origin + "localhost:1\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .doesNotContainIgnoringCase("Access-Control");
  }

  @Test
  void wantsItsToken() throws Exception {
    try (WebServer guarded = WebServer.start(WITH_TOKEN, search, index)) {
      HttpResponse<byte[]> none = send(request(guarded, RED_QUERY));
      assertProblem(none, 401, "expected the header Authorization: Bearer TOKEN");
      assertThat(header(none, "WWW-Authenticate")).isEqualTo("Bearer");
      String token = System.getenv("PATH");
      String bearer = "Bearer " + token;
      for (String wrong :
          List.of(token, "Bearer", "Basic " + token, bearer + "x", bearer.substring(0, 20))) {
        assertProblem(
            send(request(guarded, "/api/index").header("Authorization", wrong)), 401, "token");
      }
      assertProblem(send(request(guarded, "/api/crops/gate/S/1%230")), 401, "token");
      assertProblem(send(request(guarded, "/api/nothing")), 401, "token");
      json(send(request(guarded, "/api/health")), 200);
      json(send(request(guarded, RED_QUERY).header("Authorization", bearer)), 200);
    }
  }

  @Test
  void tellsNobodyItsStackTrace() throws Exception {
    CropSearch failing =
        new CropSearch(
            new FailingIndex(
                new IndexFaultException("index x@1: the disk is full", null),
                new IllegalStateException("secret")),
            folder);
    try (WebServer faulty = WebServer.start(ANY_PORT, failing, index)) {
      assertProblem(send(request(faulty, RED_QUERY)), 503, "index x@1: the disk is full");
      assertProblem(send(request(faulty, RED_QUERY)), 500, "the server failed; its log says why");
    }
    String malformed = raw("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(malformed).startsWith("HTTP/1.1 400 ").contains("{\"error\":").doesNotContain("at ");
    assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ").contains("{\"error\":");
  }

  @Test
  void saysWhyItCannotStart() {
    assertThatThrownBy(
            () -> WebServer.start(new HttpConfig(null, server.port(), null), search, index))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("http: cannot listen at 127.0.0.1, port " + server.port());
    assertThatThrownBy(
            () -> WebServer.start(new HttpConfig(null, 0, "ALCEDO_NOT_SET"), search, index))
        .hasMessageContaining("ALCEDO_NOT_SET, which is not set here");
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return send(request(server, path));
  }

  private HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
    return send(request(server, path).POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder request(WebServer of, String path) {
    return HttpRequest.newBuilder(URI.create(of.address() + path));
  }

  /** What comes back for these bytes until the server closes the connection. */
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static JsonNode json(HttpResponse<byte[]> response, int status) throws IOException {
    assertThat(response.statusCode()).as(new String(response.body(), ISO_8859_1)).isEqualTo(status);
    assertThat(header(response, "Content-Type")).startsWith("application/json");
    return new ObjectMapper().readTree(response.body());
  }

  private static void assertProblem(HttpResponse<byte[]> response, int status, String part)
      throws IOException {
    JsonNode problem = json(response, status);
    assertThat(problem.size()).isEqualTo(1);
    assertThat(problem.at("/error").asText()).contains(part).isNotBlank().doesNotContain("\tat ");
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }

  private static JsonNode tree(String json) throws IOException {
    return new ObjectMapper().readTree(json.replace('\'', '"'));
  }
}
