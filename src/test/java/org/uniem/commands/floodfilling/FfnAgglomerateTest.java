package org.uniem.commands.floodfilling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.Refusal;
import org.uniem.commands.TestStacks;
import org.uniem.commands.UniEm;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Bright bars along x in the dark, each cut into three objects where the image shows nothing. */
class FfnAgglomerateTest {

  private static final int WIDTH = 45;
  private static final int HEIGHT = 29;
  private static final int DEPTH = 12;
  private static final int BARS = 4;

  @TempDir Path folder;
  private Path images;
  private Path segmentation;
  private Path model;

  @BeforeEach
  void writeInputs() {
    images = folder.resolve("i.tif");
    segmentation = folder.resolve("s.tif");
    model = folder.resolve("model");
    write(images, voxel -> object(voxel) > 0 ? 200 : 100);
    write(segmentation, FfnAgglomerateTest::object);
    Bars.saveModel(model, 1);
  }

  /** Ids 1, 2, 3 along the first bar, 4, 5, 6 along the second, … */
  private static int object(int voxel) {
    int x = voxel % WIDTH;
    int y = voxel / WIDTH % HEIGHT;
    int z = voxel / WIDTH / HEIGHT;
    boolean inside = z >= 2 && z < 10 && y % 7 >= 2 && y / 7 < BARS;
    return inside ? 1 + 3 * (y / 7) + x / 15 : 0;
  }

  private static void write(Path file, IntUnaryOperator values) {
    VolumeSpec spec =
        new VolumeSpec(WIDTH, HEIGHT, DEPTH, 1, PixelType.UINT8, new VoxelSize(8, 8, 8, "nm"));
    try (VolumeWriter writer = Volumes.create(file, spec)) {
      for (int z = 0; z < DEPTH; z++) {
        float[] slice = new float[WIDTH * HEIGHT];
        for (int i = 0; i < slice.length; i++) {
          slice[i] = values.applyAsInt(z * slice.length + i);
        }
        writer.writeSlice(slice);
      }
      writer.commit();
    }
  }

  private static float[] read(Path file) {
    try (Volume volume = Volumes.open(file)) {
      float[] all = new float[WIDTH * HEIGHT * DEPTH];
      float[] slice = new float[WIDTH * HEIGHT];
      for (int z = 0; z < DEPTH; z++) {
        volume.readSlice(z, 0, slice);
        System.arraycopy(slice, 0, all, z * slice.length, slice.length);
      }
      return all;
    }
  }

