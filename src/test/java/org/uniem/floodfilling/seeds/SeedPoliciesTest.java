package org.uniem.floodfilling.seeds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

class SeedPoliciesTest {

  @TempDir Path folder;

  private final Job job = Job.silent();

  @AfterEach
  void endJob() {
    job.close();
  }

  /** A box of an image of 20³ voxels, from x,y,z = 4,5,6 on. */
  private static FillingScene scene(int width, int height, int depth) {
    return FillingScene.read(
        ArrayImgs.floats(20, 20, 20),
        FinalInterval.createMinSize(4, 5, 6, width, height, depth),
        0,
        1);
  }

  @Test
  void gridsFollowEachOther() {
    FillingScene scene = scene(5, 3, 2);
    assertArrayEquals(
        new int[] {0, 4, scene.voxel(1, 1, 1)},
        new GridSeeds(4, List.of(0, 1), false).seeds(scene, job));
    assertArrayEquals(
        new int[] {scene.voxel(1, 1, 0), scene.voxel(1, 1, 1)},
        new GridSeeds(4, List.of(1), true).seeds(scene, job));
  }

  @Test
  void pointsOutsideTheBoxAreLeftToOthers() {
    FillingScene scene = scene(5, 3, 2);
    PointSeeds points =
        new PointSeeds(
            List.of(
                new VoxelPosition(8, 7, 7),
                new VoxelPosition(9, 7, 7),
                new VoxelPosition(4, 5, 6)));
    assertArrayEquals(new int[] {scene.voxel(4, 2, 1), 0}, points.seeds(scene, job));
  }

  /** One free voxel column between two labelled walls: the middle of a gap of five. */
  @Test
  void emptySpaceHasItsSeedInTheMiddle() {
    FillingScene scene = scene(7, 7, 7);
    for (int voxel = 0; voxel < scene.voxels(); voxel++) {
      int x = scene.x(voxel);
      int y = scene.y(voxel);
      int z = scene.z(voxel);
      boolean wall = Math.min(Math.min(x, y), z) == 0 || Math.max(Math.max(x, y), z) == 6;
      scene.labels()[voxel] = wall ? 1 : 0;
    }
    assertArrayEquals(new int[] {scene.voxel(3, 3, 3)}, new EmptySpaceSeeds().seeds(scene, job));
  }

  @Test
  void slicesHavePeaksOfTheirOwn() {
    float[] image = new float[41 * 41 * 3];
    for (int i = 0; i < image.length; i++) {
      int x = i % 41;
      int y = i / 41 % 41;
      boolean frame = Math.min(x, y) == 8 || Math.max(x, y) == 32;
      image[i] = frame && i / (41 * 41) != 1 ? 100 : 0;
    }
    FillingScene scene =
        FillingScene.read(
            ArrayImgs.floats(image, 41, 41, 3),
            FinalInterval.createMinSize(0, 0, 0, 41, 41, 3),
            0,
            1);
    int[] seeds = new SlicePeakSeeds().seeds(scene, job);
    assertTrue(seeds.length > 0);
    for (int seed : seeds) {
      assertTrue(scene.z(seed) != 1, "the slice without contrast has none");
    }
    assertTrue(List.of(20, 19, 21).contains(scene.x(nearestToMiddle(scene, seeds))));
  }

  private static int nearestToMiddle(FillingScene scene, int[] seeds) {
    int best = seeds[0];
    for (int seed : seeds) {
      if (away(scene, seed) < away(scene, best)) {
        best = seed;
      }
    }
    return best;
  }

  private static int away(FillingScene scene, int seed) {
    return Math.abs(scene.x(seed) - 20) + Math.abs(scene.y(seed) - 20);
  }

  @Test
  void reversedStagesStayInTheirOrder() {
    SeedPolicy two = new SequentialSeeds(List.of(GridSeeds.volume(), new EmptySpaceSeeds()));
    assertEquals(
        List.of("reversed " + GridSeeds.volume().describe(), "reversed empty space"),
        new ReversedSeeds(two).stages().stream().map(SeedPolicy::describe).toList());
  }

  @Test
  void pointsAreReadFromTextWithAndWithoutHeadings() throws Exception {
    assertEquals(
        List.of(new VoxelPosition(1, 2, 3), new VoxelPosition(4, 5, 6)),
        read("# seeds\n1,2,3\n\n4; 5.9\t6\n").points());
    assertEquals(
        List.of(new VoxelPosition(30, 20, 10)), read("id,Z,\"Y\",X\n7,10,20,30\n").points());
  }

  @Test
  void linesThatAreNoPointsAreNamed() {
    assertRefused("Line 2 of", "1,2,3\n4,5\n");
    assertRefused("Line 1 of", "one,two,three\n");
    assertRefused("has no seeds", "# nothing\n");
  }

  private PointSeeds read(String text) throws Exception {
    Path file = folder.resolve("seeds.csv");
    Files.writeString(file, text);
    return PointSeeds.read(file);
  }

  private void assertRefused(String words, String text) {
    BadInputException e = assertThrows(BadInputException.class, () -> read(text));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }
}
