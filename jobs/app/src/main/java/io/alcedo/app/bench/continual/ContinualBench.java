package io.alcedo.app.bench.continual;

import io.alcedo.app.crops.CropsConfig;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.data.TrackedCrop;
import io.alcedo.training.evaluation.PlainDescriptor;
import io.alcedo.training.evaluation.Retrieval;
import io.alcedo.training.ops.Libtorch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares ways of learning from a stream: each arm sees the same crops in the same order (but for
 * the shuffled one), and is judged by finding people again whom it never saw. Arms that are in the
 * output folder's tables are done and are not run again.
 */
public final class ContinualBench {
  private static final String CONFIG = "config.yaml";

  private final ContinualBenchConfig config;
  private final Path base;
  private final Path output;
  private final BenchCrops crops;
  private final PrintWriter out;

  /**
   * Prepares.
   *
   * @param file YAML of a {@link ContinualBenchConfig}
   * @param detector finds the people of the stream
   * @param output keeps crops, tables, charts and encoders
   * @throws InvalidInputException if the file is wrong, or the output is another configuration's
   */
  public ContinualBench(Path file, Path detector, Path output, PrintWriter out) throws IOException {
    config = YamlReader.read(file, ContinualBenchConfig.class);
    base = file.toAbsolutePath().getParent();
    this.output = Files.createDirectories(output);
    this.out = out;
    crops = new BenchCrops(base, detector, output.resolve("crops"), out);
    requireSame(Files.readString(file), output.resolve(CONFIG));
    Libtorch.threads(config.learner().threads());
  }

  private static void requireSame(String text, Path kept) throws IOException {
    if (Files.exists(kept) && !Files.readString(kept).equals(text)) {
      throw new InvalidInputException(
          "%s: these are results of another configuration; give another --output".formatted(kept));
    }
    Files.writeString(kept, text);
  }

  /** Runs the arms that are not done and tells how all did on the validation's people. */
  public void run() throws IOException {
    Findings findings = Findings.open(output.resolve("validation.csv"));
    Judge judge = judge("validation", config.validation());
    compareWithPlain(judge, findings);
    BenchStream stream = stream();
    out.println("%d crops to learn from".formatted(stream.crops().size()));
    ArmRun run = new ArmRun(judge, config.places(), config.judgeEvery(), out);
    for (long seed : config.seeds()) {
      for (Arm arm : Arm.values()) {
        if (!findings.has(arm.code(), seed) && (arm != Arm.FROZEN || isFirst(seed))) {
          ContinualConfig learner = arm.learner(config.learner(), weights(), seed);
          ArmRun.Result result = run.run(arm, seed, learner, arm.of(stream, seed));
          Safetensors.writeEntries(encoder(arm, seed), Map.of(), result.weights());
          findings.add(result.findings());
          report(findings, "validation");
        }
      }
    }
    report(findings, "validation");
    tell(findings);
  }

  /**
   * Times updates of the learner whose memory is the least redundant, beside a bare loop.
   *
   * @param blocks of each, of which the first is not counted
   * @param steps of a block
   */
  public void time(int blocks, int steps) throws IOException {
    ContinualConfig learner = Arm.MIN_RED.learner(config.learner(), null, 1);
    new UpdateTiming(learner, blocks, steps, out).run(stream().crops());
  }

  /** Looks at the test's people with the encoders that the arms have left. */
  public void test() throws IOException {
    Findings findings = Findings.open(output.resolve("test.csv"));
    Judge judge = judge("test", config.test());
    compareWithPlain(judge, findings);
    for (long seed : config.seeds()) {
      for (Arm arm : Arm.values()) {
        Path encoder = encoder(arm, seed);
        if (Files.exists(encoder) && !findings.has(arm.code(), seed)) {
          add(findings, arm.code(), seed, judge.of(Safetensors.read(encoder).tensors()));
        }
      }
    }
    Files.writeString(output.resolve("test.txt"), report(findings).table());
    tell(findings);
  }

  private boolean isFirst(long seed) {
    return seed == config.seeds().get(0);
  }

  private String weights() {
    return base.resolve(config.weights()).normalize().toString();
  }

  private Path encoder(Arm arm, long seed) {
    return output.resolve("%s-%d.safetensors".formatted(arm.code(), seed));
  }

  private Judge judge(String what, Map<String, CropsConfig> sources) throws IOException {
    Map<String, List<TrackedCrop>> places = new LinkedHashMap<>();
    for (String place : config.places()) {
      places.put(place, crops.of(what + "-" + place, sources.get(place)));
    }
    return new Judge(config.learner().network(), places);
  }

  private BenchStream stream() throws IOException {
    List<List<TrackedCrop>> phases = new ArrayList<>();
    for (ContinualBenchConfig.Phase phase : config.stream()) {
      phases.add(crops.of("stream-" + phase.name(), phase.crops()));
    }
    return BenchStream.of(phases, config.learner().intake().leastDifference());
  }

  private void compareWithPlain(Judge judge, Findings findings) throws IOException {
    for (PlainDescriptor descriptor : PlainDescriptor.values()) {
      if (!findings.has(descriptor.title(), 0)) {
        add(findings, descriptor.title(), 0, judge.of(descriptor));
      }
    }
  }

  private void add(Findings findings, String arm, long seed, Map<String, Retrieval> found)
      throws IOException {
    List<String> places = config.places();
    String last = places.get(places.size() - 1);
    List<Finding> rows = new ArrayList<>();
    found.forEach((place, retrieval) -> rows.add(Finding.of(arm, seed, 0, last, place, retrieval)));
    findings.add(rows);
  }

  private ContinualReport report(Findings findings) {
    return new ContinualReport(findings, config.places());
  }

  private void report(Findings findings, String name) throws IOException {
    Files.writeString(output.resolve(name + ".txt"), report(findings).table());
    report(findings).draw(output.resolve(name + ".png"));
  }

  private void tell(Findings findings) {
    out.print(report(findings).table());
    out.flush();
  }
}
