package org.uniem.volumes;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;

/** Writes slices of labels to an image; for one thread. */
final class LabelImage {

  private LabelImage() {}

  static <L extends IntegerType<L>> void copy(
      LabelSlices slices, RandomAccessibleInterval<L> labels, Job job) {
    int axes = labels.numDimensions();
    if (axes != 2 && axes != 3) {
      throw new BadInputException(
          "The label image has " + axes + " axes: expected 2 (x, y) or 3 (x, y, z).");
    }
    long depth = axes == 3 ? labels.dimension(2) : 1;
    long[] slice = new long[Math.toIntExact(labels.dimension(0) * labels.dimension(1))];
    Job.Stage progress = job.stage("Writing labels", depth, "slices");
    for (long z = 0; z < depth; z++) {
      slices.read(z, slice);
      write(slice, z, labels);
      progress.advance(1);
    }
  }

  private static <L extends IntegerType<L>> void write(
      long[] slice, long z, RandomAccessibleInterval<L> labels) {
    RandomAccess<L> access = labels.randomAccess();
    double largest = labels.getType().getMaxValue();
    int width = (int) labels.dimension(0);
    for (int i = 0; i < slice.length; i++) {
      if (slice[i] > largest) {
        throw new BadParameterException(
            "Slice z="
                + z
                + " (counted from 0) has the id "
                + slice[i]
                + ", but the label type "
                + labels.getType().getClass().getSimpleName()
                + " holds ids up to "
                + (long) largest
                + ": choose a larger label type, or renumber the labels.");
      }
      access.setPosition(labels.min(0) + i % width, 0);
      access.setPosition(labels.min(1) + i / width, 1);
      if (labels.numDimensions() == 3) {
        access.setPosition(labels.min(2) + z, 2);
      }
      access.get().setInteger(slice[i]);
    }
  }
}
