package org.uniem.commands.execution;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.ResourceException;
import org.uniem.job.files.WholeFile;

/** A command for tests of network processes: ends in every way in which one can end. */
@Plugin(
    type = Command.class,
    name = "test-puppet",
    menuPath = "Plugins>Test>Puppet",
    description = "Ends as it is told, for tests")
public class PuppetCommand extends UniEmCommand {

  @Parameter(label = "Output", description = "text file", persist = false, style = "save")
  File output;

  @Parameter(label = "Text", description = "what is written", persist = false, required = false)
  String text = "hello";

  @Parameter(label = "Number", description = "written too", persist = false, max = "1e300")
  double number = 0.1;

  @Parameter(label = "Behaviour", description = "what it does", persist = false)
  String behaviour = "write";

  @Override
  protected boolean usesNetworks() {
    return true;
  }

  @Override
  protected Path execute(Job job) {
    job.message("pid " + ProcessHandle.current().pid());
    switch (behaviour) {
      case "input" -> throw new BadInputException("Slice 3\tis odd.\nMend it: C:\\new\\tab – 電子.");
      case "parameter" -> throw new BadParameterException("Number is odd.");
      case "output" -> throw new OutputException("The disk is full.");
      case "resource" -> throw new ResourceException("No GPU.");
      case "bug" -> throw new IllegalArgumentException("A bug.");
      case "wait" -> waitFor(job, true);
      case "stubborn" -> waitFor(job, false);
      case "exhaust" -> exhaust();
      case "segfault" -> crash();
      case "exit" -> Runtime.getRuntime().halt(3);
      case "chatter" -> chatter();
      default -> job.stage("Writing", 1, "texts").advance(1);
    }
    WholeFile.writeText(
        output.toPath(),
        text + "\n" + number + "\n" + threads() + "\n" + settings().device() + "\n");
    return output.toPath();
  }

  private static void waitFor(Job job, boolean cancels) {
    Job.Stage stage = job.stage("Waiting", -1, "turns");
    while (true) {
      if (cancels) {
        stage.advance(1);
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        // A native call is not interrupted either.
        continue;
      }
    }
  }

  private static void exhaust() {
    List<byte[]> all = new ArrayList<>();
    while (true) {
      all.add(new byte[1 << 24]);
    }
  }

  private static void crash() {
    try {
      Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
      field.setAccessible(true);
      Object unsafe = field.get(null);
      unsafe.getClass().getMethod("putAddress", long.class, long.class).invoke(unsafe, 8L, 1L);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What native libraries do. */
  private static void chatter() {
    try {
      new ProcessBuilder("sh", "-c", "echo noise; echo more >&2").inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
