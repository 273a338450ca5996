package io.alcedo.tests.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Flink's REST interface, as far as a test of restarts needs it. */
final class FlinkRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  FlinkRest(String address) {
    this.address = address;
  }

  void awaitTaskManagers(int count) throws Exception {
    await(count + " TaskManagers", () -> get("/taskmanagers").get("taskmanagers").size() == count);
  }

  /** Uploads a jar and gives its id. */
  String upload(Path jar) throws Exception {
    String boundary = "alcedo-boundary";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\nContent-Type: application/x-java-archive\r\n\r\n"
            .formatted(boundary, jar.getFileName());
    body.write(head.getBytes(StandardCharsets.UTF_8));
    body.write(Files.readAllBytes(jar));
    body.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/jars/upload"))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    String file = send(request).get("filename").asText();
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** Submits a job and gives its id once it runs. */
  String run(String jar, String mainClass, Path config) throws Exception {
    String body =
        JSON.writeValueAsString(
            Map.of(
                "entryClass",
                mainClass,
                "programArgsList",
                new String[] {"--config", config.toString()}));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/jars/" + jar + "/run"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    String job = send(request).get("jobid").asText();
    await("job " + job + " to run", () -> state(job).equals("RUNNING"));
    return job;
  }

  void cancel(String job) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/jobs/" + job + "?mode=cancel"))
            .method("PATCH", BodyPublishers.noBody())
            .build();
    JsonNode unused = send(request);
    await("job " + job + " to be cancelled", () -> state(job).equals("CANCELED"));
  }

  private String state(String job) throws Exception {
    return get("/jobs/" + job).get("state").asText();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(address + path)).build());
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(request.uri() + ": " + response.statusCode() + " " + response.body());
    }
    return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
  }

  /** Other processes give no signal, so they are asked again and again. */
  private static void await(String what, Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    Exception last = null;
    while (Instant.now().isBefore(deadline)) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (IOException e) {
        last = e; // not up yet
      }
      boolean unused = new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("waited in vain for " + what, last);
  }
}
