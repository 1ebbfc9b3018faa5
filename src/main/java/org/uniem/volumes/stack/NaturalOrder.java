package org.uniem.volumes.stack;

import java.util.Comparator;

/**
 * Orders names as people do: runs of digits by their number, so img2 comes before img10, whatever
 * the case of letters. Digits behind a point that follows digits are a fraction where both names
 * have one: 0.10 comes before 0.5.
 */
enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int order = compareParts(a, b);
    return order != 0 ? order : a.compareTo(b);
  }

  /** Whether two names differ in nothing but leading zeros and the case of letters. */
  static boolean isSame(String a, String b) {
    return compareParts(a, b) == 0;
  }

  private static int compareParts(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int order;
      if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
        int endOfA = endOfDigits(a, i);
        int endOfB = endOfDigits(b, j);
        order =
            isFraction(a, i) && isFraction(b, j)
                ? compareFractions(a.substring(i, endOfA), b.substring(j, endOfB))
                : compareNumbers(a.substring(i, endOfA), b.substring(j, endOfB));
        i = endOfA;
        j = endOfB;
      } else {
        order =
            Character.compare(
                Character.toLowerCase(a.charAt(i++)), Character.toLowerCase(b.charAt(j++)));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  /** Whether the digits at an index are behind a point with digits before it. */
  private static boolean isFraction(String s, int at) {
    if (at < 2 || s.charAt(at - 1) != '.' || !isDigit(s.charAt(at - 2))) {
      return false;
    }
    int begin = at - 2;
    while (begin > 0 && isDigit(s.charAt(begin - 1))) {
      begin--;
    }
    // Dates and versions have several points.
    int end = endOfDigits(s, at);
    boolean before = begin > 1 && s.charAt(begin - 1) == '.' && isDigit(s.charAt(begin - 2));
    boolean after = end + 1 < s.length() && s.charAt(end) == '.' && isDigit(s.charAt(end + 1));
    return !before && !after;
  }

  private static int compareFractions(String a, String b) {
    String left = a.replaceFirst("0+$", "");
    String right = b.replaceFirst("0+$", "");
    return left.compareTo(right);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int endOfDigits(String s, int from) {
    int end = from;
    while (end < s.length() && isDigit(s.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Not parsed: the digits may be too many for a long. */
  private static int compareNumbers(String a, String b) {
    String left = a.replaceFirst("^0+", "");
    String right = b.replaceFirst("^0+", "");
    int order = Integer.compare(left.length(), right.length());
    return order != 0 ? order : left.compareTo(right);
  }
}
