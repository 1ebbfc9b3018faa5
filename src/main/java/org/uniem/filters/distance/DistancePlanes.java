package org.uniem.filters.distance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.uniem.job.Job;

/**
 * Slices of floats in arrays: the array of the output where it has one, else arrays of their own,
 * one per slice, so that images may have more voxels than an array.
 */
final class DistancePlanes {

  private final int width;
  private final int height;
  private final float[][] arrays;
  private final boolean shared;

  private DistancePlanes(int width, int height, float[][] arrays, boolean shared) {
    this.width = width;
    this.height = height;
    this.arrays = arrays;
    this.shared = shared;
  }

  /** Planes of the size of an output, in its memory where that is an array of floats. */
  static DistancePlanes over(RandomAccessibleInterval<? extends RealType<?>> output) {
    int width = (int) output.dimension(0);
    int height = (int) output.dimension(1);
    int depth = output.numDimensions() == 3 ? (int) output.dimension(2) : 1;
    float[][] arrays = new float[depth][];
    if (output instanceof ArrayImg<?, ?> image
        && image.firstElement() instanceof FloatType
        && image.update(null) instanceof FloatArray access) {
      Arrays.fill(arrays, access.getCurrentStorageArray());
      return new DistancePlanes(width, height, arrays, true);
    }
    for (int z = 0; z < depth; z++) {
      arrays[z] = new float[width * height];
    }
    return new DistancePlanes(width, height, arrays, false);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int depth() {
    return arrays.length;
  }

  /** The array that holds a slice. */
  float[] array(int z) {
    return arrays[z];
  }

  /** Where in its array a slice begins. */
  int offset(int z) {
    return shared ? z * width * height : 0;
  }

  /** Copies all slices to an output that has no such array. */
  <R extends RealType<R>> void copyTo(RandomAccessibleInterval<R> output, Job job) {
    if (shared) {
      return;
    }
    boolean packed =
        output.getType() instanceof NativeType<?> type && type.getEntitiesPerPixel().getRatio() < 1;
    int portion = packed ? arrays.length : Math.max(1, arrays.length / (4 * job.threads()));
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int begin = 0; begin < arrays.length; begin += portion) {
      int from = begin;
      int to = Math.min(begin + portion, arrays.length);
      tasks.add(
          () -> {
            for (int z = from; z < to; z++) {
              copySlice(z, output, job);
            }
            return null;
          });
    }
    job.runAll(tasks);
  }

  private <R extends RealType<R>> void copySlice(
      int z, RandomAccessibleInterval<R> output, Job job) {
    RandomAccess<R> access = output.randomAccess();
    float[] plane = arrays[z];
    for (int y = 0; y < height; y++) {
      job.checkCancelled();
      output.min(access);
      access.move(y, 1);
      if (output.numDimensions() == 3) {
        access.move(z, 2);
      }
      for (int x = 0; x < width; x++) {
        access.setPosition(output.min(0) + x, 0);
        access.get().setReal(plane[y * width + x]);
      }
    }
  }
}
