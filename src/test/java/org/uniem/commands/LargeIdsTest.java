package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Ids that a float or 32 bits do not tell apart, through the command line. */
class LargeIdsTest {

  private static final VoxelSize SIZE = new VoxelSize(4, 4, 20, "nm");
  private static final long BEYOND_32_BITS = (1L << 33) + 1;

  @TempDir Path folder;
  private int reports;

  /** Two equal slices of one row each. */
  private Path labels(String name, long... row) {
    Path path = folder.resolve(name);
    VolumeSpec spec = new VolumeSpec(row.length, 1, 2, 1, PixelType.UINT64, SIZE);
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      writer.writeLabels(row);
      writer.writeLabels(row);
      writer.commit();
    }
    return path;
  }

  /** An id and the next one, that rounds to it, side by side. */
  private Path pair(long id) {
    return labels("pair.ome.zarr", id, id, id + 1, id + 1);
  }

  private Path map(float... row) {
    return TestStacks.write(folder.resolve("map.tif"), PixelType.UINT8, row.length, row, row);
  }

  private CommandLineRun run(String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(0, run.status(), run.err());
    return run;
  }

  private void assertLabels(Path output, long... expected) {
    try (Volume volume = Volumes.open(output)) {
      long[] found = new long[expected.length];
      volume.readLabels(1, 0, found);
      assertArrayEquals(expected, found);
      assertEquals(SIZE, volume.voxelSize());
    }
  }

  private JsonObject scores(Path segmentation, Path truth, String mode) throws Exception {
    Path report = folder.resolve("scores" + reports++ + ".json");
    run(
        "evaluate",
        "segmentation=" + segmentation,
        "truth=" + truth,
        "report=" + report,
        "mode=" + mode);
    return JsonParser.parseString(Files.readString(report)).getAsJsonObject();
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 24, 1L << 33, Long.MAX_VALUE - 1})
  void evaluateTellsAnIdFromTheNext(long id) throws Exception {
    Path pair = pair(id);
    Path same = labels("same.ome.zarr", 1, 1, 2, 2);
    Path merged = labels("merged.ome.zarr", id, id, id, id);
    for (String mode : List.of("instance", "isbi")) {
      String key = mode.equals("isbi") ? "vRand" : "rand";
      assertEquals(1, scores(same, pair, mode).get(key).getAsDouble(), mode);
      assertTrue(scores(merged, pair, mode).get(key).getAsDouble() < 1, mode);
    }
    // One bit says to which of two equal halves a voxel of the merged object belongs.
    JsonObject instance = scores(merged, pair, "instance");
    assertEquals(1, instance.get("viMerge").getAsDouble(), 1e-12);
    assertEquals(0, instance.get("viSplit").getAsDouble(), 1e-12);
    assertEquals(1, scores(pair, pair, "semantic").get("meanIou").getAsDouble());
    assertEquals(0.5, scores(merged, pair, "semantic").get("accuracy").getAsDouble());
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 24, 1L << 33, Long.MAX_VALUE - 1})
  void objectsAreMeasuredMeshedAndSkeletonizedUnderTheirIds(long id) throws Exception {
    Path pair = pair(id);
    Path table = folder.resolve("table.csv");
    run("measure-objects", "segmentation=" + pair, "output=" + table);
    assertEquals(
        List.of("id", String.valueOf(id), String.valueOf(id + 1)),
        Files.readAllLines(table).stream().map(line -> line.split(",")[0]).toList());
    String contacts = Files.readString(folder.resolve("table-contacts.csv"));
    assertTrue(contacts.contains("\n" + id + "," + (id + 1) + ","), contacts);
    run("mesh", "segmentation=" + pair, "output=" + folder.resolve("m"), "ids=" + (id + 1));
    assertTrue(Files.exists(folder.resolve("m").resolve(id + 1 + ".stl")));
    run("skeletonize", "segmentation=" + pair, "output=" + folder.resolve("s"), "minVoxels=0");
    assertTrue(Files.exists(folder.resolve("s").resolve(id + ".swc")));
    assertTrue(Files.exists(folder.resolve("s").resolve(id + 1 + ".swc")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 24, 1L << 33, -2})
  void labelObjectsNumbersAnyIdsOf64Bits(long id) {
    Path pair = pair(id);
    for (String mode : List.of("labels", "renumber")) {
      Path output = folder.resolve(mode + ".tif");
      run("label-objects", "images=" + pair, "mode=" + mode, "output=" + output);
      assertLabels(output, 1, 1, 2, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"boundary", "distance"})
  void watershedKeepsTheIdsOfSeeds(String mode) {
    Path seeds = labels("seeds.ome.zarr", BEYOND_32_BITS, 0, 0, BEYOND_32_BITS + 1);
    Path output = folder.resolve("w.ome.zarr");
    run(
        "watershed",
        "images=" + (mode.equals("boundary") ? map(0, 9, 9, 0) : map(255, 255, 255, 255)),
        "mode=" + mode,
        "seeds=" + seeds,
        "output=" + output);
    long id = BEYOND_32_BITS;
    assertLabels(output, id, id, id + 1, id + 1);
  }

  @Test
  void fragmentsKeepTheirIdsWhereTheyAreJoinedOrNot() {
    long id = BEYOND_32_BITS;
    Path fragments = labels("fragments.ome.zarr", id, id + 1, id + 2, id + 2);
    Path map = map(0, 0, 255, 0);
    for (String command : List.of("agglomerate", "multicut")) {
      Path output = folder.resolve(command + ".ome.zarr");
      run(command, "labels=" + fragments, "images=" + map, "output=" + output);
      assertLabels(output, id, id, id + 2, id + 2);
    }
  }

  @Test
  void slicesAreConnectedAndSegmentationsComparedById() {
    Path pair = pair(BEYOND_32_BITS);
    Path connected = folder.resolve("connected.ome.zarr");
    run("connect-slices", "labels=" + pair, "output=" + connected);
    assertLabels(connected, 1, 1, 2, 2);
    Path merged = labels("merged.ome.zarr", 7, 7, 7, 7);
    Path consensus = folder.resolve("consensus.ome.zarr");
    run("ffn-consensus", "first=" + pair, "second=" + merged, "output=" + consensus, "minVoxels=0");
    assertLabels(consensus, BEYOND_32_BITS, BEYOND_32_BITS, BEYOND_32_BITS + 1, BEYOND_32_BITS + 1);
  }

  @Test
  void outputThatCannotHoldTheIdsIsRefused() throws Exception {
    Path seeds = labels("seeds.ome.zarr", BEYOND_32_BITS, 0, 0, BEYOND_32_BITS + 1);
    assertRefused(
        "The largest id is 8589934594, but a stack of images holds ids up to 16777216: give an"
            + " output with a name ending in .ome.zarr",
        "watershed",
        "images=" + map(0, 9, 9, 0),
        "seeds=" + seeds,
        "output=" + folder.resolve("w.tif"));
  }

  @Test
  void idsBeyond63BitsAreRefused() throws Exception {
    Path truth = labels("truth.ome.zarr", 1, 1, 2, 2);
    Path pair = pair(-2);
    String message =
        "pair.ome.zarr has the label 18446744073709551614 at x=0, y=0 of slice z=0 (counted from 0):"
            + " expected ids 0 … 9223372036854775807. Number the objects anew first, with"
            + " label-objects mode=renumber.";
    Path report = folder.resolve("report.json");
    assertRefused(
        message, "evaluate", "segmentation=" + pair, "truth=" + truth, "report=" + report);
    Path output = folder.resolve("o.ome.zarr");
    assertRefused(message, "mesh", "segmentation=" + pair, "output=" + folder.resolve("m"));
    assertRefused(message, "connect-slices", "labels=" + pair, "output=" + output);
    Path map = map(0, 0, 0, 0);
    assertRefused(message, "agglomerate", "labels=" + pair, "images=" + map, "output=" + output);
    assertRefused(
        "The seeds pair.ome.zarr have the value 18446744073709551614: expected labels, whole numbers"
            + " 0 … 9223372036854775807",
        "watershed",
        "images=" + map,
        "seeds=" + pair,
        "output=" + output);
  }

  @Test
  void idsBeyondWhatFloodFillingHoldsAreRefused() throws Exception {
    int side = 12;
    long[] slice = new long[side * side];
    Arrays.setAll(slice, i -> BEYOND_32_BITS + i % side / 6);
    Path cells = folder.resolve("cells.ome.zarr");
    VolumeSpec spec = new VolumeSpec(side, side, side, 1, PixelType.UINT64, SIZE);
    try (VolumeWriter writer = Volumes.create(cells, spec)) {
      for (int z = 0; z < side; z++) {
        writer.writeLabels(slice);
      }
      writer.commit();
    }
    float[][] images = new float[side][side * side];
    String found = "cells.ome.zarr has the label 8589934593 at x=0, y=0 of slice z=0";
    assertRefused(
        found + " (counted from 0): expected ids 0 … 2147483647. Number the objects anew first",
        "ffn-train",
        "images=" + TestStacks.write(folder.resolve("i.tif"), PixelType.UINT8, side, images),
        "labels=" + cells,
        "model=" + folder.resolve("model"),
        "fov=3",
        "deltas=1",
        "steps=1",
        "minObjectVoxels=1",
        "device=cpu");
    assertRefused(
        found + " (counted from 0): expected ids 0 … 16777216. Number the objects anew first",
        "ffn-apply-merges",
        "segmentation=" + cells,
        "table=" + Files.writeString(folder.resolve("t.csv"), "a,b\n"),
        "output=" + folder.resolve("o.ome.zarr"));
  }

  private void assertRefused(String message, String... args) throws Exception {
    List<String> before = TestStacks.content(folder);
    CommandLineRun run = CommandLineRun.of(args);
    assertTrue(run.status() != 0, Arrays.toString(args));
    // Which of several slices is read first depends on the threads.
    String err = run.err().replaceAll("slice z=\\d+", "slice z=0");
    assertTrue(err.contains(message), err);
    assertEquals(before, TestStacks.content(folder));
  }
}
