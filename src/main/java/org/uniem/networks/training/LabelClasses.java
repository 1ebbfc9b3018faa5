package org.uniem.networks.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.postprocess.affinities.Offset;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.Volume;

/**
 * Turns the label values of a volume into classes, slice by slice. Not thread-safe.
 *
 * <p>A pixel becomes one byte: 0 where it is unlabelled, else 1 + class.
 */
final class LabelClasses {

  static final int MOST_CLASSES = 16;

  /** Floats of this and more may be larger labels that were rounded. */
  private static final int LARGEST_EXACT = 1 << 24;

  /** What the labels of a volume come to. */
  record Result(byte[][] slices, List<String> names, long[] counts, List<Integer> values) {}

  /**
   * The object ids of all slices, for affinities.
   *
   * @return 0 for none; {@code null} for a slice without labels
   * @throws BadInputException if an id is beyond 2³¹−1
   */
  static int[][] objects(Volume labels, byte[][] slices, Job job) {
    Job.Stage stage = job.stage("Reading objects", slices.length, "slices");
    float[] values = new float[Math.toIntExact(labels.width() * labels.height())];
    LabelSlices exact = LabelSlices.upTo(Integer.MAX_VALUE, labels, 0);
    int[][] objects = new int[slices.length][];
    for (int z = 0; z < slices.length; z++) {
      if (slices[z] != null) {
        labels.readSlice(z, 0, values);
        objects[z] = new int[values.length];
        boolean rounded = false;
        for (int i = 0; i < values.length; i++) {
          objects[z][i] = (int) values[i];
          rounded |= values[i] >= LARGEST_EXACT;
        }
        // Not always: the value of what is unlabelled may be negative, which is no id.
        if (rounded) {
          long[] ids = new long[values.length];
          exact.read(z, ids);
          Arrays.setAll(objects[z], i -> (int) ids[i]);
        }
      }
      stage.advance(1);
    }
    return objects;
  }

  private final Volume labels;
  private final TrainingDataOptions options;
  private final TreeMap<Integer, Byte> codes = new TreeMap<>();
  private final byte[][] slices;

  /** The smallest value of the foreground. */
  private final float threshold;

  private LabelClasses(Volume labels, TrainingDataOptions options, float threshold) {
    this.labels = labels;
    this.options = options;
    this.threshold = threshold;
    this.slices = new byte[(int) labels.depth()][];
  }

  /**
   * Reads the labels.
   *
   * @return per slice the bytes, {@code null} where nothing is labelled; the names of the output
   *     maps, as painted or else the values; the number of pixels per class (background first where
   *     there is one output); and the values that are classes, in order, none where all but 0 are
   *     one class
   * @throws BadInputException if the labels cannot train a network
   */
  static Result read(Volume labels, TrainingDataOptions options, Job job) {
    float threshold =
        options.classes() == TrainingDataOptions.Classes.FOREGROUND
            ? SoftMask.threshold(labels, options, job)
            : Float.NaN;
    LabelClasses reader = new LabelClasses(labels, options, threshold);
    Job.Stage stage = job.stage("Reading labels", labels.depth(), "slices");
    float[] values = new float[Math.toIntExact(labels.width() * labels.height())];
    for (int z = 0; z < reader.slices.length; z++) {
      labels.readSlice(z, 0, values);
      reader.slices[z] = reader.encode(z, values);
      stage.advance(1);
    }
    return options.classes() == TrainingDataOptions.Classes.FOREGROUND
        ? reader.foreground()
        : reader.values();
  }

