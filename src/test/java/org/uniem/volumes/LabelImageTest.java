package org.uniem.volumes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CancellationException;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;

class LabelImageTest {

  private final Job job = new Job(1, ProgressListener.NONE);

  @Test
  void labelsOfAnImageAreThoseThatWereCopied() {
    long[] ids = {1, 0, 1L << 40, Long.MAX_VALUE, 7, 8, 9, 10, 11, 12, 13, 14};
    RandomAccessibleInterval<LongType> image =
        Views.translate(ArrayImgs.longs(ids, 3, 2, 2), 5, -2, 1);
    long[] copy = new long[ids.length];
    LabelSlices.copy(
        LabelSlices.of(image), Views.translate(ArrayImgs.longs(copy, 3, 2, 2), -4, 1, 9), job);
    assertArrayEquals(ids, copy);
  }

  @Test
  void imageWithTwoAxesTakesOneSlice() {
    byte[] copy = new byte[2];
    LabelSlices.copy((z, target) -> target[1] = 255, ArrayImgs.unsignedBytes(copy, 2, 1), job);
    assertArrayEquals(new byte[] {0, (byte) 255}, copy);
  }

  @Test
  void idBeyondTheTypeIsRefused() {
    assertEquals(
        "Slice z=1 (counted from 0) has the id 256, but the label type UnsignedByteType holds ids"
            + " up to 255: choose a larger label type, or renumber the labels.",
        assertThrows(
                BadParameterException.class,
                () ->
                    LabelSlices.copy(
                        (z, target) -> target[0] = 255 + z, ArrayImgs.unsignedBytes(1, 1, 2), job))
            .getMessage());
  }

  @Test
  void imageWithOtherAxesIsRefused() {
    assertEquals(
        "The label image has 4 axes: expected 2 (x, y) or 3 (x, y, z).",
        assertThrows(
                BadInputException.class,
                () -> LabelSlices.copy((z, target) -> {}, ArrayImgs.longs(1, 1, 1, 1), job))
            .getMessage());
  }

  @Test
  void cancelledJobEnds() {
    job.cancel();
    assertThrows(
        CancellationException.class,
        () -> LabelSlices.copy((z, target) -> {}, ArrayImgs.longs(1, 1), job));
  }
}
