package org.uniem.fiji.voxels;

import java.util.Arrays;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.uniem.viewers.VolumeLayer;

/**
 * The values shown darkest and brightest.
 *
 * @param low value of the darkest, less than high
 * @param high value of the brightest
 */
public record ContrastRange(double low, double high) {

  private static final int SAMPLES_PER_SLICE = 1 << 16;
  private static final double TAIL = 0.002;

  /**
   * The range that leaves out the darkest and brightest 0.2 % of a sample from three slices, or 0
   * to probability 1. Reads these slices.
   */
  public static ContrastRange of(VolumeLayer layer) {
    return switch (layer.kind()) {
      case IMAGE -> ofData(layer.voxels());
      case PROBABILITY -> new ContrastRange(0, layer.fullScale());
      case LABELS -> new ContrastRange(0, 1);
    };
  }

  /** The range of an image, likewise. */
  public static ContrastRange ofData(RandomAccessibleInterval<? extends RealType<?>> voxels) {
    long depth = voxels.dimension(2);
    long[] slices = {depth / 4, depth / 2, depth * 3 / 4};
    slices = Arrays.stream(slices).distinct().toArray();
    double[] sample = new double[SAMPLES_PER_SLICE * slices.length];
    int count = 0;
    for (long z : slices) {
      RandomAccessibleInterval<? extends RealType<?>> slice =
          Views.hyperSlice(voxels, 2, voxels.min(2) + z);
      long pixels = slice.dimension(0) * slice.dimension(1);
      long step = Math.max(1, (pixels + SAMPLES_PER_SLICE - 1) / SAMPLES_PER_SLICE);
      Cursor<? extends RealType<?>> cursor = Views.flatIterable(slice).cursor();
      for (long at = 0; at < pixels; at += step) {
        cursor.jumpFwd(at == 0 ? 1 : step);
        double value = cursor.get().getRealDouble();
        if (Double.isFinite(value)) {
          sample[count++] = value;
        }
      }
    }
    Arrays.sort(sample, 0, count);
    if (count == 0) {
      return new ContrastRange(0, 1);
    }
    double low = sample[(int) (TAIL * (count - 1))];
    double high = sample[(int) ((1 - TAIL) * (count - 1))];
    return new ContrastRange(low, high > low ? high : low + 1);
  }
}
