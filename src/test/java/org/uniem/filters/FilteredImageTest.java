package org.uniem.filters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.concurrent.CancellationException;
import net.imglib2.FinalDimensions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.ImgUtil;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.SliceReader;

class FilteredImageTest {

  private final Job job = new Job(2, ProgressListener.NONE);

  @Test
  void integersAreCutOffAndRoundedToTheirType() {
    RandomAccessibleInterval<FloatType> image = ArrayImgs.floats(new float[] {0, 10, 0}, 3, 1);
    byte[] filtered = new byte[3];
    FilterPipeline.apply(
        image, FilterSteps.parse("laplacian"), ArrayImgs.unsignedBytes(filtered, 3, 1), job);
    // Second differences along x: 10, −20, 10; white is 1 before and 255 after.
    assertArrayEquals(new byte[] {(byte) 255, 0, (byte) 255}, filtered);
  }

  @Test
  void whiteOfEachTypeIsWhite() {
    RandomAccessibleInterval<UnsignedByteType> image =
        ArrayImgs.unsignedBytes(new byte[] {0, 51, (byte) 255}, 3, 1);
    float[] filtered = new float[3];
    FilterPipeline.apply(image, FilterSteps.parse("invert"), ArrayImgs.floats(filtered, 3, 1), job);
    assertArrayEquals(new float[] {1, 0.8f, 0}, filtered, 1e-6f);
  }

  @Test
  void imageHasTheValuesOfTheSlicesWhereverItStarts() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    float[] values = new float[7 * 6 * 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    RandomAccessibleInterval<FloatType> image = ArrayImgs.floats(values, 7, 6, 5);
    FilterSteps steps = FilterSteps.parse("gaussian sigma=1 sigmaZ=1 | median radius=1");
    float[] expected = new float[values.length];
    FilterPipeline.run(
        steps.filters(1),
        SliceReader.of(image),
        new FinalDimensions(7, 6, 5),
        1 << 20,
        (z, slice) -> System.arraycopy(slice, 0, expected, (int) z * 42, 42),
        job);
    RandomAccessibleInterval<FloatType> filtered =
        Views.translate(ArrayImgs.floats(7, 6, 5), 2, -1, 4);
    FilterPipeline.apply(Views.translate(image, -3, 5, 1), steps, filtered, job);
    float[] found = new float[values.length];
    ImgUtil.copy(filtered, ArrayImgs.floats(found, 7, 6, 5));
    assertArrayEquals(expected, found, "seed " + seed);
  }

  @Test
  void badImagesAreToldApart() {
    FilterSteps steps = FilterSteps.parse("invert");
    assertEquals(
        "The sizes differ along x and y, as if the axes were in another order: image 2 x 3 voxels,"
            + " filtered image 3 x 2. Crop one to the other, or give those that belong together.",
        refusal(ArrayImgs.floats(2, 3), steps, ArrayImgs.floats(3, 2)));
    assertEquals(
        "The image has 4 axes: expected 2 (x, y) or 3 (x, y, z).",
        refusal(ArrayImgs.floats(1, 1, 1, 1), steps, ArrayImgs.floats(1, 1, 1, 1)));
    RandomAccessibleInterval<FloatType> empty =
        Views.interval(ArrayImgs.floats(2, 2), new long[] {0, 0}, new long[] {1, -1});
    assertEquals(
        "The image is empty, its size is [2, 0]: expected at least one voxel.",
        refusal(empty, steps, empty));
  }

  private String refusal(
      RandomAccessibleInterval<FloatType> image,
      FilterSteps steps,
      RandomAccessibleInterval<FloatType> filtered) {
    return assertThrows(
            BadInputException.class, () -> FilterPipeline.apply(image, steps, filtered, job))
        .getMessage();
  }

  @Test
  void cancelledJobEnds() {
    job.cancel();
    FilterSteps steps = FilterSteps.parse("invert");
    RandomAccessibleInterval<FloatType> image = ArrayImgs.floats(3, 3);
    assertThrows(
        CancellationException.class,
        () -> FilterPipeline.apply(image, steps, ArrayImgs.floats(3, 3), job));
  }
}
