package org.positionmanager.starter;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * A command as a person types it, within this process; for commands that write where picocli says.
 */
public record PmRun(int exitCode, String out, String err) {
  public static PmRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Pm.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int exitCode = line.execute(arguments);
    return new PmRun(exitCode, out.toString(), err.toString());
  }
}
