package io.alcedo.app.cli;

import io.alcedo.app.output.StatusLine;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.pretrained.Architecture;
import io.alcedo.training.pretrained.Architectures;
import io.alcedo.training.pretrained.Download;
import io.alcedo.training.pretrained.EnvironmentProxies;
import io.alcedo.training.pretrained.ImportFacts;
import io.alcedo.training.pretrained.ModelImport;
import io.alcedo.training.pretrained.PublishedCheckpoint;
import io.alcedo.training.pretrained.PublishedCheckpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings weights from elsewhere in, and trained ones out. */
@Command(
    name = "models",
    description =
        "List, show, verify and time models; import, pull and adopt them; export trained ones.",
    subcommands = {
      ModelsListCommand.class,
      ModelsShowCommand.class,
      ModelsVerifyCommand.class,
      ModelsBenchCommand.class,
      ModelsAdoptCommand.class,
      ModelsExportCommand.class,
      ModelsRegistryCommands.Publish.class,
      ModelsRegistryCommands.Promote.class,
      ModelsRegistryCommands.Rollback.class,
      ModelsRegistryCommands.History.class
    })
final class ModelsCommand implements Runnable {
  static final String OUTPUT = "out/models";
  private static final String DOWNLOADS = "downloads";
  private static final int MEGABYTE = 1_000_000;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What about models? See below.");
  }

  @Command(
      name = "import",
      description = {
        "Import a checkpoint: torch.save files (.pth, .pt, .pth.tar) and safetensors.",
        "Nothing in the file is run. Of a known network it becomes a model that --model serves."
      })
  int importFile(
      @Parameters(paramLabel = "FILE", description = "The checkpoint.") Path file,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "Name of the model and its folder (the file's name).")
          String name,
      @Option(
              names = "--as",
              paramLabel = "ARCHITECTURE",
              description = "What it must be, as in maskrcnn_resnet50_fpn (found out by itself).")
          String architecture,
      @Option(names = "--licence", paramLabel = "TEXT", description = "Licence to note down.")
          String licence,
      @Option(
              names = "--labels",
              paramLabel = "FILE",
              description = "Class names, one a line, without a background (COCO's, or numbers).")
          Path labels,
      @Option(
              names = "--output",
              paramLabel = "DIR",
              defaultValue = OUTPUT,
              description = "Where models go (${DEFAULT-VALUE}).")
          Path output) {
    Architecture expected = architecture == null ? null : Architectures.named(architecture);
    String chosen = name == null ? ModelImport.nameOf(file) : name;
    ModelImport target = new ModelImport(output);
    report(target.run(file, chosen, expected, licence, names(labels)), output);
    return 0;
  }

  private static List<String> names(Path file) {
    if (file == null) {
      return null;
    }
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new InvalidInputException(
          "--labels %s: cannot be read (%s). Give a text file.".formatted(file, e), e);
    }
  }

  @Command(
      name = "pull",
      description = "Download published weights, check them and import them. Resumes.")
  int pull(
      @Parameters(paramLabel = "NAME", description = "As in models list.") String name,
      @Option(
              names = {"--accept-licence", "--accept-license"},
              description = "You have read the licence and agree.")
          boolean accepted,
      @Option(
              names = "--mirror",
              paramLabel = "URL",
              description = "Folder that has the file under its own name, instead of its home.")
          URI mirror,
      @Option(
              names = "--output",
              paramLabel = "DIR",
              defaultValue = OUTPUT,
              description = "Where models go (${DEFAULT-VALUE}).")
          Path output) {
    PublishedCheckpoint checkpoint = PublishedCheckpoints.named(name);
    requireWeb(mirror);
    out().printf("%s: %s%n", checkpoint.name(), checkpoint.address(mirror));
    out().printf("licence: %s%n", checkpoint.licence());
    out().flush();
    if (!accepted) {
      throw new InvalidInputException(
          "%s: its licence is not accepted. Read it above; then add --accept-licence."
              .formatted(name));
    }
    ModelImport target = new ModelImport(output);
    target.directory(name);
    Path file;
    try (StatusLine status = StatusLine.onStandardOutput()) {
      Download download =
          new Download(
              EnvironmentProxies.ofProcess(),
              Download.Patience.DEFAULT,
              (done, total) -> status.show(progress(checkpoint.fileName(), done, total)));
      file = checkpoint.fetch(output.resolve(DOWNLOADS), mirror, download);
    }
    Architecture architecture = Architectures.named(checkpoint.architecture());
    report(target.run(file, name, architecture, checkpoint.licence(), null), output);
    return 0;
  }

  private static void requireWeb(URI mirror) {
    if (mirror != null && !List.of("http", "https").contains(String.valueOf(mirror.getScheme()))) {
      throw new InvalidInputException(
          "--mirror is '%s', expected http:// or https://.".formatted(mirror));
    }
  }

  static String progress(String name, long done, long total) {
    if (total <= 0) {
      return String.format(Locale.ROOT, "%s  %.1f MB", name, (double) done / MEGABYTE);
    }
    int filled = (int) (20 * done / total);
    return String.format(
        Locale.ROOT,
        "%s  [%s%s] %3d %%  %.1f of %.1f MB",
        name,
        "#".repeat(filled),
        ".".repeat(20 - filled),
        100 * done / total,
        (double) done / MEGABYTE,
        (double) total / MEGABYTE);
  }

  private void report(ImportFacts facts, Path output) {
    Path weights = output.resolve(facts.name()).resolve(ModelImport.WEIGHTS);
    out()
        .printf(
            Locale.ROOT,
            "%s: %d tensors, %.1f M parameters, %s%n",
            weights,
            facts.tensors(),
            facts.parameters() / 1e6,
            architecture(facts));
    if (!facts.prefix().isEmpty()) {
      out().printf("Names were stripped of %s%n", facts.prefix());
    }
    if (!facts.renamed().isEmpty() || !facts.dropped().isEmpty()) {
      out()
          .printf(
              "%d names are of today instead of an older torchvision, %d tensors were left out; import.json lists them.%n",
              facts.renamed().size(), facts.dropped().size());
    }
    out().println(served(output.resolve(facts.name())));
    out().flush();
  }

  private static String served(Path folder) {
    return Files.exists(folder.resolve(ModelDirectory.MANIFEST))
        ? "To serve it: ./alcedo run --model %s --video FILE".formatted(folder)
        : "It cannot be served as it is: it is no known network, or has another head than a classifier's.";
  }

  private static String architecture(ImportFacts facts) {
    return facts.architecture() == null ? "architecture unknown" : facts.architecture();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
