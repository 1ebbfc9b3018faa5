package org.uniem.commands.postprocess;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** agglomerate, multicut, mutex-watershed and connect-slices through the command line. */
class ConnectingCommandsTest {

  private static final VoxelSize SIZE = new VoxelSize(4, 4, 20, "nm");

  /** Regions 3, 5 and 9 in a row; a weak boundary between 3 and 5, a strong one before 9. */
  private static final float[] REGIONS = {3, 3, 5, 5, 9, 9, 0};

  private static final float[] BOUNDARY = {0, 51, 0, 204, 0, 0, 255};

  @TempDir Path folder;

  private Path regions() {
    return present("regions.tif", REGIONS);
  }

  private Path boundary() {
    return present("map.tif", BOUNDARY);
  }

  /** A stack of two equal slices, written where it is not yet. */
  private Path present(String name, float[] slice) {
    Path path = folder.resolve(name);
    return Files.exists(path)
        ? path
        : TestStacks.write(path, PixelType.UINT8, slice.length, slice, slice);
  }

  private Path maps(String name, PixelType type, float[]... channels) {
    Path path = folder.resolve(name);
    VolumeSpec spec = new VolumeSpec(channels[0].length, 1, 1, channels.length, type, SIZE);
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      writer.writeSlice(channels);
      writer.commit();
    }
    return path;
  }

  private void assertLabels(Path output, float[] expected, String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(0, run.status(), run.err());
    try (Volume labels = Volumes.open(output)) {
      assertArrayEquals(expected, TestStacks.slice(labels, labels.depth() - 1));
      assertEquals(SIZE, labels.voxelSize());
    }
  }

  private void assertRefused(String message, String... args) throws Exception {
    List<String> before = TestStacks.content(folder);
    CommandLineRun run = CommandLineRun.of(args);
    assertTrue(run.status() == 1 || run.status() == 2, "status " + run.status());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(before, TestStacks.content(folder));
  }

  private String[] agglomerate(Path labels, Path images, String... more) {
    return args("agglomerate", labels, images, more);
  }

  private String[] multicut(Path labels, Path images, String... more) {
    return args("multicut", labels, images, more);
  }

  private String[] args(String command, Path labels, Path images, String... more) {
    List<String> args = new java.util.ArrayList<>();
    args.add(command);
    args.add("labels=" + labels);
    args.add("images=" + images);
    args.add("output=" + output());
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private Path output() {
    return folder.resolve("out.tif");
  }

  @Test
  void agglomerateJoinsDownToTheThresholdAndKeepsIds() throws Exception {
    assertLabels(output(), new float[] {3, 3, 3, 3, 9, 9, 0}, agglomerate(regions(), boundary()));
    List<String> merges = Files.readAllLines(folder.resolve("out-merges.csv"));
    assertEquals(List.of("first,second,affinity", "3,5,0.8"), merges);
    assertTrue(Files.exists(folder.resolve("out-objects.csv")));
    assertTrue(Files.exists(folder.resolve("out-provenance.json")));
  }

  @Test
  void agglomerateTakesMediansAndMapsOfTheInside() {
    float[] inside = new float[BOUNDARY.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = 255 - BOUNDARY[i];
    }
    Path map = TestStacks.write(folder.resolve("in.tif"), PixelType.UINT8, 7, inside, inside);
    assertLabels(
        output(),
        new float[] {3, 3, 5, 5, 9, 9, 0},
        agglomerate(regions(), map, "invert=true", "score=median", "threshold=0.85"));
  }

  @Test
  void multicutJoinsWhereBoundariesAreUnlikely() {
    assertLabels(output(), new float[] {3, 3, 3, 3, 9, 9, 0}, multicut(regions(), boundary()));
  }

  @Test
  void multicutTakesABiasAndTheGreedySolver() {
    assertLabels(
        output(),
        new float[] {3, 3, 5, 5, 9, 9, 0},
        multicut(regions(), boundary(), "beta=0.9", "solver=greedy", "weighByContact=false"));
  }

  @Test
  void regionsAreJoinedByAffinitiesToo() {
    Path labels = TestStacks.write(folder.resolve("l.tif"), PixelType.UINT8, 7, REGIONS);
    float[] affinity = {1, .8f, 1, .1f, 1, 0, 0};
    Path maps = maps("a.tif", PixelType.FLOAT32, affinity, affinity);
    assertLabels(
        output(), new float[] {3, 3, 3, 3, 9, 9, 0}, multicut(labels, maps, "offsets=1,0,0 0,1,0"));
  }

  @Test
  void mutexWatershedMakesObjectsOfAffinities() {
    Path maps =
        maps("a.tif", PixelType.UINT8, new float[] {230, 150, 230, 0}, new float[] {25, 128, 0, 0});
    assertLabels(
        output(),
        new float[] {1, 1, 2, 2},
        "mutex-watershed",
        "images=" + maps,
        "offsets=1,0 2,0",
        "output=" + output());
    Path mask =
        TestStacks.write(folder.resolve("m.tif"), PixelType.UINT8, 4, new float[] {1, 1, 0, 9});
    Path masked = folder.resolve("masked.tif");
    assertLabels(
        masked,
        new float[] {1, 1, 0, 0},
        "mutex-watershed",
        "images=" + maps,
        "offsets=1,0 2,0",
        "mask=" + mask,
        "minVoxels=2",
        "output=" + masked);
  }

  @Test
  void connectSlicesLinksByOverlapAndOverGaps() {
    Path labels =
        TestStacks.write(
            folder.resolve("s.tif"),
            PixelType.UINT8,
            4,
            new float[] {1, 1, 0, 2},
            new float[] {0, 0, 0, 1},
            new float[] {7, 7, 0, 4});
    assertLabels(
        output(),
        new float[] {3, 3, 0, 2},
        "connect-slices",
        "labels=" + labels,
        "output=" + output());
    Path linked = folder.resolve("linked.tif");
    assertLabels(
        linked,
        new float[] {1, 1, 0, 2},
        "connect-slices",
        "labels=" + labels,
        "method=assignment",
        "maxGap=1",
        "output=" + linked);
  }

  @Test
  void sizesThatDifferAreRefused() throws Exception {
    Path small = TestStacks.write(folder.resolve("small.tif"), PixelType.UINT8, 2, new float[4]);
    String message =
        "The sizes differ along x, y and z: labels regions.tif 7 x 1 x 2 voxels, images small.tif"
            + " 2 x 2 x 1. Crop one to the other, or give those that belong together.";
    assertRefused(message, multicut(regions(), small));
    assertRefused(message, agglomerate(regions(), small));
    Path maps = maps("a.tif", PixelType.UINT8, new float[4], new float[4]);
    assertRefused(
        "along x and y: images a.tif 4 x 1 x 1 voxels, mask small.tif 2 x 2 x 1.",
        "mutex-watershed",
        "images=" + maps,
        "offsets=1,0 2,0",
        "mask=" + small,
        "output=" + output());
  }

  @Test
  void emptyLabelsAreRefused() throws Exception {
    Path empty =
        TestStacks.write(folder.resolve("e.tif"), PixelType.UINT8, 7, new float[7], new float[7]);
    assertRefused("The labels are all 0", multicut(empty, boundary()));
    assertRefused("The labels are all 0", agglomerate(empty, boundary()));
    assertRefused(
        "The labels are all 0", "connect-slices", "labels=" + empty, "output=" + output());
  }

  @Test
  void idsBeyondWhatTheFileHoldsExactlyAreRefused() throws Exception {
    Path large =
        TestStacks.write(
            folder.resolve("large.tif"), PixelType.FLOAT32, 2, new float[] {1, 8589934592f});
    Path map = TestStacks.write(folder.resolve("map2.tif"), PixelType.UINT8, 2, new float[2]);
    String message = "expected a label, a whole number 0 … 16777216.";
    assertRefused(message, multicut(large, map));
    assertRefused(message, agglomerate(large, map));
    assertRefused(message, "connect-slices", "labels=" + large, "output=" + output());
  }

  @Test
  void labelsInPlaceOfAMapAreRefusedAndTheOtherWayRound() throws Exception {
    Path labels = TestStacks.write(folder.resolve("f.tif"), PixelType.FLOAT32, 7, REGIONS, REGIONS);
    float[] map = {0, .25f, 0, .5f, 0, 0, 1};
    Path floats = TestStacks.write(folder.resolve("p.tif"), PixelType.FLOAT32, 7, map, map);
    String asMap =
        "f.tif has the value 3.0 at x=0, y=0 of slice z=0 (counted from 0): expected a probability"
            + " 0 … 1. If these are labels, give them as labels, and a probability map here.";
    assertRefused(asMap, multicut(regions(), labels));
    assertRefused(
        "p.tif has the value 0.25 at x=1, y=0 of slice z=0 (counted from 0): expected a label",
        multicut(floats, boundary()));
    assertRefused(
        "of slice z=0 (counted from 0): expected a probability",
        "mutex-watershed",
        "images=" + maps("l.tif", PixelType.FLOAT32, REGIONS, REGIONS),
        "offsets=1,0 2,0",
        "output=" + output());
  }

  @Test
  void thresholdsOutOfRangeAreRefused() throws Exception {
    assertRefused(
        "Parameter threshold=1.5 is out of range: give 0 to 1.",
        agglomerate(regions(), boundary(), "threshold=1.5"));
    assertRefused(
        "Parameter beta=0.0 is out of range: give 0.001 to 0.999.",
        multicut(regions(), boundary(), "beta=0"));
    assertRefused(
        "Parameter minIou=2.0 is out of range: give 0 to 1.",
        "connect-slices",
        "labels=" + regions(),
        "minIou=2",
        "output=" + output());
  }

  @Test
  void offsetsThatDoNotFitAreRefused() throws Exception {
    Path maps = maps("a.tif", PixelType.UINT8, REGIONS, REGIONS);
    Path labels = TestStacks.write(folder.resolve("l.tif"), PixelType.UINT8, 7, REGIONS);
    assertRefused("a.tif has 2 maps: give offsets=", multicut(labels, maps));
    assertRefused(
        "offsets=1,0,0 are 1, but a.tif has 2 maps: give one offset for each.",
        multicut(labels, maps, "offsets=1,0,0"));
    assertRefused(
        "offsets=1,0 2;0 cannot be read at '2'",
        "mutex-watershed",
        "images=" + maps,
        "offsets=1,0 2;0",
        "output=" + output());
    assertRefused(
        "strides=4 cannot be read: give x,y,z in voxels, for example 4,4,1.",
        "mutex-watershed",
        "images=" + maps,
        "offsets=1,0 2,0",
        "strides=4",
        "output=" + output());
  }

  @Test
  void existingFilesAreKept() throws Exception {
    Files.writeString(folder.resolve("out-merges.csv"), "mine");
    assertRefused("out-merges.csv: the file exists.", agglomerate(regions(), boundary()));
  }
}
