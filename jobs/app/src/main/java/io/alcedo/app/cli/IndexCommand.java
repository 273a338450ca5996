package io.alcedo.app.cli;

import io.alcedo.app.index.IndexStatus;
import io.alcedo.app.index.IndexVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a run's index of embeddings says of itself. */
@Command(name = "index", description = "How the index of embeddings of a run does.")
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
    if (status.migration() != null) {
      print("change    " + progress(status.migration()));
    }
    return 0;
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
