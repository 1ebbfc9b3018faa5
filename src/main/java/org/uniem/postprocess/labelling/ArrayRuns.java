package org.uniem.postprocess.labelling;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntFunction;
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

/** Runs of equal labels, found in the array of an image where it lies, several times as fast. */
abstract class ArrayRuns implements RunReader {

  private final boolean gaps;
  private final long mask;

  /**
   * @param gaps whether background has runs too
   * @param mask the bits of a label
   */
  private ArrayRuns(boolean gaps, long mask) {
    this.gaps = gaps;
    this.mask = mask;
  }

  /**
   * Makes readers of an image's array.
   *
   * @param image axes x, y or x, y, z
   * @param gaps whether background has runs too
   * @return empty where it has no array of whole bytes, shorts, ints or longs
   */
  static <L extends IntegerType<L>> Optional<IntFunction<RunReader>> of(
      RandomAccessibleInterval<L> image, boolean gaps) {
    if (!(image instanceof ArrayImg<?, ?> img)) {
      return Optional.empty();
    }
    L type = image.getType();
    Object access = img.update(null);
    boolean signed = type.getMinValue() < 0;
    if (type instanceof GenericByteType && access instanceof ByteArray array) {
      byte[] values = array.getCurrentStorageArray();
      return Optional.of(size -> new Bytes(values, gaps, signed ? -1 : 0xffL));
    }
    if (type instanceof GenericShortType && access instanceof ShortArray array) {
      short[] values = array.getCurrentStorageArray();
      return Optional.of(size -> new Shorts(values, gaps, signed ? -1 : 0xffffL));
    }
    if (type instanceof GenericIntType && access instanceof IntArray array) {
      int[] values = array.getCurrentStorageArray();
      return Optional.of(size -> new Ints(values, gaps, signed ? -1 : 0xffffffffL));
    }
    if (type instanceof GenericLongType && access instanceof LongArray array) {
      long[] values = array.getCurrentStorageArray();
      return Optional.of(size -> new Longs(values, gaps));
    }
    return Optional.empty();
  }

  @Override
  public void read(long z, SliceRuns runs, Job job) {
    int width = runs.width();
    for (int y = 0; y < runs.height(); y++) {
      job.checkCancelled();
      runs.startRow(y);
      int begin = ((int) z * runs.height() + y) * width;
      int end = begin + width;
      int start = begin;
      while (start < end) {
        int after = runEnd(start, end);
        long value = value(start) & mask;
        if (gaps || value != SliceRuns.GAP) {
          runs.add(start - begin, after - 1 - begin, value);
        }
        start = after;
      }
    }
    runs.endRows();
  }

  /** The index after the voxels that are as the one at {@code from}. */
  abstract int runEnd(int from, int end);

  abstract long value(int i);

  private static final class Bytes extends ArrayRuns {

    private static final VarHandle EIGHT =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH = 0x0101010101010101L;

    private final byte[] values;

    Bytes(byte[] values, boolean gaps, long mask) {
      super(gaps, mask);
      this.values = values;
    }

    @Override
    int runEnd(int from, int end) {
      byte value = values[from];
      long same = (value & 0xffL) * EACH;
      int i = from + 1;
      while (i + Long.BYTES <= end) {
        long different = (long) EIGHT.get(values, i) ^ same;
        if (different != 0) {
          return i + Long.numberOfTrailingZeros(different) / Byte.SIZE;
        }
        i += Long.BYTES;
      }
      while (i < end && values[i] == value) {
        i++;
      }
      return i;
    }

    @Override
    long value(int i) {
      return values[i];
    }
  }

  private static final class Shorts extends ArrayRuns {

    private final short[] values;

    Shorts(short[] values, boolean gaps, long mask) {
      super(gaps, mask);
      this.values = values;
    }

    @Override
    int runEnd(int from, int end) {
      short value = values[from];
      int i = from + 1;
      while (i < end && values[i] == value) {
        i++;
      }
      return i;
    }

    @Override
    long value(int i) {
      return values[i];
    }
  }

  private static final class Ints extends ArrayRuns {

    private final int[] values;

    Ints(int[] values, boolean gaps, long mask) {
      super(gaps, mask);
      this.values = values;
    }

    @Override
    int runEnd(int from, int end) {
      int value = values[from];
      int i = from + 1;
      while (i < end && values[i] == value) {
        i++;
      }
      return i;
    }

    @Override
    long value(int i) {
      return values[i];
    }
  }

  private static final class Longs extends ArrayRuns {

    private final long[] values;

    Longs(long[] values, boolean gaps) {
      super(gaps, -1);
      this.values = values;
    }

    @Override
    int runEnd(int from, int end) {
      long value = values[from];
      int i = from + 1;
      while (i < end && values[i] == value) {
        i++;
      }
      return i;
    }

    @Override
    long value(int i) {
      return values[i];
    }
  }
}
