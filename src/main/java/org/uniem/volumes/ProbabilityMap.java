package org.uniem.volumes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.RealType;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

/**
 * What is given where probabilities are expected: looks whether it can hold some, and whether 1
 * stands where its pixel type says.
 *
 * <p>A mask of 0 and one other value, whichever that is, has that value for 1; labels are refused;
 * values that are all low for their type are told, since a map of 12 bits in a 16-bit file is dark
 * as a whole. Judged by a {@link ValueSurvey}. Thread-safe.
 */
public final class ProbabilityMap {

  /** Share of the full scale below which the largest value is told. */
  private static final double LOW = 0.25;

  private ProbabilityMap() {}

  /**
   * The volume whose largest possible value, {@link PixelType#fullScale()}, is probability 1.
   *
   * @param parameter name of the parameter, for messages
   * @param volume as given; the result reads from it
   * @param job told what was taken for 1 where it is not what the type says
   * @return the volume itself, or a view of a mask with its values scaled
   * @throws BadInputException if it holds labels
   */
  public static Volume of(String parameter, Volume volume, Job job) {
    PixelType type = volume.pixelType();
    if (volume.holdsLabels() || type == PixelType.UINT32 || type == PixelType.UINT64) {
      throw labels(parameter, volume, "labels");
    }
    List<ValueSurvey> surveys = new ArrayList<>();
    for (int channel = 0; channel < volume.channels(); channel++) {
      surveys.add(ValueSurvey.of(volume, channel));
    }
    surveys.stream()
        .filter(ValueSurvey::isSurelyLabels)
        .findFirst()
        .ifPresent(
            survey -> {
              throw labels(parameter, volume, survey.describe());
            });
    double largest = surveys.stream().mapToDouble(ValueSurvey::largest).max().orElse(0);
    if (isMask(type, surveys, largest)) {
      return mask(parameter, volume, largest, job);
    }
    if (largest > 0 && largest < LOW * type.fullScale()) {
      job.message(low(parameter, volume, largest));
    }
    return volume;
  }

  private static boolean isMask(PixelType type, List<ValueSurvey> surveys, double largest) {
    // What floats say up to 1 is a probability as it stands.
    double least = type == PixelType.FLOAT32 ? 1 : 0;
    return largest > least
        && surveys.stream()
            .allMatch(
                survey ->
                    survey.distinct() <= 2
                        && (survey.smallest() == 0 || survey.smallest() == largest)
                        && (survey.largest() == 0 || survey.largest() == largest))
        && surveys.stream().anyMatch(survey -> survey.distinct() == 2);
  }

  private static Volume mask(String parameter, Volume volume, double largest, Job job) {
    double fullScale = volume.pixelType().fullScale();
    if (largest == fullScale) {
      return volume;
    }
    job.message(
        parameter
            + "="
            + volume.name()
            + " holds a mask, 0 and "
            + number(largest)
            + ": taken for the probabilities 0 and 1.");
    return new Mask(volume, largest, fullScale);
  }

  /**
   * What to say of a map whose values are all low.
   *
   * @param largest the largest value seen
   */
  private static String low(String parameter, Volume volume, double largest) {
    double fullScale = volume.pixelType().fullScale();
    return parameter
        + "="
        + volume.name()
        + " has no value above "
        + number(largest)
        + " in the slices looked at, where "
        + number(fullScale)
        + " stands for probability 1: the largest probability is "
        + number(largest / fullScale)
        + ". If "
        + number(largest)
        + " should be 1, give thresholds as parts of "
        + number(largest / fullScale)
        + ".";
  }

  private static BadInputException labels(String parameter, Volume volume, String found) {
    return new BadInputException(
        parameter
            + "="
            + volume.name()
            + " holds "
            + found
            + ": expected a probability map, 8-bit (255 = 1), 16-bit (65535 = 1) or float. Give the"
            + " map that the labels were made of.");
  }

  static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  /** A volume of 0 and a largest value that stands for another. */
  private record Mask(Volume delegate, double largest, double one) implements DelegatingVolume {

    @Override
    public RandomAccessibleInterval<? extends RealType<?>> channel(int channel) {
      return scaled(delegate.channel(channel));
    }

    @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
    private <T extends RealType<T>> RandomAccessibleInterval<T> scaled(
        RandomAccessibleInterval<? extends RealType<?>> image) {
      RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) image;
      return Converters.convert(
          typed,
          (value, target) -> target.setReal(scaled(value.getRealDouble())),
          typed.getType().createVariable());
    }

    @Override
    public void readSlice(long z, int channel, float[] target) {
      delegate.readSlice(z, channel, target);
      for (int i = 0; i < target.length; i++) {
        target[i] = (float) scaled(target[i]);
      }
    }

    /** The slices that were not looked at may hold other values. */
    private double scaled(double value) {
      if (value != 0 && value != largest) {
        throw new BadInputException(
            name()
                + " holds the value "
                + number(value)
                + " in some slices and nothing but 0 and "
                + number(largest)
                + " in others: expected either a mask or a probability map with "
                + number(one)
                + " for 1. Scale it to that.");
      }
      return value == 0 ? 0 : one;
    }
  }
}
