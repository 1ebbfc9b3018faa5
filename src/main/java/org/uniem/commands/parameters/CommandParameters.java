package org.uniem.commands.parameters;

import java.io.File;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.plugin.Parameter;
import org.scijava.service.Service;
import org.scijava.util.ClassUtils;
import org.scijava.widget.Button;
import org.scijava.widget.FileListWidget;
import org.scijava.widget.FileWidget;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/**
 * The parameters of a command as its annotated fields state them: one list for the command line,
 * the help text, the range check and the provenance. Immutable and thread-safe.
 */
public final class CommandParameters {

  /** Style of a parameter that names images or labels; files and folders can be dropped on it. */
  public static final String VOLUME = FileListWidget.FILES_AND_DIRECTORIES + ",volume";

  /** Style of a parameter that is rarely needed, in a dialog of its own. */
  public static final String ADVANCED = "advanced";

  /** Style of a parameter whose choices are the usual values, not all. */
  public static final String EXTENSIBLE = "extensible";

  /** Attribute of a parameter with a word for none, see {@link UnsetWord}. */
  public static final String WORD = "word";

  /**
   * One input parameter of a command.
   *
   * @param field the annotated field
   * @param annotation label, description, range and choices
   */
  public record Input(Field field, Parameter annotation) {

    public String name() {
      return field.getName();
    }

    /** Whether the parameter names a place that the command writes to. */
    public boolean isOutput() {
      return isPath() && annotation.style().contains(FileWidget.SAVE_STYLE);
    }

    /** Whether the parameter names images or labels: a path or the title of an open image. */
    public boolean isVolume() {
      return isPath() && annotation.style().contains(VOLUME);
    }

    public boolean isAdvanced() {
      return annotation.style().contains(ADVANCED);
    }

    public boolean isExtensible() {
      return annotation.style().contains(EXTENSIBLE);
    }

    /** What stands for none, empty where nothing does. */
    public Optional<UnsetWord> word() {
      return UnsetWord.of(annotation);
    }

    /** Whether a value stands for none. */
    public boolean isUnset(Object value) {
      return word().filter(word -> word.stands(value)).isPresent();
    }

    public boolean isPath() {
      return field.getType() == File.class;
    }

    public Object value(Object command) {
      return ClassUtils.getValue(field, command);
    }
  }

  private CommandParameters() {}

  /** The headings of the dialog by the names of the parameters below each. */
  public static Map<String, Field> headings(Class<?> command) {
    Map<String, Field> headings = new HashMap<>();
    Field heading = null;
    for (Field field : ClassUtils.getAnnotatedFields(command, Parameter.class)) {
      if (field.getAnnotation(Parameter.class).visibility() == ItemVisibility.MESSAGE) {
        heading = field;
      } else if (heading != null) {
        headings.put(field.getName(), heading);
      }
    }
    return headings;
  }

  /**
   * The input parameters of a command in the order of its fields; services, headings and buttons
   * left out.
   *
   * @param command class of the command
   */
  public static List<Input> of(Class<?> command) {
    List<Input> inputs = new ArrayList<>();
    for (Field field : ClassUtils.getAnnotatedFields(command, Parameter.class)) {
      Parameter annotation = field.getAnnotation(Parameter.class);
      boolean input =
          annotation.type() != ItemIO.OUTPUT
              && annotation.visibility() != ItemVisibility.MESSAGE
              && field.getType() != Button.class
              && !Service.class.isAssignableFrom(field.getType());
      if (input) {
        field.setAccessible(true);
        inputs.add(new Input(field, annotation));
      }
    }
    return inputs;
  }

  /**
   * Finds a parameter by name.
   *
   * @throws BadParameterException if the command has no such parameter; names the nearest one
   */
  public static Input find(String commandName, List<Input> inputs, String name) {
    Optional<Input> found = inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    return found.orElseThrow(
        () -> {
          List<String> names = inputs.stream().map(Input::name).toList();
          return new BadParameterException(
              "Unknown parameter '"
                  + name
                  + "' of "
                  + commandName
                  + ". "
                  + Spelling.suggest(name, names)
                  + "Valid parameters: "
                  + String.join(", ", names)
                  + ".");
        });
  }

  /**
   * Checks that required parameters are given and that all values lie in their ranges and choices.
   *
   * @param command the command with its fields set
   * @throws BadParameterException on the first parameter that does not fit
   */
  public static void check(Object command) {
    requireGiven(command);
    for (Input input : of(command.getClass())) {
      Object value = input.value(command);
      check(input, value);
    }
  }

  /**
   * Checks that a value lies in the range and choices of its parameter.
   *
   * @throws BadParameterException if not
   */
  public static void check(Input input, Object value) {
    if (isGiven(value) && !input.isUnset(value)) {
      checkRange(input, value);
      checkChoices(input, value);
    }
  }

  /** Gives all parameters but paths the values that a new command has. */
  public static void restoreDefaults(Object command) {
    Object fresh = newInstance(command.getClass());
    for (Input input : of(command.getClass())) {
      if (!input.isPath()) {
        ClassUtils.setValue(input.field(), command, input.value(fresh));
      }
    }
  }

  /**
   * Sets a parameter of a command.
   *
   * @throws BadParameterException if the command has no such parameter
   */
  public static void set(Object command, String name, Object value) {
    Input input = find(command.getClass().getSimpleName(), of(command.getClass()), name);
    ClassUtils.setValue(input.field(), command, value);
  }

