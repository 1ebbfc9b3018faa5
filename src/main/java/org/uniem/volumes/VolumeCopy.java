package org.uniem.volumes;

import java.util.ArrayList;
import java.util.List;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;

/** Copies a volume to another format, slice by slice. Stateless. */
public final class VolumeCopy {

  private VolumeCopy() {}

  /**
   * Writes all slices of a volume and completes the output. Memory does not grow with the number of
   * slices.
   *
   * @param source what is copied
   * @param writer of a volume of the same size; committed, not closed
   * @param exact whether values are copied as whole numbers of 64 bits; else as floats, which are
   *     exact up to 2²⁴
   * @param job shows progress and can be cancelled
   * @throws org.uniem.job.OutputException if a value does not fit the type of the output
   */
  public static void copy(Volume source, VolumeWriter writer, boolean exact, Job job) {
    int size = Math.toIntExact(source.width() * source.height());
    long[][] labels = new long[source.channels()][exact ? size : 0];
    float[][] values = new float[source.channels()][exact ? 0 : size];
    Job.Stage stage = job.stage("Converting", source.depth(), "slices");
    for (long z = 0; z < source.depth(); z++) {
      for (int c = 0; c < source.channels(); c++) {
        job.checkCancelled();
        if (exact) {
          source.readLabels(z, c, labels[c]);
        } else {
          source.readSlice(z, c, values[c]);
        }
      }
      if (exact) {
        writer.writeLabels(labels);
      } else {
        writer.writeSlice(values);
      }
      stage.advance(1);
    }
    writer.commit();
  }

  /**
   * A part of a volume, with its voxel size.
   *
   * @param source stays open as long as the part is used
   * @param part voxels x, y, z
   * @throws BadParameterException if it is not inside the volume
   */
  public static Volume crop(Volume source, Interval part) {
    long[] size = {source.width(), source.height(), source.depth()};
    for (int d = 0; d < 3; d++) {
      if (part.dimension(d) < 1 || part.min(d) < 0 || part.max(d) >= size[d]) {
        throw new BadParameterException(
            "The part from "
                + part.min(d)
                + " to "
                + part.max(d)
                + " along "
                + "xyz".charAt(d)
                + " is not inside "
                + source.name()
                + ": give a part of 0 to "
                + (size[d] - 1)
                + ".");
      }
    }
    List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();
    for (int c = 0; c < source.channels(); c++) {
      channels.add(cropped(source.channel(c), part));
    }
    return Volumes.of(channels, source.voxelSize(), source.name());
  }

  private static <T extends RealType<T>> RandomAccessibleInterval<T> cropped(
      RandomAccessibleInterval<? extends RealType<?>> channel, Interval part) {
    @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
    RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) channel;
    return Views.interval(typed, part);
  }
}
