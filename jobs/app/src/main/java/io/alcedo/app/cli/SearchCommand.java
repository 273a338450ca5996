package io.alcedo.app.cli;

import io.alcedo.app.http.ApiClient;
import io.alcedo.app.http.SearchReply;
import io.alcedo.app.http.SearchReply.Asked;
import io.alcedo.app.http.SearchReply.Found;
import io.alcedo.app.output.Montage;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Box;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds what looks alike. */
@Command(
    name = "search",
    description = {
      "Find crops that look like a picture, a track or another crop, in the index of a run.",
      "Of a picture its main object is looked for."
    })
final class SearchCommand implements Callable<Integer> {
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.S", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;

  @ArgGroup(multiplicity = "1")
  private Query query;

  /** What is searched for: one of these. */
  static final class Query {
    @Parameters(paramLabel = "IMAGE", description = "A JPEG or PNG.")
    private Path image;

    @Option(names = "--track", paramLabel = "ID", description = "The mean of a track's vectors.")
    private String track;

    @Option(names = "--crop", paramLabel = "ID", description = "One crop of the index.")
    private String crop;
  }

  @Option(
      names = "--camera",
      paramLabel = "ID",
      description = "Only of this camera; may be given several times.")
  private List<String> cameras = new ArrayList<>();

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "Only of this class; may be given several times.")
  private List<String> labels = new ArrayList<>();

  @Option(names = "--zone", paramLabel = "NAME", description = "Only while in this zone.")
  private String zone;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Captured since: 2026-11-23T15:04:05Z, or how long ago as in 2h.")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Captured before, as --since.")
  private String until;

  @Option(names = "--top", defaultValue = "20", paramLabel = "N", description = "Most hits.")
  private int top;

  @Option(names = "--whole", description = "Look for the picture as it is.")
  private boolean whole;

  @Option(names = "--own", description = "Show also the crop or the track that is asked for.")
  private boolean own;

  @Option(
      names = "--index-version",
      paramLabel = "NAME",
      description = "Search in this version of the index; default: the one that serves.")
  private String version;

  @Option(
      names = "--montage",
      paramLabel = "FILE",
      description = "A PNG: the query, and the hits with score, camera and time.")
  private Path montage;

  @Override
  public Integer call() throws IOException {
    ApiClient client = server.client();
    byte[] picture = query.image == null ? null : read(query.image);
    SearchReply reply =
        picture == null ? client.search(parameters()) : client.search(picture, parameters());
    print(reply);
    if (montage != null) {
      Montage.write(cells(client, picture, reply), montage);
      print("Written to " + montage);
    }
    return 0;
  }

  private static byte[] read(Path image) {
    try {
      if (Files.size(image) > ApiClient.MAX_PICTURE_BYTES) {
        throw new InvalidInputException(
            "%s: has %d MB, the limit of a picture is %d MB. Give a smaller one."
                .formatted(image, Files.size(image) >> 20, ApiClient.MAX_PICTURE_BYTES >> 20));
      }
      return Files.readAllBytes(image);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read (%s). Give a JPEG or PNG file."
              .formatted(image, e.getClass().getSimpleName()),
          e);
    }
  }

  private Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    put(parameters, "track", query.track);
    put(parameters, "crop", query.crop);
    parameters.put("camera", cameras);
    parameters.put("label", labels);
    put(parameters, "zone", zone);
    put(parameters, "since", since);
    put(parameters, "until", until);
    put(parameters, "top", Integer.toString(top));
    put(parameters, "whole", whole ? "true" : null);
    put(parameters, "own", own ? "true" : null);
    put(parameters, "version", version);
    return parameters;
  }

  private static void put(Map<String, List<String>> parameters, String name, String value) {
    if (value != null) {
      parameters.put(name, List.of(value));
    }
  }

  private void print(SearchReply reply) {
    print("%s: %s".formatted(reply.version(), asked(reply.query())));
    if (reply.hits().isEmpty()) {
      print("nothing is found");
      return;
    }
    int camera = width("camera", reply.hits().stream().map(Found::camera).toList());
    int track = width("track", reply.hits().stream().map(Found::track).toList());
    String form = "%6s  %-24s  %-" + camera + "s  %-" + track + "s  %s";
    print(form.formatted("score", "time", "camera", "track", "id"));
    for (Found hit : reply.hits()) {
      String score = String.format(Locale.ROOT, "%.4f", hit.score());
      print(form.formatted(score, hit.captureTime(), hit.camera(), hit.track(), hit.id()));
    }
  }

  private static int width(String title, List<String> texts) {
    return Math.max(title.length(), texts.stream().mapToInt(String::length).max().orElse(0));
  }

  private static String asked(Asked asked) {
    return switch (asked.kind()) {
      case CROP -> "like crop " + asked.id();
      case TRACK -> "like track %s, mean of %d".formatted(asked.id(), asked.vectors());
      case PICTURE -> "like the whole picture";
      case OBJECT -> {
        Box box = asked.box();
        yield String.format(
            Locale.ROOT,
            "like the %s (%.2f) of %.0f x %.0f px at %.0f, %.0f",
            asked.label(),
            asked.score(),
            box.width(),
            box.height(),
            box.x(),
            box.y());
      }
    };
  }

  private static List<Montage.Cell> cells(ApiClient client, byte[] picture, SearchReply reply)
      throws IOException {
    List<Montage.Cell> cells = new ArrayList<>();
    Asked asked = reply.query();
    byte[] shown = picture == null ? client.picture(asked.cropUrl()).orElse(null) : picture;
    cells.add(new Montage.Cell(shown, asked.box(), List.of("query", reply.version()), true));
    for (Found hit : reply.hits()) {
      List<String> lines =
          List.of(
              String.format(Locale.ROOT, "%.4f", hit.score()),
              hit.camera(),
              DAY_AND_TIME.format(hit.captureTime()));
      cells.add(new Montage.Cell(client.picture(hit.cropUrl()).orElse(null), null, lines, false));
    }
    return cells;
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
