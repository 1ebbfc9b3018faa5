package org.uniem.volumes;

import net.imglib2.Cursor;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.uniem.job.OutputException;

/** Label ids between 64 bits and what volumes hold. */
final class ExactLabels {

  private ExactLabels() {}

  /** Reads ids from the pixels of wide integer types, from the floats of others. */
  static void read(Volume volume, long z, int channel, long[] target) {
    if (volume.pixelType() == PixelType.UINT32 || volume.pixelType() == PixelType.UINT64) {
      Cursor<? extends RealType<?>> cursor =
          Views.flatIterable(Views.hyperSlice(volume.channel(channel), 2, z)).cursor();
      for (int i = 0; cursor.hasNext(); i++) {
        target[i] = ((IntegerType<?>) cursor.next()).getIntegerLong();
      }
    } else {
      LabelSlices.of(SliceReader.of(volume, channel), volume.width(), volume.name())
          .read(z, target);
    }
  }

  /**
   * The floats that stand for ids, for formats whose types they are enough for.
   *
   * @throws OutputException if an id is beyond 2²⁴
   */
  static float[] asFloats(long[] ids) {
    float[] values = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] > PixelType.FLOAT32.largestLabel()) {
        throw new OutputException(
            "The label "
                + Long.toUnsignedString(ids[i])
                + " does not fit a stack of images: expected 0 to "
                + PixelType.FLOAT32.largestLabel()
                + ". Give an output with a name ending in .ome.zarr.");
      }
      values[i] = ids[i];
    }
    return values;
  }
}
