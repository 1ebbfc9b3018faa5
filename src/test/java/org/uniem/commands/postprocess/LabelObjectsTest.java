package org.uniem.commands.postprocess;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.commands.execution.ObjectFiles;
import org.uniem.job.BadInputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class LabelObjectsTest {

  private static final float[][] MAP = {
    {200, 200, 0, 0, 0, 127, 0, 128, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 0, 128, 0, 0, 0, 255},
  };

  @TempDir Path folder;

  private Path map() {
    return TestStacks.write(folder.resolve("大脳 map"), PixelType.UINT8, 4, MAP);
  }

  @Test
  void labelsAreThoseDrawnByHandAndKeepTheVoxelSize() throws Exception {
    Path output = folder.resolve("labels");
    CommandLineRun run = CommandLineRun.of("label-objects", "images=" + map(), "output=" + output);
    assertEquals(0, run.status(), run.err());
    assertEquals(output.toString(), run.lastLine());
    assertTrue(run.err().contains("2 objects found, 0 smaller ones left out."), run.err());
    try (Volume labels = Volumes.open(output)) {
      assertEquals(PixelType.UINT8, labels.pixelType());
      assertArrayEquals(
          new float[] {1, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0}, TestStacks.slice(labels, 0));
      assertArrayEquals(
          new float[] {0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2}, TestStacks.slice(labels, 1));
    }
  }

  @Test
  void tableHasSizesAndPlacesInUnits() throws Exception {
    Path output = folder.resolve("labels.tif");
    Path map = TestStacks.write(folder.resolve("map.tif"), PixelType.UINT8, 4, MAP);
    CommandLineRun run =
        CommandLineRun.of("label-objects", "images=" + map, "output=" + output, "minVoxels=2");
    assertEquals(0, run.status(), run.err());
    List<String> lines = Files.readAllLines(folder.resolve("labels-objects.csv"));
    assertEquals(
        "id,voxels,volume_nm3,volume_um3,x_nm,y_nm,z_nm,min_x,min_y,min_z,max_x,max_y,max_z",
        lines.get(0));
    assertEquals("1,2,640,6.4E-7,4,2,10,0,0,0,1,0,0", lines.get(1));
    assertEquals("2,3,960,9.6E-7,14,7.33333333,23.3333333,3,1,0,3,2,1", lines.get(2));
    assertTrue(Files.exists(folder.resolve("labels-provenance.json")));
    try (Volume labels = Volumes.open(output)) {
      assertEquals(new VoxelSize(4, 4, 20, "nm"), labels.voxelSize());
    }
  }

  @Test
  void labelsFallIntoTheirPiecesOrKeepTogether() {
    float[] image = {7, 7, 0, 7, 300, 300, 0, 7, 300, 0, 0, 7};
    Path labels = TestStacks.write(folder.resolve("in.tif"), PixelType.UINT16, 4, image);
    Path pieces = folder.resolve("pieces");
    CommandLineRun run =
        CommandLineRun.of("label-objects", "images=" + labels, "output=" + pieces, "mode=labels");
    assertEquals(0, run.status(), run.err());
    try (Volume found = Volumes.open(pieces)) {
      assertArrayEquals(
          new float[] {1, 1, 0, 2, 3, 3, 0, 2, 3, 0, 0, 2}, TestStacks.slice(found, 0));
    }
    Path renumbered = folder.resolve("renumbered");
    run =
        CommandLineRun.of(
            "label-objects", "images=" + labels, "output=" + renumbered, "mode=renumber");
    assertEquals(0, run.status(), run.err());
    try (Volume found = Volumes.open(renumbered)) {
      assertArrayEquals(
          new float[] {1, 1, 0, 1, 2, 2, 0, 1, 2, 0, 0, 1}, TestStacks.slice(found, 0));
    }
  }

  @Test
  void largeOnesAndThoseAtTheBorderAreLeftOutAndHolesFilled() {
    float[] map = new float[49];
    for (int i : new int[] {0, 8, 9, 10, 15, 17, 22, 23, 24, 39}) {
      map[i] = 255;
    }
    Path stack = TestStacks.write(folder.resolve("in.tif"), PixelType.UINT8, 7, map);
    Path output = folder.resolve("out");
    CommandLineRun run =
        CommandLineRun.of(
            "label-objects",
            "images=" + stack,
            "output=" + output,
            "connectivity=8",
            "fillHoles=true",
            "removeBorder=true");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("1 objects found, 1 others left out."), run.err());
    try (Volume found = Volumes.open(output)) {
      float[] labels = TestStacks.slice(found, 0);
      assertEquals(1, labels[39]);
      assertEquals(0, labels[16]);
    }
    Path small = folder.resolve("small");
    run =
        CommandLineRun.of(
            "label-objects",
            "images=" + stack,
            "output=" + small,
            "connectivity=4",
            "fillHoles=true",
            "maxVoxels=8");
    assertEquals(0, run.status(), run.err());
    try (Volume found = Volumes.open(small)) {
      assertArrayEquals(
          new float[] {1, 2},
          new float[] {TestStacks.slice(found, 0)[0], TestStacks.slice(found, 0)[39]});
      assertEquals(0, TestStacks.slice(found, 0)[16]);
    }
  }

  @Test
  void probabilitiesGivenAsLabelsAreRefused() throws Exception {
    Path map =
        TestStacks.write(
            folder.resolve("f.tif"), PixelType.FLOAT32, 2, new float[] {0, 0.25f, 0, 1});
    List<String> before = TestStacks.content(folder);
    CommandLineRun run =
        CommandLineRun.of(
            "label-objects", "images=" + map, "output=" + folder.resolve("l"), "mode=labels");
    assertEquals(1, run.status());
    assertTrue(
        run.err()
            .contains(
                "f.tif has the value 0.25 at x=1, y=0 of slice z=0 (counted from 0): expected a label"),
        run.err());
    assertEquals(before, TestStacks.content(folder));
  }

  @Test
  void limitsThatLeaveNothingAreRefused() {
    CommandLineRun run =
        CommandLineRun.of(
            "label-objects",
            "images=" + map(),
            "output=" + folder.resolve("l"),
            "minVoxels=5",
            "maxVoxels=4");
    assertEquals(2, run.status());
    assertTrue(run.err().contains("maxVoxels=4 would remove every object"), run.err());
  }

  @Test
  void slicesAloneHaveTheirOwnObjects() {
    Path output = folder.resolve("labels");
    CommandLineRun run =
        CommandLineRun.of("label-objects", "images=" + map(), "output=" + output, "connectivity=4");
    assertEquals(0, run.status(), run.err());
    try (Volume labels = Volumes.open(output)) {
      assertArrayEquals(
          new float[] {0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 3}, TestStacks.slice(labels, 1));
    }
  }

  @Test
  void halfProbabilityMeansTheSameInEveryPixelType() {
    Path wide =
        TestStacks.write(
            folder.resolve("16.tif"), PixelType.UINT16, 2, new float[] {32767, 32768, 0, 65535});
    Path real =
        TestStacks.write(
            folder.resolve("f.tif"), PixelType.FLOAT32, 2, new float[] {0.499f, 0.5f, 0, 1});
    for (Path map : List.of(wide, real)) {
      Path output = folder.resolve(map.getFileName() + "-labels");
      CommandLineRun run = CommandLineRun.of("label-objects", "images=" + map, "output=" + output);
      assertEquals(0, run.status(), run.err());
      try (Volume labels = Volumes.open(output)) {
        assertArrayEquals(new float[] {0, 1, 0, 1}, TestStacks.slice(labels, 0));
      }
    }
  }

  @Test
  void typeIsTheSmallestThatHoldsTheIds() {
    assertEquals(PixelType.UINT8, ObjectFiles.smallestType(Path.of("labels.tif"), 255));
    assertEquals(PixelType.UINT16, ObjectFiles.smallestType(Path.of("labels.tif"), 256));
    assertEquals(PixelType.FLOAT32, ObjectFiles.smallestType(Path.of("labels.tif"), 65536));
    assertThrows(
        BadInputException.class,
        () -> ObjectFiles.smallestType(Path.of("labels.tif"), (1 << 24) + 1L));
  }

  @Test
  void nanIsRefusedAndNothingWritten() throws Exception {
    Path map =
        TestStacks.write(
            folder.resolve("f.tif"), PixelType.FLOAT32, 2, new float[] {0, Float.NaN, 0, 1});
    List<String> before = TestStacks.content(folder);
    CommandLineRun run =
        CommandLineRun.of("label-objects", "images=" + map, "output=" + folder.resolve("l"));
    assertEquals(1, run.status());
    assertTrue(run.err().contains("NaN"), run.err());
    assertEquals(before, TestStacks.content(folder));
  }

  @Test
  void emptyFolderIsRefusedAndNothingWritten() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    List<String> before = TestStacks.content(folder);
    CommandLineRun run =
        CommandLineRun.of("label-objects", "images=" + empty, "output=" + folder.resolve("l"));
    assertEquals(1, run.status());
    assertEquals(
        "No images in the folder " + empty + ": expected PNG, TIFF or JPEG files, found nothing.",
        run.err().strip());
    assertEquals(before, TestStacks.content(folder));
  }

  @Test
  void truncatedTiffIsRefusedAndNothingWritten() throws Exception {
    Path map = TestStacks.write(folder.resolve("map.tif"), PixelType.UINT8, 4, MAP);
    byte[] bytes = Files.readAllBytes(map);
    Files.write(map, Arrays.copyOf(bytes, bytes.length / 2));
    List<String> before = TestStacks.content(folder);
    CommandLineRun run =
        CommandLineRun.of("label-objects", "images=" + map, "output=" + folder.resolve("l"));
    assertEquals(1, run.status());
    assertTrue(run.err().contains("map.tif"), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertEquals(before, TestStacks.content(folder));
  }

  @Test
  void connectivityOutsideTheChoicesIsRefused() {
    CommandLineRun run =
        CommandLineRun.of(
            "label-objects", "images=" + map(), "output=" + folder.resolve("l"), "connectivity=27");
    assertEquals(2, run.status());
    assertTrue(run.err().contains("Give one of 6, 18, 26, 4, 8."), run.err());
  }

  @Test
  void existingTableBesideATiffIsKept() throws Exception {
    Path table = Files.writeString(folder.resolve("l-objects.csv"), "mine");
    CommandLineRun run =
        CommandLineRun.of("label-objects", "images=" + map(), "output=" + folder.resolve("l.tif"));
    assertEquals(1, run.status());
    assertTrue(run.err().contains("l-objects.csv: the file exists."), run.err());
    assertEquals("mine", Files.readString(table));
  }

  @Test
  void runsThroughTheCommandService() throws Exception {
    try (Context context = new Context()) {
      Path output = folder.resolve("labels");
      CommandModule module =
          context
              .service(CommandService.class)
              .run(
                  LabelObjects.class,
                  true,
                  "images",
                  map().toFile(),
                  "output",
                  output.toFile(),
                  "threshold",
                  0.6)
              .get();
      assertFalse(module.isCanceled(), module.getCancelReason());
      assertEquals(output.toFile(), module.getOutput("result"));
      assertTrue(Files.exists(output.resolve("objects.csv")));
      assertTrue(Files.exists(output.resolve("provenance.json")));
    }
  }

  @Test
  void masksOfAnyTwoValuesHaveObjects() throws Exception {
    for (PixelType type : new PixelType[] {PixelType.UINT8, PixelType.UINT16, PixelType.FLOAT32}) {
      for (float white : new float[] {1, 100, 255}) {
        float[] slice = {white, 0, 0, 0, 0, white, 0, 0, 0};
        Path mask = TestStacks.write(folder.resolve(type + "-m" + white + ".tif"), type, 3, slice);
        Path output = folder.resolve(type + "-" + white + ".tif");
        CommandLineRun run =
            CommandLineRun.of("label-objects", "images=" + mask, "output=" + output);
        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("2 objects found"), type + " " + white + run.err());
      }
    }
  }

  @Test
  void aDarkMapIsRefusedWithAThresholdThatFits() {
    Path dark =
        TestStacks.write(
            folder.resolve("dark.tif"), PixelType.UINT16, 4, new float[] {4095, 2048, 1, 0});
    CommandLineRun run =
        CommandLineRun.of("label-objects", "images=" + dark, "output=" + folder.resolve("o.tif"));
    assertEquals(1, run.status());
    assertTrue(run.err().contains("give threshold=0.0312"), run.err());
    assertTrue(Files.notExists(folder.resolve("o.tif")));
  }

  @Test
  void anEmptyMapHasNoObjectsAndThatIsSaid() {
    Path empty = TestStacks.write(folder.resolve("e.tif"), PixelType.UINT8, 4, new float[4]);
    CommandLineRun run =
        CommandLineRun.of("label-objects", "images=" + empty, "output=" + folder.resolve("o.tif"));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("No voxel of images=e.tif reaches the threshold"), run.err());
  }

  @Test
  void aMapAboveTheThresholdEverywhereIsTold() {
    Path full =
        TestStacks.write(
            folder.resolve("f.tif"), PixelType.UINT8, 4, new float[] {200, 210, 220, 255});
    CommandLineRun run =
        CommandLineRun.of("label-objects", "images=" + full, "output=" + folder.resolve("o.tif"));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("Every voxel of f.tif reaches"), run.err());
  }
}
