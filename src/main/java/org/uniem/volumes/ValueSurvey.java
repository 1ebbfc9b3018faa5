package org.uniem.volumes;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * What the values of a channel look like, from some of its slices: whether they are a mask, ids or
 * classes, a probability map or an image. File formats rarely tell these apart, and each of them
 * taken for another gives a result that looks like one.
 *
 * <p>Images and maps are told from ids by their gradual changes: along x and y many of their pixels
 * lie between their two neighbours. Between regions of ids there is no such way. Images are told
 * from maps by their noise: neighbours are rarely equal. Both are judged only where enough pixels
 * differ from their neighbours, else the values are taken for what they are asked for.
 *
 * <p>Up to {@value #SLICES} slices are read, evenly spread and the same in each run. Immutable and
 * thread-safe.
 *
 * @param type of the pixels
 * @param distinct how many different values were seen, counted up to {@value #MOST_DISTINCT}
 * @param lowest smallest values seen, ascending, at most {@value #NAMED}
 * @param smallest of all
 * @param largest of all
 * @param isWhole whether all are whole numbers
 * @param pairs neighbouring pixels that were compared
 * @param changes those of them that differ
 * @param between pixels whose value lies strictly between those of two neighbours on a line
 */
public record ValueSurvey(
    PixelType type,
    int distinct,
    List<Float> lowest,
    double smallest,
    double largest,
    boolean isWhole,
    long pairs,
    long changes,
    long between) {

  /** What values can be. */
  public enum Kind {
    /** One value everywhere. */
    CONSTANT("one value alone"),
    /** Two values, whichever. */
    MASK("a mask of two values"),
    /** Ids of objects or classes. */
    LABELS("labels"),
    /** Gradual values that are mostly the same as their neighbours, for example 0 or 1. */
    MAP("a probability map"),
    /** Gradual values with noise. */
    GREY("a grey image");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For messages. */
    public String words() {
      return words;
    }
  }

  private static final int SLICES = 16;
  private static final int MOST_DISTINCT = 1025;
  private static final int NAMED = 8;

  /** Ids are not judged by less: three painted regions have few borders. */
  private static final long LEAST_CHANGES = 2000;

  private static final int LEAST_DISTINCT = 32;

  /** Of the changes, from which on values are gradual: noise alone has a third, ramps more. */
  private static final double GRADUAL = 0.15;

  /** Of the changes, below which there are no slopes between regions. */
  private static final double SHARP = 0.05;

  /** Of the pairs, from which on they are of an image: of a map most neighbours are equal. */
  private static final double NOISY = 0.5;

  /** Surveys a channel of a volume; values that are no numbers are passed over. */
  public static ValueSurvey of(Volume volume, int channel) {
    float[] slice = new float[Math.toIntExact(volume.width() * volume.height())];
    return survey(
        volume,
        z -> {
          volume.readSlice(z, channel, slice);
          return slice;
        });
  }

  /**
   * Surveys a channel that is given as ids, which are read as such: as brightness, some could not
   * be read exactly.
   *
   * @throws org.uniem.job.BadInputException where a value is no id, saying where
   */
  public static ValueSurvey ofLabels(Volume volume, int channel) {
    long[] ids = new long[Math.toIntExact(volume.width() * volume.height())];
    float[] slice = new float[ids.length];
    return survey(
        volume,
        z -> {
          volume.readLabels(z, channel, ids);
          for (int i = 0; i < ids.length; i++) {
            slice[i] = ids[i];
          }
          return slice;
        });
  }

  private static ValueSurvey survey(Volume volume, LongFunction<float[]> slices) {
    Counting counting = new Counting();
    long count = Math.min(SLICES, volume.depth());
    for (long i = 0; i < count; i++) {
      long z = (2 * i + 1) * volume.depth() / (2 * count);
      counting.add(slices.apply(z), (int) volume.width());
    }
    return counting.survey(volume.pixelType());
  }

  /** What they most likely are. */
  public Kind kind() {
    if (distinct <= 1) {
      return Kind.CONSTANT;
    }
    if (distinct == 2) {
      return Kind.MASK;
    }
    if (isGradual()) {
      return changes > NOISY * pairs ? Kind.GREY : Kind.MAP;
    }
    return isWhole ? Kind.LABELS : Kind.MAP;
  }

  /** Whether they can be no ids: fractions, or gradual changes. */
  public boolean isGradual() {
    return !isWhole
        || distinct >= LEAST_DISTINCT && changes >= LEAST_CHANGES && between > GRADUAL * changes;
  }

  /** Whether they can be nothing but ids: whole numbers in regions with sharp borders. */
  public boolean isSurelyLabels() {
    return isWhole && distinct > 2 && changes >= LEAST_CHANGES && between < SHARP * changes;
  }

  /** The kind with the values, for messages: {@code "a mask of two values, 0 and 255"}. */
  public String describe() {
    Kind kind = kind();
    String values =
        switch (kind) {
          case CONSTANT -> ", " + text(largest);
          case MASK -> ", " + text(smallest) + " and " + text(largest);
          case LABELS, MAP, GREY -> " of " + valueNames();
        };
    return kind.words() + values;
  }

  private String valueNames() {
    return distinct <= NAMED
        ? "the values " + lowest.stream().map(ValueSurvey::text).collect(Collectors.joining(", "))
        : "values " + text(smallest) + " … " + text(largest);
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  private static final class Counting {
    private final TreeSet<Float> values = new TreeSet<>();
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private boolean isWhole = true;
    private long pairs;
    private long changes;
    private long between;
    private float lastSeen = Float.NaN;

    void add(float[] slice, int width) {
      for (float value : slice) {
        note(value);
      }
      for (int i = 0; i < slice.length; i++) {
        if (i % width >= 2) {
          compare(slice[i - 2], slice[i - 1], slice[i]);
        }
        if (i >= 2 * width) {
          compare(slice[i - 2 * width], slice[i - width], slice[i]);
        }
      }
    }

    private void note(float value) {
      if (value == lastSeen || !Float.isFinite(value)) {
        return;
      }
      lastSeen = value;
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
      isWhole &= value == Math.rint(value);
      if (values.size() < MOST_DISTINCT) {
        values.add(value);
      }
    }

    private void compare(float before, float value, float after) {
      pairs++;
      if (value != after) {
        changes++;
        if (before < value && value < after || before > value && value > after) {
          between++;
        }
      }
    }

    ValueSurvey survey(PixelType type) {
      List<Float> lowest = values.stream().limit(NAMED).toList();
      return new ValueSurvey(
          type, values.size(), lowest, smallest, largest, isWhole, pairs, changes, between);
    }
  }
}
