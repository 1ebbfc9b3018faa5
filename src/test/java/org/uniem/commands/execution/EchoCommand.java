package org.uniem.commands.execution;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.files.WholeFile;

/** A command for tests: writes its text to a file, or fails or waits as asked. */
@Plugin(
    type = Command.class,
    name = "test-echo",
    menuPath = "Plugins>Test>Echo",
    description = "Writes text for tests")
public class EchoCommand extends UniEmCommand {

  static final CountDownLatch WAITING = new CountDownLatch(1);

  @Parameter(label = "Output", description = "text file", persist = false, style = "save")
  File output;

  @Parameter(label = "Input", description = "any file or folder", persist = false, required = false)
  File input;

  @Parameter(label = "Text", description = "what is written")
  String text = "hello";

  @Parameter(label = "Threshold", description = "a fraction", persist = false, min = "0", max = "1")
  double threshold = 0.5;

  @Parameter(label = "Count", description = "a count", persist = false, min = "1")
  int count = 1;

  @Parameter(label = "Upper case", description = "in capitals")
  boolean upperCase;

  @Parameter(
      label = "Behaviour",
      description = "what it does",
      persist = false,
      choices = {"write", "refuse", "crash", "wait", "exhaust"})
  String behaviour = "write";

  @Override
  protected Path execute(Job job) {
    switch (behaviour) {
      case "refuse" -> throw new BadInputException("Refused: slice 3 is odd. Mend it.");
      case "crash" -> throw new IllegalStateException("A bug.");
      case "exhaust" -> throw new OutOfMemoryError("Java heap space");
      case "wait" -> {
        WAITING.countDown();
        while (true) {
          job.checkCancelled();
          Thread.onSpinWait();
        }
      }
      default -> {
        Job.Stage stage = job.stage("Writing", count, "texts");
        stage.advance(count);
        WholeFile.writeText(output.toPath(), upperCase ? text.toUpperCase() : text);
      }
    }
    return output.toPath();
  }

  /** Called by the macro of a test. */
  public static String fail(String folder) {
    EchoCommand command = new EchoCommand();
    command.output = Path.of(folder, "failed.txt").toFile();
    command.behaviour = "refuse";
    command.run();
    return command.getCancelReason();
  }

  /** Called by the macro of a test. */
  public static String succeed(String folder) {
    EchoCommand command = new EchoCommand();
    command.output = Path.of(folder, "done.txt").toFile();
    command.run();
    return "";
  }
}
