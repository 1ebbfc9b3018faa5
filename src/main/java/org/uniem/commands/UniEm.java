package org.uniem.commands;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;
import org.uniem.commands.execution.Provenance;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.Arguments;
import org.uniem.commands.progress.ConsoleProgress;
import org.uniem.job.BadParameterException;
import org.uniem.job.UniemException;

/**
 * The command line: runs a command without Fiji.
 *
 * <p>{@code uniem <command> name=value …}. Progress and errors go to the error stream, the path of
 * the main result is the last line of the output stream. Exit status 0 if the command was done, 1
 * if it failed or was cancelled, 2 if the command line is wrong.
 */
public final class UniEm {

  /** Exit status of a command that was done. */
  public static final int DONE = 0;

  /** Exit status of a command that failed or was cancelled. */
  public static final int FAILED = 1;

  /** Exit status of a wrong command line. */
  public static final int WRONG_USAGE = 2;

  private static final long CANCEL_SECONDS = 150;

  private final PrintStream out;
  private final PrintStream err;

  private UniEm(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs one command line and ends the Java machine with its exit status. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, messages()));
  }

  /**
   * The error stream, or what the start script names instead of it, so that what native libraries
   * say can be told from what the suite says.
   */
  private static PrintStream messages() {
    String file = System.getProperty("uniem.messages", "");
    try {
      return file.isEmpty() ? System.err : new PrintStream(new FileOutputStream(file, true), true);
    } catch (FileNotFoundException e) {
      return System.err; // a system without such files: the messages go where they always can
    }
  }

  /**
   * Runs one command line.
   *
   * @param args the command and its parameters as {@code name=value}
   * @param out receives help texts and, last, the path of the main result
   * @param err receives progress and error messages
   * @return the exit status
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    UniEm commandLine = new UniEm(out, err);
    try (Context context = new Context(CommandService.class, ModuleService.class)) {
      return commandLine.dispatch(Arrays.asList(args), context);
    } catch (BadParameterException e) {
      err.println(e.getMessage());
      return WRONG_USAGE;
    } catch (UniemException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private int dispatch(List<String> args, Context context) {
    CommandCatalog catalog = new CommandCatalog(context.service(CommandService.class));
    HelpText texts = new HelpText(Integer.getInteger("uniem.columns", 100));
    if (args.isEmpty()) {
      err.print(texts.usage());
      return WRONG_USAGE;
    }
    String first = args.get(0);
    List<String> others = args.subList(1, args.size());
    switch (first) {
      case "--version", "-v", "version" -> out.println(Provenance.version());
      case "--list", "-l", "list" -> out.print(texts.list(catalog));
      case "--help", "-h", "help" -> out.print(help(others, texts, catalog, context));
      case "completion", "--completion" ->
          out.print(Completion.script(others.isEmpty() ? "" : others.get(0), catalog));
      default -> {
        return runOrExplain(first, others, texts, catalog, context);
      }
    }
    return DONE;
  }

  private int runOrExplain(
      String name, List<String> words, HelpText texts, CommandCatalog catalog, Context context) {
    CommandInfo info = catalog.get(name);
    if (words.contains("--help") || words.contains("-h") || words.equals(List.of("help"))) {
      out.print(help(List.of(name), texts, catalog, context));
      return DONE;
    }
    return runCommand(
        create(info, context), Arguments.parse(name, catalog.parameters(name), words));
  }

  private static String help(
      List<String> of, HelpText texts, CommandCatalog catalog, Context context) {
    if (of.isEmpty()) {
      return texts.usage();
    }
    CommandInfo info = catalog.get(of.get(0));
    return texts.of(info, (UniEmCommand) create(info, context).getDelegateObject());
  }

  private static Module create(CommandInfo info, Context context) {
    Module module = context.service(ModuleService.class).createModule(info);
    if (module == null) {
      throw new IllegalStateException("The command " + info.getClassName() + " cannot be made.");
    }
    return module;
  }

  private int runCommand(Module module, Map<String, Object> values) {
    UniEmCommand command = (UniEmCommand) module.getDelegateObject();
    values.forEach(module::setInput);
    ConsoleProgress progress = new ConsoleProgress(err, Boolean.getBoolean("uniem.terminal"));
    command.reportTo(progress);
    CountDownLatch ended = new CountDownLatch(1);
    Thread onInterrupt = new Thread(() -> cancelAndAwait(command, ended), "uniem-interrupt");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try (InterruptKey key = InterruptKey.watch(command, err)) {
      command.run();
    } catch (RuntimeException | Error e) {
      // The command has kept it as its failure, reported below with those thrown on purpose.
      if (command.failure().isEmpty()) {
        throw e;
      }
    } finally {
      progress.finishLine();
      ended.countDown();
    }
    int status = report(command);
    removeHook(onInterrupt);
    return status;
  }

  private static void cancelAndAwait(UniEmCommand command, CountDownLatch ended) {
    command.cancel("Cancelled.");
    try {
      ended.await(CANCEL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The machine is shutting down already, because the user pressed Ctrl-C: the hook has run.
    }
  }

  private int report(UniEmCommand command) {
    Optional<Throwable> failure = command.failure();
    if (failure.isPresent()) {
      return reportFailure(command, failure.get());
    }
    if (command.isCanceled()) {
      err.println(command.getCancelReason());
      return FAILED;
    }
    out.println(command.result().map(Path::toString).orElse(""));
    out.flush();
    return DONE;
  }

  private int reportFailure(UniEmCommand command, Throwable failure) {
    if (failure instanceof UniemException) {
      err.println(failure.getMessage());
      return failure instanceof BadParameterException ? WRONG_USAGE : FAILED;
    }
    err.println(
        "uniem "
            + command.commandName()
            + " failed for a reason it did not expect. Please report the lines below with the"
            + " command line and the version ("
            + Provenance.version()
            + ") at https://forum.image.sc/tag/uni-em:");
    failure.printStackTrace(err);
    return FAILED;
  }
}
