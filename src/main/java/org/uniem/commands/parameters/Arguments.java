package org.uniem.commands.parameters;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uniem.job.BadParameterException;

/**
 * The parameters of a command as they are typed: {@code name=value}, or as other programs have it
 * {@code --name value} and {@code --name=value}, there also in kebab-case; a switch may stand
 * without its value.
 */
public final class Arguments {

  private final String command;
  private final List<CommandParameters.Input> inputs;
  private final Map<String, Object> values = new LinkedHashMap<>();

  private Arguments(String command, List<CommandParameters.Input> inputs) {
    this.command = command;
    this.inputs = inputs;
  }

  /**
   * Splits and checks the arguments; a value may hold further equals signs.
   *
   * @param command its name, for messages
   * @param inputs the parameters of the command
   * @param words as typed
   * @return the values by the names of their parameters
   * @throws BadParameterException if one is malformed, unknown, given twice or of the wrong type
   */
  public static Map<String, Object> parse(
      String command, List<CommandParameters.Input> inputs, List<String> words) {
    Arguments arguments = new Arguments(command, inputs);
    Deque<String> left = new ArrayDeque<>(words);
    while (!left.isEmpty()) {
      arguments.take(left);
    }
    return arguments.values;
  }

  private void take(Deque<String> left) {
    String word = left.pop();
    boolean dashed = word.startsWith("--");
    int equals = word.indexOf('=');
    if (!dashed && equals < 1) {
      throw new BadParameterException(
          "'" + word + "' is not name=value. Put quotation marks around values with spaces.");
    }
    String name = word.substring(dashed ? 2 : 0, equals < 0 ? word.length() : equals);
    CommandParameters.Input input =
        CommandParameters.find(command, inputs, dashed ? lowerCamel(name) : name);
    put(input, equals < 0 ? nextValue(input, word, left) : word.substring(equals + 1));
  }

  private static String nextValue(CommandParameters.Input input, String word, Deque<String> left) {
    String next = left.peek();
    if (input.field().getType() == boolean.class && !"true".equals(next) && !"false".equals(next)) {
      return "true";
    }
    if (next == null || next.startsWith("--")) {
      throw new BadParameterException(
          "'" + word + "' has no value: give " + input.name() + "=… or " + word + " ….");
    }
    return left.pop();
  }

  private void put(CommandParameters.Input input, String text) {
    Object value = CommandParameters.parse(input, text);
    if (values.containsKey(input.name())) {
      throw new BadParameterException(
          "Parameter '" + input.name() + "' is given twice: give it once.");
    }
    values.put(input.name(), value);
  }

  /** The name of a parameter that may have been typed in kebab-case. */
  public static String lowerCamel(String name) {
    StringBuilder camel = new StringBuilder();
    boolean up = false;
    for (char letter : name.toCharArray()) {
      if (letter == '-') {
        up = true;
      } else {
        camel.append(up ? Character.toUpperCase(letter) : letter);
        up = false;
      }
    }
    return camel.toString();
  }
}
