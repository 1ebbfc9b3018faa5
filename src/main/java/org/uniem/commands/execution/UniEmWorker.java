package org.uniem.commands.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;
import org.uniem.commands.parameters.Arguments;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.worker.WorkerChannel;
import org.uniem.commands.worker.WorkerCommand;
import org.uniem.job.BadParameterException;

/**
 * The main class of a network process: runs one command, the same way as the command line does, and
 * answers through its pipes.
 */
public final class UniEmWorker {

  private static final int PARENT_GONE = 1;

  private final WorkerChannel channel;

  private UniEmWorker(WorkerChannel channel) {
    this.channel = channel;
  }

  /** Runs the command that the parent sends and ends this Java. */
  public static void main(String[] args) {
    WorkerChannel channel = WorkerChannel.open();
    boolean cancelled = false;
    try {
      cancelled = new UniEmWorker(channel).run(channel.command());
    } catch (IOException e) {
      System.exit(PARENT_GONE);
    }
    // A cancelled training may still write its checkpoint: this Java ends with that thread.
    if (!cancelled) {
      System.exit(0);
    }
  }

  /** Whether it was cancelled. */
  private boolean run(WorkerCommand order) {
    try (Context context = new Context(CommandService.class, ModuleService.class)) {
      Module module = module(order.type(), context);
      UniEmCommand command = (UniEmCommand) module.getDelegateObject();
      Map<String, Object> values =
          Arguments.parse(
              command.commandName(), CommandParameters.of(command.getClass()), order.parameters());
      values.forEach(module::setInput);
      command.reportTo(channel);
      command.computeWith(order.settings());
      channel.onCancel(() -> command.cancel("Cancelled."));
      run(command);
      return command.isCanceled();
    } catch (RuntimeException | Error e) {
      channel.failed(e);
      return false;
    }
  }

  private void run(UniEmCommand command) {
    try {
      command.run();
    } catch (RuntimeException | Error e) {
      // The command has kept it as its failure, sent below with those thrown on purpose.
      if (command.failure().isEmpty()) {
        throw e;
      }
    }
    Optional<Path> result = command.result();
    if (command.failure().isPresent()) {
      channel.failed(command.failure().get());
    } else if (result.isPresent()) {
      channel.done(result.get());
    } else {
      channel.cancelled();
    }
  }

  /** Asked for by class, so that commands whose libraries are not here are left alone. */
  private static Module module(String type, Context context) {
    CommandInfo info = context.service(CommandService.class).getCommand(type);
    if (info == null) {
      throw new BadParameterException(
          "The network process has no command " + type + ": install UNI-EM again.");
    }
    Module module = context.service(ModuleService.class).createModule(info);
    if (module == null) {
      throw new IllegalStateException("The command " + type + " cannot be made.");
    }
    return module;
  }
}
