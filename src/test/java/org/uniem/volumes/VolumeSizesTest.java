package org.uniem.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.imglib2.FinalDimensions;
import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;

class VolumeSizesTest {

  private static final String MEND = ". Crop one to the other, or give those that belong together.";

  private static Volume volume(String name, long... size) {
    return Volumes.of(ArrayImgs.unsignedBytes(size), VoxelSize.UNKNOWN, name);
  }

  private static String refusal(long[] size, long[] other) {
    return assertThrows(
            BadInputException.class,
            () ->
                VolumeSizes.requireSame(
                    "image", new FinalDimensions(size), "mask", new FinalDimensions(other)))
        .getMessage();
  }

  @Test
  void bothAreNamedWithTheAxesThatDiffer() {
    assertEquals(
        "The sizes differ along x and z: images em 3 x 4 x 5 voxels, labels gt 2 x 4 x 6" + MEND,
        assertThrows(
                BadInputException.class,
                () ->
                    VolumeSizes.requireSame(
                        "images", volume("em", 3, 4, 5), "labels", volume("gt", 2, 4, 6)))
            .getMessage());
    assertEquals(
        "The sizes differ along x, y and z: image 1 x 2 x 3 voxels, mask 2 x 3 x 4" + MEND,
        refusal(new long[] {1, 2, 3}, new long[] {2, 3, 4}));
    assertEquals(
        "The sizes differ along y: image 1 x 2 voxels, mask 1 x 3" + MEND,
        refusal(new long[] {1, 2}, new long[] {1, 3}));
  }

  @Test
  void exchangedAxesAreSaid() {
    assertEquals(
        "The sizes differ along x and z, as if the axes were in another order: image 5 x 4 x 3"
            + " voxels, mask 3 x 4 x 5"
            + MEND,
        refusal(new long[] {5, 4, 3}, new long[] {3, 4, 5}));
  }

  @Test
  void otherNumbersOfAxesAreRefused() {
    assertEquals(
        "The sizes differ in the number of axes: image 5 x 4 voxels, mask 5 x 4 x 1" + MEND,
        refusal(new long[] {5, 4}, new long[] {5, 4, 1}));
    assertEquals(
        "The sizes differ along axis 3: image 1 x 1 x 1 x 2 voxels, mask 1 x 1 x 1 x 3" + MEND,
        refusal(new long[] {1, 1, 1, 2}, new long[] {1, 1, 1, 3}));
  }

  @Test
  void placeAndChannelsDoNotCount() {
    VolumeSizes.requireSame(
        "image", FinalInterval.createMinSize(0, 0, 0, 4, 3, 2),
        "mask", FinalInterval.createMinSize(7, -8, 9, 4, 3, 2));
    VolumeSizes.requireSame("images", volume("a", 4, 3, 2), "labels", volume("b", 4, 3, 2));
  }

  @Test
  void sizesAreReadInTheOrderOfAxes() {
    assertEquals("4 x 3 x 2", VolumeSizes.words(volume("a", 4, 3, 2)));
    assertEquals("9 x 8", VolumeSizes.words(new FinalDimensions(9, 8)));
    assertEquals(2, VolumeSizes.of(volume("a", 4, 3, 2)).dimension(2));
  }
}