  /**
   * The value of a parameter of a command; null where none is given.
   *
   * @throws BadParameterException if the command has no such parameter
   */
  public static Object get(Object command, String name) {
    return find(command.getClass().getSimpleName(), of(command.getClass()), name).value(command);
  }

  /** A command with its defaults. */
  public static <C> C newInstance(Class<C> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " lacks a public constructor without arguments.", e);
    }
  }

  /** Whether a parameter has a value; a path that was left empty in a dialog has none. */
  public static boolean isGiven(Object value) {
    return value != null && !value.toString().isEmpty();
  }

  /**
   * Checks that required parameters are given.
   *
   * @param command the command with its fields set
   * @throws BadParameterException on the first one that is missing
   */
  public static void requireGiven(Object command) {
    for (Input input : of(command.getClass())) {
      if (input.annotation().required() && !isGiven(input.value(command))) {
        throw new BadParameterException(
            "Parameter '"
                + input.name()
                + "' is missing: "
                + (input.isVolume() ? "open an image in Fiji, or " : "")
                + "give "
                + input.name()
                + "=… ("
                + input.annotation().description()
                + ").");
      }
    }
  }

  private static void checkRange(Input input, Object value) {
    if (!(value instanceof Number)) {
      return;
    }
    double number = ((Number) value).doubleValue();
    String min = input.annotation().min();
    String max = input.annotation().max();
    boolean tooSmall = !min.isEmpty() && !(number >= Double.parseDouble(min));
    boolean tooLarge = !max.isEmpty() && !(number <= Double.parseDouble(max));
    if (tooSmall || tooLarge || Double.isNaN(number) || Double.isInfinite(number)) {
      throw new BadParameterException(
          "Parameter "
              + input.name()
              + "="
              + value
              + " is out of range: give "
              + rangeOf(input).orElse("a finite number")
              + orNone(input)
              + ".");
    }
  }

  private static String orNone(Input input) {
    return input.word().map(none -> ", or nothing for \"" + none.word() + "\"").orElse("");
  }

  private static void checkChoices(Input input, Object value) {
    List<String> choices = List.of(input.annotation().choices());
    if (!choices.isEmpty() && !input.isExtensible() && !choices.contains(value.toString())) {
      throw new BadParameterException(
          "Parameter "
              + input.name()
              + "="
              + value
              + " is not a choice. "
              + Spelling.suggest(value.toString(), choices)
              + "Give one of "
              + String.join(", ", choices)
              + ".");
    }
  }

  /** The range of a number for people, empty where it has none. */
  public static Optional<String> rangeOf(Input input) {
    String min = input.annotation().min();
    String max = input.annotation().max();
    if (!min.isEmpty() && !max.isEmpty()) {
      return Optional.of(min + " to " + max);
    }
    if (!min.isEmpty()) {
      return Optional.of(min + " or more");
    }
    return max.isEmpty() ? Optional.empty() : Optional.of(max + " or less");
  }

  /** What a value of a type looks like, for people. */
  public static String typeName(Class<?> type) {
    if (type == int.class || type == long.class) {
      return "whole number";
    }
    if (type == double.class || type == float.class) {
      return "number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    return type == File.class ? "path" : "text";
  }

  /**
   * Turns the text of the command line into a value of the parameter's type; a leading {@code ~} of
   * a path is the user's home, a relative path starts at the working directory. Of a parameter with
   * an {@link UnsetWord} the word and an empty text are values too.
   *
   * @throws BadParameterException if the text is not of the type
   */
  public static Object parse(Input input, String text) {
    return input.word().isPresent() ? UnsetWord.parse(input, text) : parseGiven(input, text);
  }

  static Object parseGiven(Input input, String text) {
    Class<?> type = input.field().getType();
    try {
      if (type == int.class) {
        return Integer.valueOf(text.trim());
      }
      if (type == long.class) {
        return Long.valueOf(text.trim());
      }
      if (type == double.class) {
        return Double.valueOf(text.trim());
      }
      if (type == float.class) {
        return Float.valueOf(text.trim());
      }
    } catch (NumberFormatException e) {
      throw wrongType(input, text, e);
    }
    if (type == boolean.class) {
      if (!text.equals("true") && !text.equals("false")) {
        throw wrongType(input, text, null);
      }
      return Boolean.valueOf(text);
    }
    if (type == File.class) {
      return text.isEmpty() ? null : Paths.resolve(text).toFile();
    }
    return text;
  }

  /**
   * The parameters as the command line takes them, {@code name=value}; paths are absolute, what is
   * not given is left out.
   *
   * @param command the command with its fields set
   */
  public static List<String> texts(Object command) {
    List<String> texts = new ArrayList<>();
    for (Input input : of(command.getClass())) {
      Object value = input.value(command);
      if (value != null) {
        Object given = value instanceof File file ? file.toPath().toAbsolutePath() : value;
        texts.add(input.name() + "=" + given);
      }
    }
    return texts;
  }

  private static BadParameterException wrongType(Input input, String text, Exception cause) {
    return new BadParameterException(
        "Parameter "
            + input.name()
            + "="
            + text
            + " has the wrong type: expected a "
            + (typeName(input.field().getType()).startsWith("true") ? "value " : "")
            + typeName(input.field().getType())
            + rangeOf(input).map(range -> ", " + range).orElse("")
            + orNone(input)
            + ".",
        cause);
  }
}
