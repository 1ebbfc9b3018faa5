package org.uniem.networks.floodfilling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.uniem.floodfilling.training.Box;
import org.uniem.floodfilling.training.Variation;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.training.run.TrainingLimits;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class SplitVolumeTest {

  /** Examples take 9 + 2 · 2 = 13 voxels along each axis. */
  private static SplitVolume split(double fraction, int width, int height, int depth) {
    MaskTrainingOptions options =
        new MaskTrainingOptions(
            new MaskTrainingOptions.Network(1, 1),
            FloodFillingSettings.of(List.of(9, 9, 9), List.of(2, 2, 2)),
            new MaskTrainingOptions.Movement(1, false),
            new MaskTrainingOptions.Update(UpdateRule.ADAM, 0.001, false, 1),
            new MaskTrainingOptions.Examples(1, Variation.PUBLISHED),
            new MaskTrainingOptions.Holdout(fraction, 1),
            new TrainingLimits(1, 0),
            1,
            1);
    float[] voxels = new float[width * height * depth];
    try (Volume volume =
            Volumes.of(ArrayImgs.floats(voxels, width, height, depth), VoxelSize.UNKNOWN, "v");
        Job job = Job.silent()) {
      return SplitVolume.read(volume, volume, Optional.empty(), fraction, options, job);
    }
  }

  private static void assertSplit(SplitVolume split, Box training, Box validation) {
    assertEquals(training, split.training().size());
    assertEquals(validation, split.validation().orElseThrow().size());
  }

  @Test
  void theFractionIsTakenFromTheLongestAxis() {
    assertSplit(split(0.3, 20, 100, 20), new Box(20, 70, 20), new Box(20, 30, 20));
    assertTrue(split(0, 20, 100, 20).validation().isEmpty());
  }

  @Test
  void theFieldOfViewHasRoomToMoveWhereTrainingLeavesSome() {
    // A fraction of 0.1 would be 4 voxels, fewer than the field of view of 9; moving takes 17.
    assertSplit(split(0.1, 40, 20, 20), new Box(23, 20, 20), new Box(17, 20, 20));
    // Here 13 of 24 voxels are needed for examples, so 11 are left.
    assertSplit(split(0.1, 24, 20, 20), new Box(13, 20, 20), new Box(11, 20, 20));
    String message =
        assertThrows(BadInputException.class, () -> split(0.1, 21, 20, 20)).getMessage();
    assertTrue(message.contains("Without 9 along x for validation there is no room"), message);
  }

  @Test
  void largePartsAreCutToTheirMiddle() {
    assertSplit(split(0.5, 300, 120, 20), new Box(150, 120, 20), new Box(100, 100, 20));
  }
}
