package org.uniem.floodfilling.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class LabelledVolumeTest {

  private static final Box SIZE = new Box(4, 3, 2);

  @Test
  void voxelsAreWhereTheyWere() {
    LabelledVolume volume =
        Cubes.read(
            SIZE,
            (x, y, z) -> x + 10 * y + 100 * z,
            (x, y, z) -> x / 2,
            Optional.of((x, y, z) -> z));
    assertEquals(SIZE, volume.size());
    assertEquals(24, volume.voxels());
    assertEquals(123, volume.intensity(3, 2, 1));
    assertEquals(1, volume.label(3, 2, 1));
    assertTrue(volume.isExcluded(0, 0, 1));
    assertFalse(volume.isExcluded(3, 2, 0));
    assertEquals(Map.of(1, 12L), volume.objectSizes());
  }

  @Test
  void mirroredVoxelsAreSeenAndNotCounted() {
    LabelledVolume volume =
        Cubes.read(
            SIZE,
            (x, y, z) -> x + 10 * y + 100 * z,
            (x, y, z) -> x / 2,
            Optional.of((x, y, z) -> z));
    LabelledVolume mirrored = volume.mirrored(new int[] {2, 1, 0});
    assertEquals(new Box(8, 5, 2), mirrored.size());
    assertEquals(12, mirrored.intensity(0, 0, 0));
    assertEquals(0, mirrored.intensity(2, 1, 0));
    assertEquals(111, mirrored.intensity(7, 4, 1));
    assertEquals(1, mirrored.label(0, 0, 0));
    assertTrue(mirrored.isExcluded(7, 4, 1));
    assertEquals(volume.objectSizes(), mirrored.objectSizes());
    assertArrayEquals(volume.meanAndDeviation(), mirrored.meanAndDeviation());
  }

  @Test
  void partOfAVolumeIsReadFromItsCorner() {
    try (Volume images = Cubes.volume("em", SIZE, (x, y, z) -> x + 10 * y + 100 * z);
        Volume labels = Cubes.volume("cells", SIZE, (x, y, z) -> x);
        Job job = Job.silent()) {
      LabelledVolume part =
          LabelledVolume.read(
              images, labels, Optional.empty(), new Box(1, 2, 1), new Box(2, 1, 1), job);
      assertEquals(121, part.intensity(0, 0, 0));
      assertEquals(122, part.intensity(1, 0, 0));
      assertEquals(2, part.label(1, 0, 0));
    }
  }

  @Test
  void labelsThatRoundToOneFloatAreTwoObjects() {
    long[] ids = new long[24];
    Arrays.setAll(ids, i -> (1 << 24) + i % 2);
    try (Volume images = Cubes.volume("em", SIZE, (x, y, z) -> x);
        Volume labels = Volumes.of(ArrayImgs.longs(ids, 4, 3, 2), VoxelSize.UNKNOWN, "cells");
        Job job = Job.silent()) {
      LabelledVolume volume =
          LabelledVolume.read(images, labels, Optional.empty(), new Box(0, 0, 0), SIZE, job);
      assertEquals(Map.of(1 << 24, 12L, (1 << 24) + 1, 12L), volume.objectSizes());
    }
  }

  @Test
  void meanLeavesOutWhatIsMasked() {
    LabelledVolume volume =
        Cubes.read(
            SIZE, (x, y, z) -> z == 1 ? 1000 : x, (x, y, z) -> 1, Optional.of((x, y, z) -> z));
    assertEquals(1.5, volume.meanAndDeviation()[0], 1e-9);
    assertEquals(Math.sqrt(1.25), volume.meanAndDeviation()[1], 1e-9);
  }

  @Test
  void volumesOfDifferentSizeAreRefused() {
    try (Volume images = Cubes.volume("em", SIZE, (x, y, z) -> 0);
        Volume labels = Cubes.volume("cells", new Box(4, 3, 1), (x, y, z) -> 1);
        Job job = Job.silent()) {
      String message =
          assertThrows(
                  BadInputException.class,
                  () -> LabelledVolume.read(images, labels, Optional.empty(), SIZE, SIZE, job))
              .getMessage();
      assertTrue(message.contains("images em 4 x 3 x 2 voxels, labels cells 4 x 3 x 1."), message);
    }
  }

  @Test
  void badPixelsAreNamed() {
    String message =
        assertThrows(
                BadInputException.class,
                () ->
                    Cubes.of(
                        SIZE,
                        (x, y, z) -> x == 2 && y == 1 && z == 1 ? Double.NaN : 0,
                        (x, y, z) -> 1))
            .getMessage();
    assertTrue(message.contains("Slice 1 of \"images\" at x=2, y=1 is NaN"), message);
    message =
        assertThrows(
                BadInputException.class,
                () -> Cubes.of(SIZE, (x, y, z) -> 0, (x, y, z) -> x == 0 ? 0.5 : 1))
            .getMessage();
    assertTrue(message.contains("labels has the value 0.5 at x=0, y=0 of slice z=0"), message);
  }
}
