package org.uniem.volumes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.uniem.job.BadParameterException;

/**
 * What the values of a painted label stack mean; travels in the stack's file.
 *
 * @param unlabelled value of the pixels that nobody painted, which training ignores
 * @param classNames name of class 0, class 1, …; the pixels of a class have its number as value,
 *     and class 0 is the background
 */
public record LabelKey(int unlabelled, List<String> classNames) {

  /** The value of unpainted pixels in stacks that this suite paints: the largest of 8 bits. */
  public static final int UNPAINTED = 255;

  /** The name of class 0 where the user gives none. */
  public static final String BACKGROUND = "background";

  public LabelKey {
    classNames = List.copyOf(classNames);
    if (classNames.isEmpty()
        || classNames.size() > UNPAINTED
        || unlabelled >= 0 && unlabelled < classNames.size()) {
      throw new BadParameterException(
          "A key of "
              + classNames.size()
              + " classes with the value "
              + unlabelled
              + " for unlabelled pixels is not possible: give 1 to "
              + UNPAINTED
              + " classes and a value that no class has.");
    }
    for (String name : classNames) {
      if (name.isBlank() || !name.equals(name.strip()) || name.matches("(?s).*[,\\p{Cntrl}].*")) {
        throw new BadParameterException(
            "'" + name + "' is no name of a class: give letters and digits, without commas.");
      }
    }
    if (new HashSet<>(classNames).size() < classNames.size()) {
      throw new BadParameterException(
          "The classes " + classNames + " are not all different: give each name once.");
    }
  }

  /**
   * The key of a stack painted with these classes.
   *
   * @param classes names separated by commas, for example {@code "mitochondria,membrane"}; a
   *     background that is not named is put before them
   * @throws BadParameterException if a name is empty or given twice
   */
  public static LabelKey parse(String classes) {
    List<String> names = List.of(classes.strip().split("\\s*,\\s*", -1));
    if (names.contains(BACKGROUND) && !names.get(0).equals(BACKGROUND)) {
      throw new BadParameterException(
          "classes=" + classes + ": " + BACKGROUND + " has the value 0. Put it first.");
    }
    if (names.get(0).equals(BACKGROUND)) {
      return new LabelKey(UNPAINTED, names);
    }
    List<String> all = new ArrayList<>(List.of(BACKGROUND));
    all.addAll(names);
    return new LabelKey(UNPAINTED, all);
  }
}
