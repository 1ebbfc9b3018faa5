package org.uniem.volumes;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

/**
 * Sees whether a threshold divides a probability map at all, while the map is read for something
 * else: one that no value or every value reaches is most often meant for another scale.
 * Thread-safe.
 */
public final class ThresholdWatch {

  /** Largest probability from which on a map may well have nothing in it. */
  private static final double PLAUSIBLE = 0.25;

  private final String parameter;
  private final Volume map;
  private final double threshold;
  private final double bound;
  private final LongAdder reached = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final LongAccumulator largest =
      new LongAccumulator(Math::max, Double.doubleToLongBits(0));

  /**
   * @param parameter name of the parameter with the map, for messages
   * @param map values 0 … {@link PixelType#fullScale()}
   * @param threshold probability 0 … 1 from which on a voxel counts
   */
  public ThresholdWatch(String parameter, Volume map, double threshold) {
    this.parameter = parameter;
    this.map = map;
    this.threshold = threshold;
    bound = threshold * map.pixelType().fullScale();
  }

  /** The same slices, watched; those read twice count twice, which changes nothing. */
  public SliceReader over(SliceReader slices) {
    return (z, target) -> {
      slices.read(z, target);
      float most = 0;
      int count = 0;
      for (float value : target) {
        most = Math.max(most, value);
        if (value >= bound) {
          count++;
        }
      }
      reached.add(count);
      missed.add(target.length - count);
      largest.accumulate(Double.doubleToLongBits(most));
    };
  }

  /**
   * Judges what was read.
   *
   * @param job told where the threshold divides nothing
   * @throws BadInputException where no value reaches it and all are so low that they can hardly be
   *     probabilities of the map's type
   */
  public void report(Job job) {
    if (reached.sum() == 0) {
      reportNone(job);
    } else if (missed.sum() == 0) {
      job.message(
          "Every voxel of "
              + map.name()
              + " reaches the threshold "
              + threshold
              + ": the whole is one region. Give a higher threshold, or check the map.");
    }
  }

  private void reportNone(Job job) {
    double fullScale = map.pixelType().fullScale();
    double most = Double.longBitsToDouble(largest.get());
    String found =
        "No voxel of "
            + parameter
            + "="
            + map.name()
            + " reaches the threshold "
            + threshold
            + ", which is "
            + ProbabilityMap.number(bound)
            + " where "
            + ProbabilityMap.number(fullScale)
            + " is 1: the largest value is "
            + ProbabilityMap.number(most)
            + ".";
    if (most > 0 && most < PLAUSIBLE * fullScale) {
      throw new BadInputException(
          found
              + " If that stands for probability 1, give threshold="
              + ProbabilityMap.number(threshold * most / fullScale)
              + ".");
    }
    job.message(found + " There are no objects.");
  }
}
