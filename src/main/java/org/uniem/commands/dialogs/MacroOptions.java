package org.uniem.commands.dialogs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.InputVolumes;
import org.uniem.job.BadParameterException;

/**
 * The parameters that a macro gives, {@code run("Command...", "name=value name=[value with
 * spaces]")}.
 *
 * <p>ImageJ finds names in small letters only, as its recorder writes them, and passes over names
 * that it does not know. Here the names of the command line are right too, and others are refused:
 * else a macro would run with other values than it says.
 */
public final class MacroOptions {

  private MacroOptions() {}

  /**
   * Reads the values that are given for a command.
   *
   * @param command name of the command, for messages
   * @param inputs its parameters
   * @param options text of the macro
   * @return values by name of the parameter
   * @throws BadParameterException if a name is unknown or a value of the wrong type
   */
  static Map<String, Object> values(
      String command, List<CommandParameters.Input> inputs, String options) {
    Map<String, Object> values = new LinkedHashMap<>();
    parse(options)
        .forEach(
            (key, text) -> {
              CommandParameters.Input input = input(command, inputs, key);
              values.put(input.name(), value(input, text));
            });
    return values;
  }

  private static CommandParameters.Input input(
      String command, List<CommandParameters.Input> inputs, String key) {
    return inputs.stream()
        .filter(input -> input.name().equalsIgnoreCase(key))
        .findFirst()
        .orElseGet(() -> unknown(command, inputs, key));
  }

  private static CommandParameters.Input unknown(
      String command, List<CommandParameters.Input> inputs, String key) {
    try {
      return CommandParameters.find(command, inputs, key);
    } catch (BadParameterException e) {
      throw new BadParameterException(
          e.getMessage() + " Put [ ] around values that hold spaces.", e);
    }
  }

  private static Object value(CommandParameters.Input input, String text) {
    if (input.isVolume() && !text.isEmpty()) {
      return InputVolumes.input(text);
    }
    return CommandParameters.parse(input, text);
  }

  /** Names and values in their order; a name alone, as ImageJ has for checkboxes, is true. */
  public static Map<String, String> parse(String options) {
    Map<String, String> values = new LinkedHashMap<>();
    int start = 0;
    while (start < options.length()) {
      if (options.charAt(start) == ' ') {
        start++;
        continue;
      }
      int end = start;
      while (end < options.length() && options.charAt(end) != ' ' && options.charAt(end) != '=') {
        end++;
      }
      String name = options.substring(start, end);
      if (end == options.length() || options.charAt(end) == ' ') {
        values.put(name, "true");
        start = end;
      } else {
        int valueEnd = valueEnd(options, end + 1);
        values.put(name, unquoted(options.substring(end + 1, valueEnd)));
        start = valueEnd;
      }
    }
    return values;
  }

  /** Behind the closing bracket or quotation mark, or at the next space. */
  private static int valueEnd(String options, int start) {
    if (start < options.length() && options.charAt(start) == '[') {
      int open = 0;
      for (int i = start; i < options.length(); i++) {
        open += options.charAt(i) == '[' ? 1 : options.charAt(i) == ']' ? -1 : 0;
        if (open == 0) {
          return i + 1;
        }
      }
    }
    if (start < options.length() && options.charAt(start) == '\'') {
      int closing = options.indexOf('\'', start + 1);
      if (closing > 0) {
        return closing + 1;
      }
    }
    int space = options.indexOf(' ', start);
    return space < 0 ? options.length() : space;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("[") && value.endsWith("]")
                || value.startsWith("'") && value.endsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
