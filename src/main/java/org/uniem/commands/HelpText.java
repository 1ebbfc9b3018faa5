package org.uniem.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scijava.MenuPath;
import org.scijava.command.CommandInfo;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.CommandParameters;

/** The texts that explain the command line, as wide as the terminal. */
final class HelpText {

  /** Examples of every command: its name at the begin of a line, {@code #} before a remark. */
  private static final String EXAMPLES = "examples.txt";

  private static final int LEAST_COLUMNS = 50;
  private static final int MOST_COLUMNS = 110;

  private static final String USAGE =
      """
      UNI-EM for Fiji: from a stack of electron-microscopy images to measured 3D objects.

      uniem <command> name=value …    run a command; --name value is understood, too
      uniem --list                    list the commands
      uniem help <command>            explain a command and its parameters, with examples
      uniem completion bash|zsh       a script that completes names with the tabulator key
      uniem --version                 print the version

      A first result in two minutes: uniem demo
      """;

  private final int columns;

  /**
   * @param columns width of the terminal in characters
   */
  HelpText(int columns) {
    this.columns = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, columns));
  }

  /** What can be typed at all. */
  String usage() {
    return USAGE;
  }

  /** One line per command, by the steps of the work as in Fiji's menu. */
  String list(CommandCatalog catalog) {
    Map<String, List<CommandInfo>> groups = new LinkedHashMap<>();
    catalog.names().stream()
        .map(catalog::get)
        .sorted(Comparator.comparingDouble(HelpText::place))
        .forEach(info -> groups.computeIfAbsent(group(info), g -> new ArrayList<>()).add(info));
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (group, infos) -> {
          text.append(text.isEmpty() ? "" : "\n").append(group).append('\n');
          infos.forEach(
              info -> entry(text, info.getAnnotation().name(), 16, List.of(info.getDescription())));
        });
    return text.toString();
  }

  /** The group of the menu, {@code "Help"} for what stands elsewhere. */
  private static String group(CommandInfo info) {
    MenuPath path = info.getMenuPath();
    return path.size() > 2 ? path.get(path.size() - 2).getName() : "Help";
  }

  private static double place(CommandInfo info) {
    MenuPath path = info.getMenuPath();
    return path.size() > 2
        ? 1e3 * path.get(path.size() - 2).getWeight() + path.getLeaf().getWeight()
        : Double.MAX_VALUE;
  }

  /**
   * What a command does: examples, its parameters with types, ranges and defaults, those that are
   * rarely needed last.
   *
   * @param defaults a fresh instance of the command
   */
  String of(CommandInfo info, UniEmCommand defaults) {
    String name = info.getAnnotation().name();
    List<CommandParameters.Input> inputs = CommandParameters.of(defaults.getClass());
    StringBuilder text = new StringBuilder("uniem " + name);
    inputs.stream()
        .filter(input -> isRequired(input, defaults))
        .forEach(input -> text.append(' ').append(input.name()).append("=…"));
    text.append(" [name=value …]\n\n");
    wrap(text, info.getDescription() + ".", 0);
    List<String> examples = examples(name);
    if (!examples.isEmpty()) {
      text.append(examples.size() > 1 ? "\nExamples\n" : "\nExample\n");
      examples.forEach(line -> text.append("  ").append(line).append('\n'));
    }
    parameters(text, "Parameters", inputs, defaults, false);
    parameters(text, "Rarely needed", inputs, defaults, true);
    defaults.furtherHelp().forEach((heading, entries) -> further(text, heading, entries));
    text.append('\n');
    wrap(text, "In Fiji: " + menu(info.getMenuPath()), 0);
    return text.toString();
  }

  private void parameters(
      StringBuilder text,
      String heading,
      List<CommandParameters.Input> inputs,
      UniEmCommand defaults,
      boolean advanced) {
    List<CommandParameters.Input> chosen =
        inputs.stream().filter(input -> input.isAdvanced() == advanced).toList();
    if (chosen.isEmpty()) {
      return;
    }
    text.append('\n').append(heading).append('\n');
    for (CommandParameters.Input input : chosen) {
      entry(
          text,
          input.name(),
          16,
          List.of(input.annotation().description(), details(input, defaults)));
    }
  }

  private void further(StringBuilder text, String heading, Map<String, String> entries) {
    text.append('\n');
    wrap(text, heading, 0);
    entries.forEach((name, meaning) -> entry(text, name, 12, List.of(meaning)));
  }

  private void entry(StringBuilder text, String name, int width, List<String> paragraphs) {
    int indent = width + 3;
    text.append("  ").append(name);
    int column = 2 + name.length();
    if (column >= indent) {
      text.append('\n');
      column = 0;
    }
    for (String paragraph : paragraphs) {
      text.append(" ".repeat(indent - column));
      wrap(text, paragraph, indent);
      column = 0;
    }
  }

  /** Appends words, the first where the text ends, further lines indented. */
  private void wrap(StringBuilder text, String words, int indent) {
    int column = indent;
    boolean first = true;
    for (String word : words.split(" ")) {
      if (!first && column + 1 + word.length() > columns) {
        text.append('\n').append(" ".repeat(indent));
        column = indent;
        first = true;
      }
      text.append(first ? "" : " ").append(word);
      column += word.length() + (first ? 0 : 1);
      first = false;
    }
    text.append('\n');
  }

  /** The examples of a command, remarks with them; empty where there are none. */
  static List<String> examples(String command) {
    List<String> examples = new ArrayList<>();
    String remark = "";
    for (String line : resource().split("\n")) {
      if (line.startsWith("#")) {
        remark = line;
      } else if (line.startsWith(command + " ") || line.equals(command)) {
        if (!remark.isEmpty()) {
          examples.add(remark);
        }
        examples.add("uniem " + line);
        remark = "";
      } else {
        remark = "";
      }
    }
    return examples;
  }

  private static String resource() {
    try (var stream = HelpText.class.getResourceAsStream(EXAMPLES)) {
      if (stream == null) {
        throw new IllegalStateException("The jar lacks " + EXAMPLES + ": build it anew.");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String menu(MenuPath path) {
    return path.stream().map(entry -> entry.getName()).collect(Collectors.joining(" > "));
  }

  private static boolean isRequired(CommandParameters.Input input, UniEmCommand defaults) {
    return input.annotation().required() && input.value(defaults) == null;
  }

  private static String details(CommandParameters.Input input, UniEmCommand defaults) {
    StringBuilder text = new StringBuilder("(");
    List<String> choices = List.of(input.annotation().choices());
    if (choices.isEmpty()) {
      text.append(CommandParameters.typeName(input.field().getType()));
      CommandParameters.rangeOf(input).ifPresent(range -> text.append(", ").append(range));
    } else {
      text.append(String.join(" | ", choices));
    }
    Object value = input.value(defaults);
    if (input.isUnset(value)) {
      text.append("; default: ").append(input.word().orElseThrow().word());
    } else if (value != null && !value.toString().isEmpty()) {
      text.append("; default ").append(value);
    } else {
      text.append(input.annotation().required() ? "; required" : "; optional");
    }
    return text.append(')').toString();
  }
}
