package io.alcedo.app.models;

import io.alcedo.connectors.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a {@link ModelTrial} in a JVM of its own. ONNX Runtime writes its warnings to the standard
 * error of the process, past Java; and a graph that makes it crash must not take the command along.
 */
public final class TrialProcess {
  private static final String FAULT = "fault  ";
  private static final int OK = 0;

  private TrialProcess() {}

  /**
   * Tries a model, echoing what is in order.
   *
   * @throws InvalidInputException if there is a fault or a warning
   */
  public static void run(Path folder, PrintWriter out) throws IOException, InterruptedException {
    Process child = start(folder);
    CompletableFuture<List<String>> warnings =
        CompletableFuture.supplyAsync(() -> lines(child.errorReader(StandardCharsets.UTF_8)));
    String fault = null;
    for (String line : lines(child.inputReader(StandardCharsets.UTF_8))) {
      if (line.startsWith(FAULT)) {
        fault = line.substring(FAULT.length());
      } else {
        out.println(line);
      }
    }
    int code = child.waitFor();
    List<String> said = warnings.join();
    if (fault != null) {
      throw new InvalidInputException(fault);
    }
    if (code != OK) {
      throw new InvalidInputException(
          "%s: the trial died with code %d%s"
              .formatted(folder, code, said.isEmpty() ? "" : "; last words: " + last(said)));
    }
    if (!said.isEmpty()) {
      throw new InvalidInputException(
          "%s: ONNX Runtime wrote %d lines of warnings; the first: %s"
              .formatted(folder, said.size(), said.get(0).strip()));
    }
    out.println("ok  ONNX Runtime gave no warning");
  }

  private static String last(List<String> lines) {
    return lines.get(lines.size() - 1).strip();
  }

  private static Process start(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-opens") || option.startsWith("-Dalcedo"))
        .forEach(command::add);
    command.addAll(List.of("-Djava.awt.headless=true", TrialProcess.class.getName()));
    command.add(folder.toAbsolutePath().toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    // In the environment: a class path of this length does not belong on a command line.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start();
  }

  private static List<String> lines(BufferedReader reader) {
    try (reader) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The child: prints what is in order, and the fault if there is one. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    try {
      new ModelTrial(Path.of(arguments[0]), out).run();
    } catch (RuntimeException e) {
      out.println(FAULT + String.valueOf(e.getMessage()).replace('\n', ' '));
    }
    out.flush();
    System.exit(OK);
  }
}
