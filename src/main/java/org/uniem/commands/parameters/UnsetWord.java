package org.uniem.commands.parameters;

import java.util.Optional;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.uniem.job.BadParameterException;

/**
 * What people see instead of the number that stands for none: {@code no limit} for 0 steps. An
 * empty text means the same; so does the number, which old macros and programs hold.
 *
 * <p>A parameter declares it as {@code @Attr(name = CommandParameters.WORD, value = "0=no limit")}.
 *
 * @param stored the number, or the text that a choice had before
 * @param word for people
 */
public record UnsetWord(String stored, String word) {

  /** The word of a parameter, empty where it has none. */
  public static Optional<UnsetWord> of(Parameter parameter) {
    for (Attr attribute : parameter.attrs()) {
      if (attribute.name().equals(CommandParameters.WORD)) {
        return Optional.of(of(attribute.value()));
      }
    }
    return Optional.empty();
  }

  /**
   * The word that an attribute declares.
   *
   * @param attribute for example {@code 0=no limit}
   */
  public static UnsetWord of(String attribute) {
    int equals = attribute.indexOf('=');
    return new UnsetWord(attribute.substring(0, equals), attribute.substring(equals + 1));
  }

  /** Whether a value stands for none. */
  public boolean stands(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue() == Double.parseDouble(stored);
    }
    return stored.equals(value) || word.equals(value);
  }

  /** Whether a text stands for none: empty, the word, or what was typed before there were words. */
  boolean isMeant(String text) {
    return text.isBlank() || text.strip().equalsIgnoreCase(word) || text.strip().equals(stored);
  }

  /**
   * What a dialog shows: nothing for none, else the number as short as it can be.
   *
   * @param value of the parameter
   */
  public String text(Object value) {
    return stands(value) ? "" : shortest(value);
  }

  /** A number without a point where it is whole. */
  static String shortest(Object value) {
    if (value instanceof Double number
        && number == Math.rint(number)
        && Math.abs(number) < 1L << 53) {
      return String.valueOf(number.longValue());
    }
    return String.valueOf(value);
  }

  /**
   * The value that a typed text has.
   *
   * @throws BadParameterException if it is neither a number nor a text for none
   */
  static Object parse(CommandParameters.Input input, String text) {
    Optional<UnsetWord> none = input.word().filter(word -> word.isMeant(text));
    if (none.isEmpty()) {
      return CommandParameters.parseGiven(input, text);
    }
    // A choice is one of the words of its list.
    return input.field().getType() == String.class
        ? none.get().word()
        : CommandParameters.parseGiven(input, none.get().stored());
  }
}
