package org.uniem.floodfilling.agglomeration;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.converter.Converters;
import net.imglib2.converter.RealFloatConverter;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.volumes.Volume;

/** Boxes of labels and of numbers laid out like them: x fastest, then y, then z. */
final class LabelBox {

  private LabelBox() {}

  static Extent size(Interval box) {
    return new Extent((int) box.dimension(0), (int) box.dimension(1), (int) box.dimension(2));
  }

  /**
   * Reads labels that are known to be whole numbers 0 … 2²⁴.
   *
   * @param box inside the volume, less than 2³¹ voxels
   */
  static int[] read(Volume labels, Interval box) {
    float[] values = new float[Math.toIntExact(size(box).voxels())];
    copy(labels.channel(0), box, values);
    int[] ids = new int[values.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) values[i];
    }
    return ids;
  }

  @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
  private static <T extends RealType<T>> void copy(
      RandomAccessibleInterval<? extends RealType<?>> labels, Interval box, float[] values) {
    PrimitiveBlocks.of(
            Converters.convert(
                (RandomAccessibleInterval<T>) labels, new RealFloatConverter<T>(), new FloatType()),
            PrimitiveBlocks.OnFallback.ACCEPT)
        .copy(box, values);
  }
}
