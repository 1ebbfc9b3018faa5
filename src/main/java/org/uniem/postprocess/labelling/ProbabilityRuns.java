package org.uniem.postprocess.labelling;

import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.SliceReader;

/** Runs of value 1 where a probability reaches a threshold. */
final class ProbabilityRuns implements RunReader {

  private final SliceReader image;
  private final float bound;
  private final boolean gaps;
  private final float[] slice;

  ProbabilityRuns(SliceReader image, double threshold, boolean gaps, int sliceSize) {
    this.image = image;
    this.bound = smallestFloatNotBelow(threshold);
    this.gaps = gaps;
    this.slice = new float[sliceSize];
  }

  /** The threshold as the float that splits all floats in the same way. */
  private static float smallestFloatNotBelow(double threshold) {
    float nearest = (float) threshold;
    return nearest < threshold ? Math.nextUp(nearest) : nearest;
  }

  /**
   * {@inheritDoc}
   *
   * @throws BadInputException if a value is not a number
   */
  @Override
  public void read(long z, SliceRuns runs, Job job) {
    image.read(z, slice);
    for (int y = 0; y < runs.height(); y++) {
      job.checkCancelled();
      runs.startRow(y);
      readRow(y, z, runs);
    }
    runs.endRows();
  }

  private void readRow(int y, long z, SliceRuns runs) {
    int begin = y * runs.width();
    int end = begin + runs.width();
    int i = begin;
    while (i < end) {
      int start = i;
      while (i < end && slice[i] < bound) {
        i++;
      }
      if (gaps && i > start) {
        runs.add(start - begin, i - 1 - begin, SliceRuns.GAP);
      }
      if (i == end) {
        break;
      }
      start = i;
      while (i < end && slice[i] >= bound) {
        i++;
      }
      if (i < end && Float.isNaN(slice[i])) {
        throw new BadInputException(
            "The pixel at x="
                + (i - begin)
                + ", y="
                + y
                + " of slice z="
                + z
                + " (counted from 0) is not a number (NaN): expected a probability. Repeat the"
                + " prediction, or replace such pixels.");
      }
      runs.add(start - begin, i - 1 - begin, 1);
    }
  }
}
