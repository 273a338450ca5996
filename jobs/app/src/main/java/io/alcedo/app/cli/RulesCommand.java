package io.alcedo.app.cli;

import io.alcedo.operators.stream.rules.RuleSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes the rules of a pipeline that runs. */
@Command(name = "rules", description = "Add, change and end the rules of a pipeline that runs.")
final class RulesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What? See below.");
  }

  private static ControlTopic<RuleSpec> topic(ControlOption control) {
    return ControlTopic.read(control.kafka(), RuleSpec.REVISIONS, control.pipeline().rules());
  }

  @Command(
      name = "put",
      description = "Add a rule, or a new revision of one. It holds a second later.")
  int put(
      @Mixin ControlOption control,
      @Parameters(paramLabel = "RULE", description = "YAML of one rule.") Path rule)
      throws IOException {
    print("put " + topic(control).put(Files.readString(rule), rule.toString()));
    return 0;
  }

  @Command(name = "disable", description = "End a rule of the topic. It holds a second later.")
  int disable(@Mixin ControlOption control, @Parameters(paramLabel = "ID") String id) {
    print("put %s, which is disabled".formatted(topic(control).disable(id)));
    return 0;
  }

  @Command(name = "list", description = "All revisions of all rules, the file's too.")
  int list(@Mixin ControlOption control) {
    ControlTopic<RuleSpec> topic = topic(control);
    for (RuleSpec rule : topic.known()) {
      print(
          "%s  %s  from %s  of the %s%s"
              .formatted(
                  rule.version(),
                  rule.when().type(),
                  rule.effectiveFrom(),
                  topic.origin(rule),
                  rule.enabled() ? "" : "  disabled"));
    }
    return 0;
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
