package org.uniem.postprocess.watershed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.ConstantUtils;
import org.junit.jupiter.api.Test;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.postprocess.watershed.MapWatershedOptions.Mode;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class VolumeWatershedTest {

  /** Takes no memory. */
  private static Volume empty(long side) {
    return Volumes.of(
        ConstantUtils.constantRandomAccessibleInterval(
            new UnsignedByteType(), new FinalInterval(side, side, side)),
        VoxelSize.UNKNOWN,
        "empty");
  }

  private static MapWatershedOptions options(Mode mode, long minVoxels) {
    return new MapWatershedOptions(
        mode, 127.5, 1, 0, Connectivity.SIX, minVoxels, VoxelSize.UNKNOWN);
  }

  private static String refusal(long side, Mode mode) {
    VolumeWatershed watershed =
        new VolumeWatershed(empty(side), Optional.empty(), Optional.empty());
    try (Job job = Job.silent()) {
      return assertThrows(ResourceException.class, () -> watershed.segment(options(mode, 0), job))
          .getMessage();
    }
  }

  @Test
  void whatDoesNotFitIntoMemoryIsRefusedBeforeTheWork() {
    String boundary = refusal(1200, Mode.BOUNDARY);
    // 1200³ · 34 bytes, and a fifth for what is beside the images.
    assertTrue(
        boundary.startsWith(
            "A watershed that finds seeds or removes small objects in 1200 x 1200 x 1200 voxels"
                + " needs about 67236 MB, and Java may use "),
        boundary);
    assertTrue(boundary.contains("give more, "), boundary);
    assertTrue(boundary.contains("cut the images, or give seeds and minVoxels=0"), boundary);
    String distance = refusal(1200, Mode.DISTANCE);
    assertTrue(distance.endsWith(", cut the images."), distance);
  }

  @Test
  void moreMemoryIsNotAdvisedWhereNoneWouldDo() {
    assertEquals(
        "A watershed that finds seeds or removes small objects in 1300 x 1300 x 1300 voxels takes"
            + " at most 2147483639: cut the images.",
        refusal(1300, Mode.DISTANCE));
    assertFalse(refusal(1300, Mode.BOUNDARY).contains("MB"));
  }

  @Test
  void slicesComeInOrderWithTheIdsOfTheSeeds() {
    byte[] wall = new byte[2 * 5];
    byte[] ids = new byte[2 * 5];
    for (int z = 0; z < 2; z++) {
      wall[5 * z + 2] = (byte) 200;
      ids[5 * z] = 7;
      ids[5 * z + 4] = 9;
    }
    Volume map = Volumes.of(ArrayImgs.unsignedBytes(wall, 5, 1, 2), VoxelSize.UNKNOWN, "map");
    Volume seeds = Volumes.of(ArrayImgs.unsignedBytes(ids, 5, 1, 2), VoxelSize.UNKNOWN, "seeds");
    try (Job job = Job.silent()) {
      VolumeWatershed.Result found =
          new VolumeWatershed(map, Optional.of(seeds), Optional.empty())
              .segment(options(Mode.BOUNDARY, 0), job);
      assertEquals(2, found.count());
      assertEquals(9, found.largest());
      long[] next = {0};
      found
          .slices()
          .accept(
              (z, labels) -> {
                assertEquals(next[0]++, z);
                assertEquals(7, labels[0]);
                assertEquals(7, labels[1]);
                assertEquals(9, labels[3]);
                assertEquals(9, labels[4]);
              });
      assertEquals(2, next[0]);
    }
  }
}
