package io.alcedo.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A command as a user gives it, and what came of it. */
record CommandLineRun(int code, String out, String error) {
  static CommandLineRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    CommandLine line = Alcedo.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(error));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    return new CommandLineRun(line.execute(arguments), out.toString(), error.toString());
  }
}
