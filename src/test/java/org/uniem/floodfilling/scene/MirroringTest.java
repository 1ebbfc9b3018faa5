package org.uniem.floodfilling.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.util.Intervals;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;

class MirroringTest {

  /** Axes x, y, z: 3 × 2 × 1 voxels, 10 … 15. */
  private static final float[] SMALL = {10, 11, 12, 13, 14, 15};

  @Test
  void facesAreNotRepeated() {
    int[] seen = IntStream.rangeClosed(-4, 7).map(at -> Mirroring.seenAt(at, 4)).toArray();
    assertArrayEquals(new int[] {2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1}, seen);
    assertEquals(0, Mirroring.seenAt(-3, 1));
    assertArrayEquals(new int[] {4, 8, 0}, Mirroring.reach(5, 9, 1));
  }

  @Test
  void onlyFacesOfTheVolumeAreMirrored() {
    FinalInterval volume = new FinalInterval(20, 10, 10);
    FinalInterval box = FinalInterval.createMinMax(0, 2, 3, 19, 7, 9);
    assertEquals(
        Intervals.toString(FinalInterval.createMinMax(-3, 2, 3, 22, 7, 10)),
        Intervals.toString(Mirroring.XYZ.around(volume, box, 3, 2, 1)));
    assertEquals(
        Intervals.toString(FinalInterval.createMinMax(-3, 2, 3, 22, 7, 9)),
        Intervals.toString(Mirroring.XY.around(volume, box, 3, 2, 1)));
    assertEquals(
        Intervals.toString(box), Intervals.toString(Mirroring.NONE.around(volume, box, 3, 2, 1)));
  }

  @Test
  void sceneShowsWhatIsMirroredButHasNoPlaceForObjectsThere() {
    FinalInterval box = FinalInterval.createMinMax(-1, -1, -1, 3, 1, 0);
    FillingScene scene = FillingScene.read(ArrayImgs.floats(SMALL, 3, 2, 1), box, 10, 2);
    float[] slice = {2, 1.5f, 2, 2.5f, 2, .5f, 0, .5f, 1, .5f, 2, 1.5f, 2, 2.5f, 2};
    assertArrayEquals(slice, Arrays.copyOf(scene.image(), 15));
    assertArrayEquals(slice, Arrays.copyOfRange(scene.image(), 15, 30));
    assertEquals(new VoxelPosition(-1, -1, -1), scene.origin());
    assertEquals(2, scene.ownRows());
    assertEquals(21, scene.ownRow(0));
    assertEquals(26, scene.ownRow(1));
    int[] labels = new int[30];
    Arrays.fill(labels, FillingScene.REJECTED);
    Arrays.fill(labels, 21, 24, FillingScene.FREE);
    Arrays.fill(labels, 26, 29, FillingScene.FREE);
    assertArrayEquals(labels, scene.labels());
  }

  @Test
  void maskIsMirroredToo() {
    FinalInterval box = FinalInterval.createMinMax(-1, 0, 0, 3, 1, 0);
    FillingScene scene = FillingScene.read(ArrayImgs.floats(SMALL, 3, 2, 1), box, 0, 1);
    scene.exclude(ArrayImgs.floats(new float[] {0, 1, 0, 0, 0, 0}, 3, 2, 1));
    for (int voxel = 0; voxel < 10; voxel++) {
      assertEquals(
          voxel == 0 || voxel == 2 || voxel == 4, scene.isExcluded(voxel), "voxel " + voxel);
    }
  }

  @Test
  void badValueIsNamedWhereItIsInTheVolume() {
    float[] values = SMALL.clone();
    values[4] = Float.NaN;
    FinalInterval box = FinalInterval.createMinMax(-1, -1, -1, 3, 1, 0);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> FillingScene.read(ArrayImgs.floats(values, 3, 2, 1), box, 0, 1));
    assertTrue(e.getMessage().contains("x,y,z=1,1,0"), e.getMessage());
  }

  @Test
  void unknownNameIsRefused() {
    assertEquals(Mirroring.XY, Mirroring.parse("xy"));
    BadParameterException e =
        assertThrows(BadParameterException.class, () -> Mirroring.parse("yx"));
    assertTrue(e.getMessage().contains("none, xy, xyz"), e.getMessage());
  }
}
