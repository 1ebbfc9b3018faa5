package org.uniem.volumes;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells the names of slices apart: their numbers, and the texts between them. Leading zeros
 * and capitals do not count. Immutable.
 */
public final class SliceNames {

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final List<List<BigInteger>> numbers = new ArrayList<>();
  private final List<List<String>> texts = new ArrayList<>();

  /**
   * @param names without ending, in the order of the slices, at least one
   */
  public SliceNames(List<String> names) {
    List<List<BigInteger>> allNumbers = new ArrayList<>();
    List<List<String>> allTexts = new ArrayList<>();
    for (String name : names) {
      List<BigInteger> found = new ArrayList<>();
      Matcher matcher = NUMBER.matcher(name);
      while (matcher.find()) {
        found.add(new BigInteger(matcher.group()));
      }
      allNumbers.add(found);
      allTexts.add(List.of(NUMBER.split(name.toLowerCase(Locale.ROOT), -1)));
    }
    numbers.addAll(varying(allNumbers));
    texts.addAll(varying(allTexts));
  }

  /** The columns whose entries differ; none where names have different numbers of them. */
  private static <T> List<List<T>> varying(List<List<T>> rows) {
    List<List<T>> columns = new ArrayList<>();
    int width = rows.get(0).size();
    if (rows.stream().anyMatch(row -> row.size() != width)) {
      return columns;
    }
    for (int i = 0; i < width; i++) {
      int column = i;
      List<T> entries = rows.stream().map(row -> row.get(column)).toList();
      if (new HashSet<>(entries).size() > 1) {
        columns.add(entries);
      }
    }
    return columns;
  }

  /** Whether numbers tell names apart. */
  public boolean areNumbered() {
    return !numbers.isEmpty();
  }

  /**
   * The numbers that alone tell the names apart.
   *
   * @return one per name; empty where there are several in each name, or texts that differ
   */
  public Optional<List<BigInteger>> onlyNumbers() {
    return numbers.size() == 1 && texts.isEmpty() ? Optional.of(numbers.get(0)) : Optional.empty();
  }

  /**
   * The first slice whose name cannot belong to the slice of the same place in another list. Every
   * number that tells the names of one list apart must be there in the other, as must texts where
   * both have some.
   *
   * @param other as many names, numbered too
   * @return −1 where all belong together
   */
  public int firstMismatch(SliceNames other) {
    int mismatch = mismatch(numbers, other.numbers);
    return mismatch >= 0 || texts.isEmpty() || other.texts.isEmpty()
        ? mismatch
        : mismatch(texts, other.texts);
  }

  private static <T> int mismatch(List<List<T>> some, List<List<T>> others) {
    List<List<T>> fewer = some.size() <= others.size() ? some : others;
    List<List<T>> more = fewer == some ? others : some;
    int first = -1;
    for (int i = 0; i < fewer.size(); i++) {
      List<T> column = fewer.get(i);
      List<List<T>> candidates = fewer.size() == more.size() ? List.of(more.get(i)) : more;
      int latest = candidates.stream().mapToInt(c -> difference(column, c)).max().orElse(-1);
      if (candidates.stream().noneMatch(c -> difference(column, c) < 0)) {
        first = first < 0 ? latest : Math.min(first, latest);
      }
    }
    return first;
  }

  private static <T> int difference(List<T> a, List<T> b) {
    for (int z = 0; z < a.size(); z++) {
      if (!a.get(z).equals(b.get(z))) {
        return z;
      }
    }
    return -1;
  }
}
