package org.uniem.commands;

import java.util.List;
import java.util.stream.Collectors;
import org.scijava.MenuPath;
import org.scijava.command.CommandInfo;

/** The texts that explain the command line. */
final class HelpText {

  static final String USAGE =
      """
      UNI-EM for Fiji: from a stack of electron-microscopy images to measured 3D objects.

      uniem <command> name=value …   run a command
      uniem --list                   list the commands
      uniem --help <command>         explain a command and its parameters
      uniem --version                print the version
      """;

  private HelpText() {}

  /** One line per command. */
  static String list(CommandCatalog catalog) {
    return catalog.names().stream()
        .map(name -> String.format("%-16s %s%n", name, catalog.get(name).getDescription()))
        .collect(Collectors.joining());
  }

  /**
   * What a command does and its parameters with types, ranges and defaults.
   *
   * @param defaults a fresh instance of the command
   */
  static String of(CommandInfo info, UniEmCommand defaults) {
    StringBuilder text = new StringBuilder();
    List<CommandParameters.Input> inputs = CommandParameters.of(defaults.getClass());
    text.append(String.format("uniem %s", info.getAnnotation().name()));
    for (CommandParameters.Input input : inputs) {
      if (input.annotation().required() && input.value(defaults) == null) {
        text.append(' ').append(input.name()).append("=…");
      }
    }
    text.append(String.format(" [name=value …]%n%n%s%n", info.getDescription()));
    text.append(String.format("In Fiji: %s%n%n", menu(info.getMenuPath())));
    for (CommandParameters.Input input : inputs) {
      text.append(String.format("  %-18s %s%n", input.name(), details(input, defaults)));
      text.append(String.format("  %-18s %s%n", "", input.annotation().description()));
    }
    return text.toString();
  }

  private static String menu(MenuPath path) {
    return path.stream().map(entry -> entry.getName()).collect(Collectors.joining(" > "));
  }

  private static String details(CommandParameters.Input input, UniEmCommand defaults) {
    StringBuilder text = new StringBuilder();
    List<String> choices = List.of(input.annotation().choices());
    if (choices.isEmpty()) {
      text.append(CommandParameters.typeName(input.field().getType()));
      CommandParameters.rangeOf(input).ifPresent(range -> text.append(", ").append(range));
    } else {
      text.append(String.join(" | ", choices));
    }
    Object value = input.value(defaults);
    if (value != null && !value.toString().isEmpty()) {
      text.append("; default ").append(value);
    } else {
      text.append(input.annotation().required() ? "; required" : "; optional");
    }
    return text.toString();
  }
}
