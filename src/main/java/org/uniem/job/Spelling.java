package org.uniem.job;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name a user may have meant. Thread-safe. */
public final class Spelling {

  private Spelling() {}

  /**
   * A sentence that proposes the nearest name, empty where none is near.
   *
   * @param word what the user wrote
   * @param names the valid names
   * @return {@code "Did you mean 'threshold'? "} or {@code ""}
   */
  public static String suggest(String word, Collection<String> names) {
    return nearest(word, names).map(name -> "Did you mean '" + name + "'? ").orElse("");
  }

  /**
   * The valid name with the smallest edit distance (upper and lower case count as the same), if at
   * most half of the letters differ.
   */
  static Optional<String> nearest(String word, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(word, name)))
        .filter(
            name ->
                2 * distance(word, name) <= Math.max(2, Math.max(word.length(), name.length())));
  }

  /** Number of letters to insert, delete or replace (Levenshtein), case ignored. */
  static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
