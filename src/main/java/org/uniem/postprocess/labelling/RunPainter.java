package org.uniem.postprocess.labelling;

import java.util.Arrays;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.LongArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.GenericByteType;
import net.imglib2.type.numeric.integer.GenericIntType;
import net.imglib2.type.numeric.integer.GenericLongType;
import net.imglib2.type.numeric.integer.GenericShortType;
import org.uniem.job.Job;

/**
 * Writes runs of labels into an image, straight into its array where it has one. One thread each;
 * several may write different slices, but of types that share bytes between voxels.
 */
public abstract class RunPainter {

  /**
   * A painter for one thread.
   *
   * @param labels axes x, y or x, y, z; may start anywhere
   */
  public static <L extends IntegerType<L>> RunPainter on(RandomAccessibleInterval<L> labels) {
    if (labels instanceof ArrayImg<?, ?> image) {
      Object access = image.update(null);
      L type = labels.getType();
      if (type instanceof GenericIntType && access instanceof IntArray array) {
        int[] values = array.getCurrentStorageArray();
        return onArray(labels, (from, to, id) -> Arrays.fill(values, from, to, (int) id));
      }
      if (type instanceof GenericLongType && access instanceof LongArray array) {
        long[] values = array.getCurrentStorageArray();
        return onArray(labels, (from, to, id) -> Arrays.fill(values, from, to, id));
      }
      if (type instanceof GenericShortType && access instanceof ShortArray array) {
        short[] values = array.getCurrentStorageArray();
        return onArray(labels, (from, to, id) -> Arrays.fill(values, from, to, (short) id));
      }
      if (type instanceof GenericByteType && access instanceof ByteArray array) {
        byte[] values = array.getCurrentStorageArray();
        return onArray(labels, (from, to, id) -> Arrays.fill(values, from, to, (byte) id));
      }
    }
    return new OnAnyImage<>(labels);
  }

  /** Writes a slice: its runs with their ids, 0 between them. */
  void paint(SliceRuns runs, int[] ids, long z, Job job) {
    for (int y = 0; y < runs.height(); y++) {
      job.checkCancelled();
      startRow(y, z);
      int x = 0;
      for (int run = runs.rowStart(y); run < runs.rowStart(y + 1); run++) {
        if (x < runs.first(run)) {
          fill(x, runs.first(run), 0);
        }
        x = runs.last(run) + 1;
        fill(runs.first(run), x, ids[run]);
      }
      if (x < runs.width()) {
        fill(x, runs.width(), 0);
      }
    }
  }

  /**
   * Goes to the left edge of a row.
   *
   * @param y row, from 0 at the smallest y of the image
   * @param z slice, from 0 at the smallest z
   */
  public abstract void startRow(int y, long z);

  /**
   * Writes a run; from left to right only.
   *
   * @param from the first x, from 0 at the left edge
   * @param to one past the last x
   * @param id what is written
   */
  public abstract void fill(int from, int to, long id);

  private interface Range {
    void fill(int from, int to, long id);
  }

  private static RunPainter onArray(RandomAccessibleInterval<?> labels, Range range) {
    int width = (int) labels.dimension(0);
    int height = (int) labels.dimension(1);
    return new RunPainter() {
      private int row;

      @Override
      public void startRow(int y, long z) {
        row = ((int) z * height + y) * width;
      }

      @Override
      public void fill(int from, int to, long id) {
        range.fill(row + from, row + to, id);
      }
    };
  }

  private static final class OnAnyImage<L extends IntegerType<L>> extends RunPainter {

    private final RandomAccessibleInterval<L> labels;
    private final RandomAccess<L> access;

    OnAnyImage(RandomAccessibleInterval<L> labels) {
      this.labels = labels;
      this.access = labels.randomAccess();
    }

    @Override
    public void startRow(int y, long z) {
      labels.min(access);
      access.move(y, 1);
      if (labels.numDimensions() == 3) {
        access.move(z, 2);
      }
    }

    @Override
    public void fill(int from, int to, long id) {
      access.setPosition(labels.min(0) + from, 0);
      access.get().setInteger(id);
      // Never a step past the row: some images would load a block there.
      for (int i = from + 1; i < to; i++) {
        access.fwd(0);
        access.get().setInteger(id);
      }
    }
  }
}
