package org.uniem.commands.postprocess;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class WatershedTest {

  /** A boundary between two cells, thinner where they nearly meet. */
  private static final float[] MAP = {
    0, 0, 0, 255, 0, 0, 0,
    0, 0, 0, 60, 0, 0, 0,
    0, 0, 0, 255, 0, 0, 0,
  };

  @TempDir Path folder;

  private Path map() {
    return TestStacks.write(folder.resolve("大脳 map"), PixelType.UINT8, 7, MAP, MAP);
  }

  private CommandLineRun run(String... parameters) {
    List<String> all = new ArrayList<>(List.of("watershed"));
    all.addAll(List.of(parameters));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  @Test
  void cellsAreDividedAtTheirBoundaryAndMeasured() throws Exception {
    Path output = folder.resolve("cells.tif");
    CommandLineRun run =
        run("images=" + map(), "output=" + output, "threshold=0.2", "h=0.5", "smoothing=0");
    assertEquals(0, run.status(), run.err());
    assertEquals(output.toString(), run.lastLine());
    assertTrue(run.err().contains("2 objects found."), run.err());
    try (Volume labels = Volumes.open(output)) {
      assertEquals(PixelType.UINT8, labels.pixelType());
      assertEquals(new VoxelSize(4, 4, 20, "nm"), labels.voxelSize());
      assertArrayEquals(
          new float[] {1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2},
          TestStacks.slice(labels, 1));
    }
    assertTrue(Files.exists(folder.resolve("cells-objects.csv")));
    assertTrue(Files.exists(folder.resolve("cells-provenance.json")));
  }

  @Test
  void slicesAloneHaveTheirOwnObjects() {
    Path output = folder.resolve("cells");
    CommandLineRun run =
        run(
            "images=" + map(),
            "output=" + output,
            "threshold=0.2",
            "h=0.5",
            "smoothing=0",
            "connectivity=4");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("4 objects found."), run.err());
  }

  @Test
  void givenSeedsAreFloodedWithinTheMask() {
    float[] seeds = new float[21];
    seeds[0] = 9;
    seeds[6] = 300;
    float[] mask = new float[21];
    for (int i = 0; i < 14; i++) {
      mask[i] = 1;
    }
    Path seedStack =
        TestStacks.write(folder.resolve("s.tif"), PixelType.UINT16, 7, seeds, new float[21]);
    Path maskStack = TestStacks.write(folder.resolve("m.tif"), PixelType.UINT8, 7, mask, mask);
    Path output = folder.resolve("cells");
    CommandLineRun run =
        run("images=" + map(), "output=" + output, "seeds=" + seedStack, "mask=" + maskStack);
    assertEquals(0, run.status(), run.err());
    try (Volume labels = Volumes.open(output)) {
      assertArrayEquals(
          new float[] {9, 9, 9, 9, 300, 300, 300, 9, 9, 9, 9, 300, 300, 300, 0, 0, 0, 0, 0, 0, 0},
          TestStacks.slice(labels, 1));
    }
  }

  @Test
  void objectsOfAProbabilityMapAreDividedByDistance() {
    float[] map = new float[13 * 7];
    for (int i = 0; i < map.length; i++) {
      int x = i % 13;
      int y = i / 13;
      boolean object = y > 0 && y < 6 && x > 0 && x < 12 && (x != 6 || y == 3);
      map[i] = object ? 1 : 0;
    }
    Path stack = TestStacks.write(folder.resolve("f.tif"), PixelType.FLOAT32, 13, map);
    Path output = folder.resolve("cells");
    CommandLineRun run =
        run(
            "images=" + stack,
            "output=" + output,
            "mode=distance",
            "smoothing=0",
            "connectivity=4");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("2 objects found."), run.err());
    try (Volume labels = Volumes.open(output)) {
      float[] slice = TestStacks.slice(labels, 0);
      assertEquals(0, slice[0]);
      assertEquals(1, slice[14]);
      assertEquals(2, slice[24]);
    }
  }

  @Test
  void badInputIsRefusedAndNothingWritten() throws Exception {
    Path map = map();
    Path other =
        TestStacks.write(folder.resolve("other.tif"), PixelType.UINT8, 3, new float[] {1, 0, 2});
    Path real =
        TestStacks.write(folder.resolve("real.tif"), PixelType.FLOAT32, 7, half(), new float[21]);
    Path nan = TestStacks.write(folder.resolve("nan.tif"), PixelType.FLOAT32, 7, nan(), half());
    Path dark =
        TestStacks.write(
            folder.resolve("dark.tif"), PixelType.UINT8, 7, new float[21], new float[21]);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    String output = "output=" + folder.resolve("cells");
    List<String> before = TestStacks.content(folder);
    refuse(
        1,
        "The sizes differ along x, y and z: images 大脳 map 7 x 3 x 2 voxels, seeds other.tif"
            + " 3 x 1 x 1. Crop one to the other, or give those that belong together.",
        "images=" + map,
        output,
        "seeds=" + other);
    refuse(1, "mask other.tif 3 x 1 x 1.", "images=" + map, output, "mask=" + other);
    refuse(
        1,
        "The seeds real.tif have the value 0.5: expected labels, whole numbers 0 … 16777216.",
        "images=" + map,
        output,
        "seeds=" + real);
    refuse(
        1,
        "The seeds are empty: expected at least one voxel that is not 0",
        "images=" + map,
        output,
        "seeds=" + dark);
    refuse(1, "is not a number (NaN)", "images=" + nan, output);
    refuse(1, "No images in the folder", "images=" + empty, output);
    refuse(
        1,
        "No value reaches the threshold: nothing is an object.",
        "images=" + dark,
        output,
        "mode=distance");
    refuse(
        1,
        "No value is below the threshold: all is boundary.",
        "images=" + map,
        output,
        "threshold=0");
    assertEquals(before, TestStacks.content(folder));
  }

  private static float[] half() {
    float[] values = new float[21];
    values[5] = 0.5f;
    return values;
  }

  private static float[] nan() {
    float[] values = new float[21];
    values[5] = Float.NaN;
    return values;
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    String images = "images=" + map();
    String output = "output=" + folder.resolve("cells");
    refuse(2, "Parameter threshold=1.5 is out of range", images, output, "threshold=1.5");
    refuse(2, "Parameter h=-1.0 is out of range", images, output, "h=-1");
    refuse(2, "Did you mean 'distance'?", images, output, "mode=distances");
    refuse(2, "Did you mean 'threshold'?", images, output, "treshold=0.5");
    refuse(
        2,
        "Voxel size 4.0 x 4.0 x 0.0 is not possible: give positive numbers.",
        images,
        output,
        "voxelSize=4,4,0,nm");
    assertFalse(Files.exists(folder.resolve("cells")));
  }

  private void refuse(int status, String message, String... parameters) {
    CommandLineRun run = run(parameters);
    assertEquals(status, run.status(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }
}
