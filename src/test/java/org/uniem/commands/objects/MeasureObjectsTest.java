package org.uniem.commands.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.volumes.PixelType;

class MeasureObjectsTest {

  @TempDir Path folder;

  /** A bar of 20 x 5 x 3 voxels, object 2, on object 9 of the same size; 4 x 4 x 20 nm each. */
  private Path labels() {
    float[][] slices = new float[5][22 * 12];
    for (int z = 1; z < 4; z++) {
      for (int i = 0; i < slices[z].length; i++) {
        int x = i % 22;
        int y = i / 22;
        boolean inside = x > 0 && x < 21 && y > 0 && y < 11;
        slices[z][i] = !inside ? 0 : y < 6 ? 2 : 9;
      }
    }
    return TestStacks.write(folder.resolve("labels.tif"), PixelType.UINT8, 22, slices);
  }

  private static List<String> columns(Path table, String... names) throws IOException {
    List<String> lines = Files.readAllLines(table);
    List<String> header = List.of(lines.get(0).split(","));
    List<String> found = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      for (String name : names) {
        found.add(line.split(",", -1)[header.indexOf(name)]);
      }
    }
    return found;
  }

  @Test
  void tablesHaveBrightnessContactsAndSkeletons() throws IOException {
    float[][] grey = new float[5][22 * 12];
    for (float[] slice : grey) {
      for (int i = 0; i < slice.length; i++) {
        slice[i] = i / 22 < 6 ? i % 2 * 10 : 100;
      }
    }
    Path images = TestStacks.write(folder.resolve("grey.tif"), PixelType.UINT8, 22, grey);
    Path output = folder.resolve("table.csv");
    CommandLineRun run =
        CommandLineRun.of(
            "measure-objects",
            "segmentation=" + labels(),
            "images=" + images,
            "output=" + output,
            "voxelSize=2,2,2,um");
    assertEquals(0, run.status(), run.err());
    assertEquals(output.toString(), run.lastLine());
    assertEquals(
        List.of("2", "2400", "5", "5", "1", "9", "2400", "100", "0", "1"),
        columns(output, "id", "volume_um3", "intensity_mean", "intensity_sd", "contacts"));
    List<String> skeleton =
        columns(output, "branch_points", "end_points", "radius_max_um", "skeleton_length_um");
    assertEquals(List.of("0", "2", "3"), skeleton.subList(0, 3));
    // From the middle of the first to that of the last voxel, perhaps of a corner.
    assertEquals(38, Double.parseDouble(skeleton.get(3)), 4);
    List<String> contacts = Files.readAllLines(folder.resolve("table-contacts.csv"));
    assertEquals("id_1,id_2,contact_area_um2", contacts.get(0));
    assertTrue(contacts.get(1).startsWith("2,9,"), contacts.get(1));
    assertEquals(20 * 3 * 4, Double.parseDouble(contacts.get(1).substring(4)), 60);
  }

  @Test
  void skeletonsAreWrittenPerObjectOrTogether() throws IOException {
    Path labels = labels();
    Path output = folder.resolve("skeletons");
    CommandLineRun run =
        CommandLineRun.of(
            "skeletonize",
            "segmentation=" + labels,
            "output=" + output,
            "minVoxels=10",
            "voxelSize=2,2,2,um");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("2 of 2 objects are large enough"), run.err());
    List<String> lines = Files.readAllLines(output.resolve("9.swc"));
    assertEquals("# SWC: number type x y z radius parent; unit um", lines.get(0));
    assertEquals("# object 9", lines.get(1));
    assertTrue(lines.get(2).startsWith("1 0 ") && lines.get(2).endsWith(" -1"), lines.get(2));
    assertEquals(
        List.of("2", "1", "2", "9", "1", "2"),
        columns(output.resolve("skeletons.csv"), "id", "trees", "end_points"));
    Path file = folder.resolve("all.swc");
    run =
        CommandLineRun.of(
            "skeletonize", "segmentation=" + labels, "output=" + file, "minVoxels=10", "ids=2");
    assertEquals(0, run.status(), run.err());
    assertEquals(
        1, Files.readAllLines(file).stream().filter(line -> line.startsWith("# object")).count());
    assertTrue(Files.exists(folder.resolve("all-skeletons.csv")));
  }

  @Test
  void badInputIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path labels = labels();
    TestStacks.write(folder.resolve("small.tif"), PixelType.UINT8, 3, new float[6]);
    TestStacks.write(folder.resolve("map.tif"), PixelType.FLOAT32, 3, new float[] {0, .5f, 1});
    List<String> before = TestStacks.content(folder);
    String out = "output=" + folder.resolve("new.csv");
    String given = "segmentation=" + labels;
    refused("images small.tif 3 x 2 x 1.", given, out, "images=" + folder + "/small.tif");
    refused("no object 5; its ids are 2 to 9.", given, out, "ids=5");
    refused("Voxel size 1.0 x 1.0 x 0.0", given, out, "voxelSize=1,1,0,nm");
    refused("value 0.5 at x=1", "segmentation=" + folder + "/map.tif", out);
    refused("holds no object", "segmentation=" + folder + "/small.tif", out);
    refused("the file exists", given, "output=" + folder.resolve("map.csv"), "ids=2");
    assertEquals(before, TestStacks.content(folder));
  }

  private void refused(String message, String... args) throws IOException {
    Path existing = folder.resolve("map-contacts.csv");
    boolean exists = message.contains("exists");
    if (exists) {
      Files.createFile(existing);
    }
    List<String> words = new ArrayList<>(List.of("measure-objects"));
    words.addAll(List.of(args));
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
    assertNotEquals(0, run.status(), message);
    assertTrue(run.err().contains(message), run.err());
    if (exists) {
      Files.delete(existing);
    }
  }

  @Test
  void imagesInPlaceOfLabelsAreRefusedAtOnce() {
    Random random = new Random(4);
    float[] noise = new float[128 * 128];
    float[] slope = new float[128 * 128];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = 60 + random.nextInt(120);
      slope[i] = (float) Math.rint(255 / (1 + Math.exp(12 * Math.sin(i % 128 / 5.0))));
    }
    Path em = TestStacks.write(folder.resolve("em.tif"), PixelType.UINT8, 128, noise);
    Path map = TestStacks.write(folder.resolve("map.tif"), PixelType.UINT8, 128, slope);
    for (String command : new String[] {"measure-objects", "mesh", "skeletonize"}) {
      for (Path wrong : new Path[] {em, map}) {
        CommandLineRun run =
            CommandLineRun.of(command, "segmentation=" + wrong, "output=" + folder.resolve("out"));
        assertEquals(1, run.status(), command);
        assertTrue(run.err().contains("expected labels, an id for each object"), run.err());
        assertTrue(Files.notExists(folder.resolve("out")), command);
      }
    }
  }
}
