package io.alcedo.app.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.alcedo.app.index.Hit;
import io.alcedo.app.index.VectorFacts;
import io.alcedo.app.search.SearchAnswer;
import io.alcedo.app.search.Subject;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.geometry.Box;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A search's answer as JSON.
 *
 * @param version of the encoder in whose index was searched
 * @param hits best first
 */
public record SearchReply(String version, Asked query, List<Found> hits) {

  /**
   * What was searched for.
   *
   * @param id of the crop or track
   * @param vectors of which the query is the mean
   * @param label class name of the main object
   * @param score of its detection, 0 to 1
   * @param box px of the picture, upright as its orientation tag says
   * @param cropUrl path of the picture that shows a crop or track
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Asked(
      Subject.Kind kind,
      String id,
      int vectors,
      String label,
      Double score,
      Box box,
      String cropUrl) {
    private static Asked of(Subject subject) {
      DetectedObject main = subject.object();
      return new Asked(
          subject.kind(),
          subject.id(),
          subject.vectors(),
          main == null ? null : main.label(),
          main == null ? null : main.score(),
          main == null ? null : main.box(),
          subject.crop() == null ? null : url(subject.crop()));
    }
  }

  /**
   * A crop that was found.
   *
   * @param zones in which the object was, in alphabetical order
   * @param score cosine, -1 to 1
   * @param cropUrl path of its picture
   */
  public record Found(
      String id,
      String camera,
      String track,
      String label,
      Instant captureTime,
      List<String> zones,
      float score,
      String cropUrl) {
    private static Found of(Hit hit) {
      VectorFacts facts = hit.facts();
      return new Found(
          facts.id(),
          facts.camera(),
          facts.track(),
          facts.label(),
          facts.captureTime(),
          facts.zones().stream().sorted().toList(),
          hit.score(),
          url(facts.id()));
    }
  }

  static SearchReply of(SearchAnswer answer) {
    return new SearchReply(
        answer.version(),
        Asked.of(answer.subject()),
        answer.hits().stream().map(Found::of).toList());
  }

  /** Each part of the id is coded, what separates them is not. */
  private static String url(String id) {
    return Arrays.stream(id.split("/", -1))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/", WebServer.CROPS, ""));
  }
}
