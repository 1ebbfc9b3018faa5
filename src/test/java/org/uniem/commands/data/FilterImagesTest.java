package org.uniem.commands.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class FilterImagesTest {

  @TempDir Path folder;
  private Path images;

  @BeforeEach
  void writeStack() {
    images =
        TestStacks.write(
            folder.resolve("images.tif"),
            PixelType.UINT8,
            2,
            new float[] {0, 100, 200, 255},
            new float[] {10, 20, 30, 40});
  }

  private CommandLineRun filter(String... more) {
    String[] args = new String[2 + more.length];
    args[0] = "filter";
    args[1] = "images=" + images;
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandLineRun.of(args);
  }

  @Test
  void savedFiltersGiveTheSameStackAgain() throws Exception {
    Path json = folder.resolve("filters.json");
    Path first = folder.resolve("first.tif");
    Path again = folder.resolve("again.tif");
    CommandLineRun run =
        filter("steps=invert | binarise threshold=100", "output=" + first, "saveAs=" + json);
    assertEquals(0, run.status(), run.err());
    run = filter("pipeline=" + json, "output=" + again);
    assertEquals(0, run.status(), run.err());
    for (Path result : new Path[] {first, again}) {
      try (Volume volume = Volumes.open(result)) {
        assertArrayEquals(new float[] {255, 255, 0, 0}, TestStacks.slice(volume, 0));
        assertArrayEquals(new float[] {255, 255, 255, 255}, TestStacks.slice(volume, 1));
        assertEquals(new VoxelSize(4, 4, 20, "nm"), volume.voxelSize());
      }
    }
  }

  @Test
  void previewIsOneSlice() {
    Path one = folder.resolve("one.tif");
    CommandLineRun run = filter("steps=invert", "preview=1", "output=" + one);
    assertEquals(0, run.status(), run.err());
    try (Volume volume = Volumes.open(one)) {
      assertEquals(1, volume.depth());
      assertArrayEquals(new float[] {245, 235, 225, 215}, TestStacks.slice(volume, 0));
    }
    assertEquals(2, filter("steps=invert", "preview=2", "output=" + folder.resolve("b")).status());
  }

  @Test
  void otherPixelTypesKeepWhiteWhite() {
    Path wide = folder.resolve("wide.tif");
    CommandLineRun run = filter("steps=laplacian", "type=uint16", "output=" + wide);
    assertEquals(0, run.status(), run.err());
    try (Volume volume = Volumes.open(wide)) {
      assertEquals(PixelType.UINT16, volume.pixelType());
      // 300 is cut off at white, what is below 0 at black; 55 of 255 is 14135 of 65535.
      assertArrayEquals(new float[] {65535, 14135, 0, 0}, TestStacks.slice(volume, 0));
    }
  }

  @Test
  void wrongFiltersAreRefusedBeforeAnythingIsWritten() throws Exception {
    Path output = folder.resolve("out.tif");
    CommandLineRun run = filter("steps=gausian sigma=1", "output=" + output);
    assertEquals(2, run.status());
    assertTrue(run.err().contains("Did you mean 'gaussian'?"), run.err());
    run = filter("output=" + output);
    assertTrue(run.err().contains("Give either steps"), run.err());
    Path broken = Files.writeString(folder.resolve("broken.json"), "{");
    run = filter("pipeline=" + broken, "output=" + output);
    assertTrue(run.err().contains("is no pipeline of filters"), run.err());
    assertFalse(Files.exists(output));
  }

  @Test
  void distancesAreNotScaledWithThePixelType() throws Exception {
    Path distances = folder.resolve("distances.tif");
    CommandLineRun run =
        filter("steps=distance sizeX=4 sizeY=4", "type=float", "output=" + distances);
    assertEquals(0, run.status(), run.err());
    try (Volume volume = Volumes.open(distances)) {
      // The second slice has no 0, so its distances are cut off.
      assertArrayEquals(new float[] {0, 4, 4, (float) Math.sqrt(32)}, TestStacks.slice(volume, 0));
      assertArrayEquals(new float[] {255, 255, 255, 255}, TestStacks.slice(volume, 1));
    }
    run =
        filter(
            "steps=distance sizeX=4 sizeY=4 | binarise threshold=5",
            "type=float",
            "output=" + folder.resolve("far.tif"));
    assertEquals(0, run.status(), run.err());
    try (Volume volume = Volumes.open(folder.resolve("far.tif"))) {
      assertArrayEquals(new float[] {0, 0, 0, 1}, TestStacks.slice(volume, 0), 1e-6f);
    }
  }

  @Test
  void aThresholdThatDividesNothingIsTold() {
    Path mask =
        TestStacks.write(folder.resolve("m.tif"), PixelType.UINT8, 2, new float[] {0, 1, 1, 0});
    CommandLineRun run =
        CommandLineRun.of(
            "filter", "images=" + mask, "steps=binarise", "output=" + folder.resolve("b.tif"));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("holds a mask of two values, 0 and 1"), run.err());
  }
}
