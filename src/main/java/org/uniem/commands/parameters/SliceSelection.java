package org.uniem.commands.parameters;

import java.util.List;
import java.util.TreeSet;
import org.uniem.job.BadParameterException;

/**
 * Slices of a stack chosen by a text such as {@code "0-4,9"}, counted from 0; empty text means all.
 */
public final class SliceSelection {

  private SliceSelection() {}

  /**
   * The chosen slices in ascending order.
   *
   * @param parameter name of the parameter, for messages
   * @param text numbers and ranges, separated by commas
   * @param depth number of slices of the stack
   * @throws BadParameterException if the text is malformed or a slice does not exist
   */
  public static List<Long> parse(String parameter, String text, long depth) {
    TreeSet<Long> slices = new TreeSet<>();
    if (text == null || text.isBlank()) {
      for (long z = 0; z < depth; z++) {
        slices.add(z);
      }
      return List.copyOf(slices);
    }
    for (String part : text.split(",")) {
      String[] ends = part.trim().split("-", -1);
      if (ends.length > 2) {
        throw malformed(parameter, text, null);
      }
      try {
        long first = Long.parseLong(ends[0].trim());
        long last = ends.length == 1 ? first : Long.parseLong(ends[1].trim());
        if (first < 0 || last < first || last >= depth) {
          throw new BadParameterException(
              parameter
                  + "="
                  + text
                  + " is out of range at '"
                  + part.trim()
                  + "': give slices of 0 to "
                  + (depth - 1)
                  + ", the smaller number first.");
        }
        for (long z = first; z <= last; z++) {
          slices.add(z);
        }
      } catch (NumberFormatException e) {
        throw malformed(parameter, text, e);
      }
    }
    return List.copyOf(slices);
  }

  private static BadParameterException malformed(String parameter, String text, Exception cause) {
    return new BadParameterException(
        parameter
            + "="
            + text
            + " is no list of slices: give numbers and ranges, counted from 0, for example"
            + " 0-4,9.",
        cause);
  }
}
