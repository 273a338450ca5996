package io.alcedo.app.cli;

import io.alcedo.app.http.SearchServer;
import io.alcedo.app.index.IndexConfig;
import io.alcedo.app.index.IndexRebuild;
import io.alcedo.app.index.IndexServer;
import io.alcedo.app.index.IndexStatus;
import io.alcedo.app.index.IndexVersion;
import io.alcedo.app.index.LiveIndex;
import io.alcedo.app.index.StoredIndex;
import io.alcedo.app.local.PipelineConfig;
import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The index of embeddings of a run: how it does, and serving it. */
@Command(name = "index", description = "How the index of embeddings of a run does, and serving it.")
final class IndexCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What? See below.");
  }

  @Command(
      name = "status",
      description = "Its versions, the one that serves, and how far a change of encoder is.")
  int status(@Mixin ServerOption server) throws IOException {
    IndexStatus status = server.client().index();
    print("serving   " + (status.serving() == null ? "none yet" : status.serving()));
    for (IndexVersion version : status.versions()) {
      print(
          "version   %s  %d vectors of %d numbers%s"
              .formatted(
                  version.name(),
                  version.count(),
                  version.dimensions(),
                  version.fault() == null ? "" : "  FAULTY: " + version.fault()));
    }
    print("records   " + status.records());
    if (status.freshness() != null) {
      IndexStatus.Freshness freshness = status.freshness();
      print(
          String.format(
              Locale.ROOT,
              "found     %.2f s after the frame was published (p50), %.2f s (p99), of the last %d",
              freshness.p50() / 1e3,
              freshness.p99() / 1e3,
              freshness.vectors()));
    }
    if (status.restoration() != null) {
      print(
          "restores  %d of %d pictures looked at"
              .formatted(status.restoration().looked(), status.restoration().total()));
    }
    if (status.migration() != null) {
      print("change    " + progress(status.migration()));
    }
    return 0;
  }

  @Command(
      name = "serve",
      description = {
        "Keep the index of a pipeline that runs elsewhere, and answer searches in it, until Ctrl-C.",
        "With --output: answer searches in the index that a run has left there."
      })
  int serve(@Mixin Served served) throws InterruptedException {
    try (LiveIndex live = served.open();
        SearchServer server =
            SearchServer.start(live, served.pipeline.read().http(), served.detector())) {
      print("Searches at " + server.address());
      new CountDownLatch(1).await();
    }
    return 0;
  }

  @Command(
      name = "rebuild",
      description = {
        "Drop what is damaged, and make vectors of all stored pictures that have none.",
        "With --output: of a run that is over, of its pictures alone. Else the index",
        "that runs is told to, and does it beside its work, of its topic as well."
      })
  int rebuild(@Mixin Served served, @Mixin ServerOption server) throws IOException {
    if (served.output != null) {
      IndexRebuild.Progress end = served.rebuild().run(this::print);
      print(
          "%s: %d vectors made, %d pictures say nothing of themselves or are none"
              .formatted(end.version(), end.made(), end.left()));
      return 0;
    }
    List<String> dropped = server.client().rebuild();
    print(
        (dropped.isEmpty() ? "nothing was damaged" : "dropped " + String.join(", ", dropped))
            + "; ./alcedo index status says how far it is");
    return 0;
  }

  private void print(IndexRebuild.Progress progress) {
    print(
        "%d of %d pictures looked at, %d vectors made"
            .formatted(progress.looked(), progress.total(), progress.made()));
  }

  /** What is served. */
  static final class Served {
    @Mixin private PipelineOption pipeline;

    @Option(
        names = "--output",
        paramLabel = "DIR",
        description = "The output folder of a run that is over, with index and crops.")
    private Path output;

    @Option(
        names = "--encoder",
        converter = ModelFolder.class,
        paramLabel = "DIR",
        description = "Default: the file's, else the bundled one.")
    private Path encoder;

    private IndexRebuild rebuild() {
      PipelineConfig file = pipeline.read();
      return new IndexRebuild(index(file).in(output), encoder(file), file.scenes());
    }

    private static IndexConfig index(PipelineConfig file) {
      return file.index() == null ? IndexConfig.DEFAULT : file.index();
    }

    private LiveIndex open() {
      PipelineConfig file = pipeline.read();
      IndexConfig index = index(file);
      if (output != null) {
        return new StoredIndex(index.in(output), encoder(file));
      }
      if (file.kafka() == null) {
        throw new InvalidInputException(
            "nothing to serve: expected --output DIR of a run that is over, or --config with a block kafka");
      }
      return IndexServer.start(
          new IndexServer.Source(
              "alcedo",
              file.kafka(),
              encoder(file),
              file.registry() == null ? null : file.registry().settings(file.kafka()),
              file.scenes()),
          index.in(pipeline.folder()));
    }

    private Path encoder(PipelineConfig file) {
      if (encoder != null) {
        return encoder;
      }
      return file.encoder() == null
          ? BundledModel.encoder()
          : pipeline.folder().resolve(file.encoder().model());
    }

    private Path detector() {
      String model = pipeline.read().model();
      return model == null ? BundledModel.directory() : pipeline.folder().resolve(model);
    }
  }

  private static String progress(IndexStatus.Migration migration) {
    return String.format(
        Locale.ROOT,
        "to %s: %d of %d vectors, %.1f/s%s%s",
        migration.filling(),
        migration.done(),
        migration.total(),
        migration.perSecond(),
        migration.gone() == 0 ? "" : ", %d without a picture".formatted(migration.gone()),
        migration.waiting() == null ? "" : "; then to " + migration.waiting());
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
