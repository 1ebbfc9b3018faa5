package org.uniem.commands;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scijava.InstantiableException;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/** The suite's commands by their kebab-case names. Immutable and thread-safe. */
final class CommandCatalog {

  private final Map<String, CommandInfo> commands = new TreeMap<>();

  /**
   * @param service knows all commands of the application
   */
  CommandCatalog(CommandService service) {
    for (CommandInfo info : service.getCommands()) {
      String name = info.getAnnotation().name();
      if (!name.isEmpty() && UniEmCommand.class.isAssignableFrom(load(info))) {
        commands.put(name, info);
      }
    }
  }

  private static Class<?> load(CommandInfo info) {
    try {
      return info.loadClass();
    } catch (InstantiableException e) {
      throw new IllegalStateException(
          "The plugin index names " + info.getClassName() + ", which cannot be loaded.", e);
    }
  }

  /** All names in alphabetical order. */
  List<String> names() {
    return List.copyOf(commands.keySet());
  }

  /**
   * The command of a name.
   *
   * @throws BadParameterException if there is none; proposes the nearest
   */
  CommandInfo get(String name) {
    CommandInfo info = commands.get(name);
    if (info == null) {
      throw new BadParameterException(
          "Unknown command '"
              + name
              + "'. "
              + Spelling.suggest(name, names())
              + "Commands: "
              + String.join(", ", names())
              + ".");
    }
    return info;
  }

  /** The parameters of a command. */
  List<CommandParameters.Input> parameters(String name) {
    return CommandParameters.of(load(get(name)));
  }
}
