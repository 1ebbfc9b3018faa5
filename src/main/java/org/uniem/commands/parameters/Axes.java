package org.uniem.commands.parameters;

import java.util.ArrayList;
import java.util.List;
import org.uniem.job.BadParameterException;

/** Numbers per axis as users give them, such as {@code "33,33,17"} for x, y and z. */
public final class Axes {

  private Axes() {}

  /**
   * Three whole numbers.
   *
   * @param parameter its name, for messages
   * @param text x,y,z separated by commas, or one number for all axes
   * @throws BadParameterException if it is neither
   */
  public static List<Integer> parse(String parameter, String text) {
    String[] parts = text.split(",", -1);
    List<Integer> values = new ArrayList<>();
    try {
      for (int axis = 0; axis < 3 && (parts.length == 1 || parts.length == 3); axis++) {
        values.add(Integer.valueOf(parts[parts.length == 1 ? 0 : axis].trim()));
      }
    } catch (NumberFormatException e) {
      values.clear();
    }
    if (values.isEmpty()) {
      throw new BadParameterException(
          parameter
              + "="
              + text
              + " is not understood: give three whole numbers x,y,z such as 33,33,17, or one.");
    }
    return values;
  }
}
