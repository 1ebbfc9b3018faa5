package org.uniem.volumes;

import net.imglib2.Cursor;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.GenericByteType;
import net.imglib2.type.numeric.integer.GenericIntType;
import net.imglib2.type.numeric.integer.GenericLongType;
import net.imglib2.type.numeric.integer.GenericShortType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * Copies labels into arrays: whole bytes, shorts, ints and longs several times as fast as other
 * types. Thread-safe.
 */
final class LabelCopy {

  private LabelCopy() {}

  /**
   * Copies a part of an image.
   *
   * @param labels the image
   * @param part lies within it
   * @param target receives the ids, first axis fastest
   */
  static <L extends IntegerType<L>> void copy(
      RandomAccessibleInterval<L> labels, Interval part, long[] target) {
    int size = Math.toIntExact(Intervals.numElements(part));
    L type = labels.getType();
    if (type instanceof GenericByteType) {
      byte[] values = blocks(labels, part, new byte[size]);
      int mask = type.getMinValue() < 0 ? -1 : 0xff;
      for (int i = 0; i < size; i++) {
        target[i] = values[i] & mask;
      }
    } else if (type instanceof GenericShortType) {
      short[] values = blocks(labels, part, new short[size]);
      int mask = type.getMinValue() < 0 ? -1 : 0xffff;
      for (int i = 0; i < size; i++) {
        target[i] = values[i] & mask;
      }
    } else if (type instanceof GenericIntType) {
      int[] values = blocks(labels, part, new int[size]);
      long mask = type.getMinValue() < 0 ? -1L : 0xffffffffL;
      for (int i = 0; i < size; i++) {
        target[i] = values[i] & mask;
      }
    } else if (type instanceof GenericLongType) {
      blocks(labels, part, target);
    } else {
      Cursor<L> cursor = Views.flatIterable(Views.interval(labels, part)).cursor();
      for (int i = 0; i < size; i++) {
        target[i] = cursor.next().getIntegerLong();
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the caller looked at the type
  private static <A> A blocks(RandomAccessibleInterval<?> labels, Interval part, A target) {
    PrimitiveBlocks<?> blocks =
        PrimitiveBlocks.of(
            (RandomAccessibleInterval) (RandomAccessibleInterval<? extends NativeType>) labels,
            PrimitiveBlocks.OnFallback.ACCEPT);
    blocks.copy(part, target);
    return target;
  }
}