  private String[] arguments(Path output, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "ffn-agglomerate",
                "images=" + images,
                "segmentation=" + segmentation,
                "model=" + model,
                "output=" + output,
                "radius=12,8,8",
                "analysisRadius=10,6,6",
                "device=cpu",
                "threads=2"));
    for (String given : more) {
      args.removeIf(usual -> usual.startsWith(given.substring(0, given.indexOf('=') + 1)));
      args.add(given);
    }
    return args.toArray(String[]::new);
  }

  private CommandLineRun apply(Path table, Path output) {
    return CommandLineRun.of(
        "ffn-apply-merges", "segmentation=" + segmentation, "table=" + table, "output=" + output);
  }

  @Test
  void barsAreMergedAndMergesUndone() throws Exception {
    Path output = folder.resolve("whole.tif");
    CommandLineRun run = CommandLineRun.of(arguments(output, "parallel=2", "batch=3"));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("8 merges: 12 objects became 4."), run.err());
    float[] merged = read(output);
    for (int i = 0; i < merged.length; i++) {
      int bar = (object(i) - 1) / 3;
      assertEquals(object(i) == 0 ? 0 : 1 + 3 * bar, merged[i]);
    }
    Path table = folder.resolve("whole-merges.csv");
    String text = Files.readString(table);
    assertTrue(text.startsWith("a,b,decision,reason,x,y,z,"), text);
    assertTrue(Files.exists(folder.resolve("whole-provenance.json")));

    Path undone = folder.resolve("undone.tif");
    Files.writeString(table, text.replace(",merge,", ",separate,"));
    run = apply(table, undone);
    assertEquals(0, run.status(), run.err());
    assertArrayEquals(read(segmentation), read(undone));

    Path again = folder.resolve("again.tif");
    Files.writeString(table, text);
    run = apply(table, again);
    assertEquals(0, run.status(), run.err());
    assertArrayEquals(merged, read(again));
  }

  @Test
  void killedRunGoesOnAndEndsWithTheSame() throws Exception {
    Path whole = folder.resolve("whole.tif");
    CommandLineRun run = CommandLineRun.of(arguments(whole));
    assertEquals(0, run.status(), run.err());

    Path output = folder.resolve("killed.tif");
    Path journal = folder.resolve("killed-agglomeration.journal");
    killAfter(3, journal, arguments(output));
    List<String> left = completeLines(journal);
    assertTrue(left.size() > 3, "finished pairs are kept: " + left.size());
    assertFalse(Files.exists(output));
    assertFalse(Files.exists(folder.resolve("killed-merges.csv")));

    run = CommandLineRun.of(arguments(output, "parallel=3"));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("pairs were finished before."), run.err());
    assertArrayEquals(read(whole), read(output));
    assertEquals(
        Files.readString(folder.resolve("whole-merges.csv")),
        Files.readString(folder.resolve("killed-merges.csv")));
    List<String> all = completeLines(journal);
    assertEquals(left, all.subList(0, left.size()));
    assertEquals(
        completeLines(folder.resolve("whole-agglomeration.journal")).size(),
        all.size(),
        "no pair was done twice");
  }

  /** Runs a command in a process of its own and kills it when so many pairs are finished. */
  private void killAfter(int pairs, Path journal, String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                UniEm.class.getName()));
    command.addAll(List.of(args));
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long until = System.nanoTime() + 120_000_000_000L;
    while (completeLines(journal).size() <= pairs) {
      assertTrue(process.isAlive(), Files.readString(log));
      assertTrue(System.nanoTime() < until, "no pair was finished in two minutes");
      Thread.sleep(1);
    }
    process.destroyForcibly();
    assertNotEquals(0, process.waitFor(), "it was killed before its end");
  }

  private static List<String> completeLines(Path journal) throws IOException {
    if (!Files.exists(journal)) {
      return List.of();
    }
    String text = Files.readString(journal);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  @Test
  void tableOfAKilledRunIsNoObstacleButAnEditedOneIs() throws Exception {
    Path output = folder.resolve("o.tif");
    Path table = folder.resolve("o-merges.csv");
    assertEquals(0, CommandLineRun.of(arguments(output)).status());
    Files.delete(output);
    Files.delete(folder.resolve("o-objects.csv"));
    CommandLineRun run = CommandLineRun.of(arguments(output));
    assertEquals(0, run.status(), run.err());
    Files.delete(output);
    Files.delete(folder.resolve("o-objects.csv"));
    String edited = Files.readString(table).replaceFirst("merge", "separate");
    Files.writeString(table, edited);
    run = CommandLineRun.of(arguments(output));
    assertNotEquals(0, run.status());
    assertTrue(run.err().contains("the file exists with another content"), run.err());
    assertFalse(Files.exists(output));
    assertEquals(edited, Files.readString(table));
  }

  @Test
  void wrongInputsAreRefused() throws Exception {
    Path output = folder.resolve("o.tif");
    refuse("radius=1,2 is not understood", arguments(output, "radius=1,2"));
    refuse("analysisRadius=10,6,6 is larger than radius=7,7,7", arguments(output, "radius=7"));
    refuse(
        "the field of view of the network 5,5,5",
        arguments(output, "radius=1", "analysisRadius=1"));
    refuse("no such file", arguments(output, "segmentation=" + folder.resolve("none.tif")));
    Path flat =
        TestStacks.write(folder.resolve("flat.tif"), PixelType.UINT8, 20, new float[20 * 20]);
    refuse(
        "along x, y and z: images i.tif 45 x 29 x 12 voxels, segmentation flat.tif 20 x 20 x 1.",
        arguments(output, "segmentation=" + flat));
    Path table = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n1,99\n");
    String[] apply = {
      "ffn-apply-merges", "segmentation=" + segmentation, "table=" + table, "output=" + output
    };
    refuse("line 3: the segmentation s.tif has no object 99 (its ids go up to 12)", apply);
    Files.writeString(table, "a,b,segmentation\n1,2,crc32c:12345678\n");
    refuse("line 2 belongs to the segmentation crc32c:12345678", apply);
  }

  private void refuse(String words, String... args) throws Exception {
    Refusal.check(folder, List.of(words), args);
  }

  @Test
  void pairsOfAnotherSegmentationAreNotGoneOnWith() throws Exception {
    Path output = folder.resolve("o.tif");
    assertEquals(0, CommandLineRun.of(arguments(output, "minVoxels=100000")).status());
    Files.delete(output);
    Files.delete(folder.resolve("o-objects.csv"));
    Files.delete(folder.resolve("o-merges.csv"));
    Files.delete(segmentation);
    write(segmentation, voxel -> 13 - Math.max(1, object(voxel)));
    CommandLineRun run = CommandLineRun.of(arguments(output));
    assertNotEquals(0, run.status());
    assertTrue(run.err().contains("were made from something else: segmentation"), run.err());
  }
}