  private byte[] encode(int z, float[] values) {
    byte[] slice = new byte[values.length];
    boolean any = false;
    float lastValue = Float.NaN;
    byte lastCode = 0;
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      // Neighbours mostly agree, so the table is asked once per run of equal values.
      if (value != lastValue) {
        lastCode = code(z, i, value);
        lastValue = value;
      }
      slice[i] = lastCode;
      any |= lastCode != 0;
    }
    return any ? slice : null;
  }

  private byte code(int z, int index, float value) {
    if (value != Math.rint(value) || Float.isInfinite(value)) {
      throw new BadInputException(
          place(z, index)
              + " is "
              + value
              + ", expected a whole number. Give a label image, not a probability map.");
    }
    if (options.unlabelled() != null && value == options.unlabelled()) {
      return 0;
    }
    if (options.classes() == TrainingDataOptions.Classes.FOREGROUND) {
      // Without soft edges all but 0, also what is negative.
      return (byte) (value >= threshold || value < 0 ? 2 : 1);
    }
    if (Math.abs(value) >= LARGEST_EXACT) {
      throw new BadInputException(
          place(z, index)
              + " is "
              + value
              + ", expected a class, a whole number below "
              + LARGEST_EXACT
              + ". Use classes=foreground if they are objects of one kind.");
    }
    int label = (int) value;
    Byte known = codes.get(label);
    if (known == null) {
      if (codes.size() == MOST_CLASSES) {
        throw new BadInputException(
            "Labels "
                + labels.name()
                + " hold more than "
                + MOST_CLASSES
                + " different values ("
                + label
                + " at "
                + place(z, index)
                + "). Use classes=foreground if they are objects of one kind.");
      }
      known = (byte) (codes.size() + 1);
      codes.put(label, known);
    }
    return known;
  }

  private String place(int z, int index) {
    long width = labels.width();
    return "Label in slice "
        + labels.sliceName(z)
        + " of "
        + labels.name()
        + " at x="
        + index % width
        + ", y="
        + index / width;
  }

  private Result foreground() {
    long[] counts = count(2);
    checkLabelled(counts);
    if (options.affinities()) {
      checkObjects(counts);
      return new Result(slices, affinityNames(), counts, List.of());
    }
    if (counts[1] == 0) {
      throw new BadInputException(
          "Labels "
              + labels.name()
              + " have no foreground: every labelled pixel is 0. Paint objects with values above"
              + " 0, or check that this is the label volume.");
    }
    if (counts[0] == 0) {
      throw new BadInputException(
          "Labels "
              + labels.name()
              + " are foreground alone: no labelled pixel is 0."
              + (options.unlabelled() != null && options.unlabelled() == 0
                  ? " With unlabelled=0 paint background and objects with values of their own and"
                      + " use classes=values."
                  : " Paint background with 0."));
    }
    return new Result(slices, List.of(foregroundName()), counts, List.of());
  }

  private void checkObjects(long[] counts) {
    if (counts[1] == 0) {
      throw new BadInputException(
          "Labels "
              + labels.name()
              + " have no object: every labelled pixel is 0. Give objects with values of their own,"
              + " for example of label-objects.");
    }
  }

  /** Numbered, so that maps in folders of these names keep their order. */
  private List<String> affinityNames() {
    List<String> names = new ArrayList<>();
    for (Offset offset : options.offsets()) {
      names.add(String.format(Locale.ROOT, "%02d_%s", names.size(), offset));
    }
    return List.copyOf(names);
  }

  /** As the painter named the only class that is not the background. */
  private String foregroundName() {
    return labels
        .labelKey()
        .map(LabelKey::classNames)
        .filter(names -> names.size() == 2)
        .map(names -> names.get(1))
        .orElse("foreground");
  }

  private String className(int value) {
    return labels
        .labelKey()
        .map(LabelKey::classNames)
        .filter(names -> value >= 0 && value < names.size())
        .map(names -> names.get(value))
        .orElse(String.valueOf(value));
  }

  private Result values() {
    checkLabelled(count(codes.size()));
    if (codes.size() < 2) {
      throw new BadInputException(
          "Labels "
              + labels.name()
              + " hold one class only: every labelled pixel is "
              + codes.firstKey()
              + ", expected at least two values.");
    }
    byte[] sorted = new byte[codes.size() + 1];
    List<String> names = new ArrayList<>();
    codes.forEach(
        (value, code) -> {
          names.add(className(value));
          sorted[code] = (byte) names.size();
        });
    for (byte[] slice : slices) {
      for (int i = 0; slice != null && i < slice.length; i++) {
        slice[i] = sorted[slice[i]];
      }
    }
    return new Result(slices, List.copyOf(names), count(names.size()), List.copyOf(codes.keySet()));
  }

  private void checkLabelled(long[] counts) {
    long labelled = 0;
    for (long count : counts) {
      labelled += count;
    }
    if (labelled == 0) {
      throw new BadInputException(
          "Labels "
              + labels.name()
              + " hold no labelled pixel: every pixel has the value "
              + options.unlabelled()
              + ", which stands for unlabelled. Paint some slices or change unlabelled.");
    }
  }

  private long[] count(int classes) {
    long[] counts = new long[classes + 1];
    for (byte[] slice : slices) {
      for (int i = 0; slice != null && i < slice.length; i++) {
        counts[slice[i]]++;
      }
    }
    return Arrays.copyOfRange(counts, 1, counts.length);
  }
}
