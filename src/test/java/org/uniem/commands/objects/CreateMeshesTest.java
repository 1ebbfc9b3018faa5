package org.uniem.commands.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.job.Decimals;
import org.uniem.volumes.PixelType;

class CreateMeshesTest {

  @TempDir Path folder;

  /** Objects 2 and 300 side by side, 4 x 4 x 3 voxels of 4 x 4 x 20 nm each. */
  private Path labels() {
    float[] slice = new float[32];
    for (int i = 0; i < 32; i++) {
      slice[i] = i % 8 < 4 ? 2 : 300;
    }
    return TestStacks.write(folder.resolve("labels.tif"), PixelType.UINT16, 8, slice, slice, slice);
  }

  private CommandLineRun run(String... args) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("mesh", "segmentation=" + labels()), Arrays.stream(args))
            .toArray(String[]::new));
  }

  @Test
  void folderHasAFilePerObjectAndATableInUnits() throws IOException {
    Path output = folder.resolve("meshes");
    CommandLineRun run = run("output=" + output, "smoothing=none");
    assertEquals(0, run.status(), run.err());
    assertEquals(output.toString(), run.lastLine());
    assertTrue(run.err().contains("2 meshes written."), run.err());
    List<String> table = Files.readAllLines(output.resolve("meshes.csv"));
    assertEquals("id,vertices,triangles,area_nm2,volume_nm3,file", table.get(0));
    // 2 faces of 16 vertices, 4 of 12; V - T/2 = 2. Volume of the box less its cut edges:
    // 48 voxels, 8·3/8 + 4·2/8 of edges, 8·(1/8 − 1/48) of corners, of 320 nm3 each.
    String volume = Decimals.of(320 * (48 - 4 - 5 / 6.0), 6);
    String[] first = table.get(1).split(",");
    assertEquals(List.of("2", "80", "156"), List.of(first).subList(0, 3));
    assertEquals(volume, Decimals.of(Double.parseDouble(first[4]), 6));
    assertEquals("2.stl", first[5]);
    assertEquals("300,80,156", table.get(2).substring(0, 10));
    assertEquals(84 + 156 * 50, Files.size(output.resolve("300.stl")));
    assertTrue(Files.exists(output.resolve("provenance.json")));
  }

  @Test
  void oneFileHoldsChosenObjects() throws IOException {
    Path output = folder.resolve("all.obj");
    CommandLineRun run = run("output=" + output, "ids=100-400", "keep=0.5", "smoothing=taubin");
    assertEquals(0, run.status(), run.err());
    List<String> lines = Files.readAllLines(output);
    assertEquals("o 300", lines.get(0));
    assertTrue(lines.stream().filter(line -> line.startsWith("f ")).count() <= 78);
    assertEquals(2, Files.readAllLines(folder.resolve("all-meshes.csv")).size());
  }

  @Test
  void badInputIsRefusedBeforeAnythingIsWritten() throws IOException {
    labels();
    TestStacks.write(folder.resolve("empty.tif"), PixelType.UINT8, 3, new float[6]);
    TestStacks.write(folder.resolve("map.tif"), PixelType.FLOAT32, 3, new float[] {0, .5f, 1});
    Path output = folder.resolve("out");
    List<String> before = TestStacks.content(folder);
    record Case(String message, String... args) {}
    for (Case bad :
        List.of(
            new Case("ids=7: the segmentation labels.tif has no object 7; its ids are", "ids=7"),
            new Case("no object from 3 to 9; its ids are 2 to 300.", "ids=2,3-9"),
            new Case("ids=2- is no list of objects", "ids=2-"),
            new Case("ids=0 is no list of objects", "ids=0"),
            new Case("keep=0 is out of range", "keep=0"),
            new Case("iterations=-1", "iterations=-1"),
            new Case("maxError=-1", "maxError=-1"),
            new Case("smoothing=fair", "smoothing=fair"),
            new Case("Voxel size 0.0 x 4.0 x 4.0 is not possible", "voxelSize=0,4,4,nm"),
            new Case("Voxel size 4.0 x 4.0 x -40.0", "voxelSize=4,4,-40,nm"),
            new Case("holds no object: all its voxels", "segmentation=" + folder + "/empty.tif"),
            new Case("value 0.5 at x=1", "segmentation=" + folder + "/map.tif"))) {
      List<String> args = new java.util.ArrayList<>(List.of("mesh", "output=" + output));
      if (!bad.args()[0].startsWith("segmentation")) {
        args.add("segmentation=" + folder.resolve("labels.tif"));
      }
      args.addAll(List.of(bad.args()));
      CommandLineRun run = CommandLineRun.of(args.toArray(String[]::new));
      assertNotEquals(0, run.status(), bad.message());
      assertTrue(run.err().contains(bad.message()), run.err());
      assertFalse(Files.exists(output));
    }
    assertEquals(before, TestStacks.content(folder));
  }

  @Test
  void existingTableIsNotReplaced() throws IOException {
    Files.createFile(folder.resolve("all-meshes.csv"));
    CommandLineRun run = run("output=" + folder.resolve("all.ply"));
    assertNotEquals(0, run.status());
    assertTrue(run.err().contains("all-meshes.csv: the file exists."), run.err());
  }
}
