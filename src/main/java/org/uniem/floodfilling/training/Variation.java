package org.uniem.floodfilling.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/**
 * How examples are varied before they are learnt from. Immutable.
 *
 * @param kinds what is done, each at random
 */
public record Variation(Set<Kind> kinds) {

  /** What can be done to an example. */
  public enum Kind {
    /** Mirrored along x, y and z, each in half of the examples. */
    REFLECT,
    /** x and y exchanged in half of the examples, where both have the same size. */
    SWAP,
    /** Each section gets a contrast of 0.8 … 1.2 and a brightness of ±0.2 deviations of its own. */
    JITTER,
    /** In a tenth of the examples the sections beyond one are shifted by up to 4 voxels. */
    MISALIGN,
    /** In a tenth of the examples one section that is not the central one is blank. */
    MISSING
  }

  /** Reflections and the exchange of x and y, as in the published networks. */
  public static final Variation PUBLISHED = new Variation(Set.of(Kind.REFLECT, Kind.SWAP));

  public Variation {
    kinds = Set.copyOf(kinds);
  }

  /**
   * Reads names separated by commas, {@code "none"} or {@code "all"}.
   *
   * @throws BadParameterException if a name is unknown
   */
  public static Variation parse(String text) {
    if (text.isBlank() || text.strip().equals("none")) {
      return new Variation(Set.of());
    }
    if (text.strip().equals("all")) {
      return new Variation(Set.of(Kind.values()));
    }
    Set<Kind> kinds = new TreeSet<>();
    List<String> names = Arrays.stream(Kind.values()).map(Variation::name).toList();
    for (String part : text.split(",")) {
      String name = part.strip();
      if (!names.contains(name)) {
        throw new BadParameterException(
            "augmentation="
                + name
                + " is unknown. "
                + Spelling.suggest(name, names)
                + "Give none, all, or some of "
                + String.join(",", names)
                + ".");
      }
      kinds.add(Kind.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    return new Variation(kinds);
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Whether something is done. */
  public boolean has(Kind kind) {
    return kinds.contains(kind);
  }

  /** Names separated by commas, in the order of {@link Kind}, as {@link #parse} reads them. */
  @Override
  public String toString() {
    String names = kinds.stream().sorted().map(Variation::name).collect(Collectors.joining(","));
    return names.isEmpty() ? "none" : names;
  }
}
