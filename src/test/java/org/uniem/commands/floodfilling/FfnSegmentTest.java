package org.uniem.commands.floodfilling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.Refusal;
import org.uniem.commands.TestStacks;
import org.uniem.networks.ModelFolder;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class FfnSegmentTest {

  private static final int WIDTH = 40;
  private static final int SIDE = Bars.SIDE;

  @TempDir Path folder;
  private Path images;
  private Path model;
  private Path output;

  /** Two bright bars along x, and a network that takes bright voxels for the object. */
  @BeforeEach
  void writeImagesAndModel() {
    images = folder.resolve("i.tif");
    model = folder.resolve("model");
    output = folder.resolve("out.tif");
    Bars.write(images, WIDTH);
    Bars.saveModel(model, 1);
  }

  private List<String> arguments() {
    return List.of(
        "ffn-segment", "images=" + images, "model=" + model, "output=" + output, "device=cpu");
  }

  private CommandLineRun segment(String... more) {
    List<String> line = new ArrayList<>(arguments());
    line.addAll(List.of(more));
    return CommandLineRun.of(line.toArray(String[]::new));
  }

  /** Labels of the output, x fastest, then y, then z. */
  private int[] labels() {
    int[] labels = new int[WIDTH * SIDE * SIDE];
    float[] slice = new float[WIDTH * SIDE];
    try (Volume volume = Volumes.open(output)) {
      for (int z = 0; z < SIDE; z++) {
        volume.readSlice(z, 0, slice);
        for (int i = 0; i < slice.length; i++) {
          labels[z * slice.length + i] = (int) slice[i];
        }
      }
    }
    return labels;
  }

  private static int voxel(int x, int y, int z) {
    return (z * SIDE + y) * WIDTH + x;
  }

  @Test
  void seedsGrowToTheirObjects() throws Exception {
    Path points = Files.writeString(folder.resolve("p.csv"), "x,y,z\n5,11,8\n20,4,8\n30,4,8\n");
    CommandLineRun run = segment("seeds=points", "points=" + points, "minVoxels=100", "batch=2");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("2 objects found in 1 subvolumes."), run.err());
    int[] labels = labels();
    int found = 0;
    int all = 0;
    for (int z = 0; z < SIDE; z++) {
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int bar = Bars.bar(x, y, z, WIDTH);
          int label = labels[voxel(x, y, z)];
          assertTrue(label == 0 || bar > 0 && label == 3 - bar, x + "," + y + "," + z);
          found += label == 0 ? 0 : 1;
          all += bar == 0 ? 0 : 1;
        }
      }
    }
    // The field of view does not move on from the last corners.
    assertTrue(found > 0.9 * all, found + " of " + all);
    try (Volume volume = Volumes.open(output)) {
      assertEquals(new VoxelSize(8, 8, 8, "nm"), volume.voxelSize());
    }
    List<String> table = Files.readAllLines(folder.resolve("out-objects.csv"));
    assertEquals(3, table.size());
  }

  @Test
  void subvolumesAreKeptAndJoinedAgain() throws Exception {
    Path points = Files.writeString(folder.resolve("p.csv"), "5,11,8\n20,4,8\n30,4,8\n32,11,8");
    CommandLineRun run =
        segment(
            "seeds=points",
            "points=" + points,
            "minVoxels=100",
            "subvolume=28,16,16",
            "overlap=16",
            "parallel=2");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("2 objects found in 2 subvolumes."), run.err());
    Path kept = folder.resolve("out-subvolumes");
    Path joined = folder.resolve("joined");
    run =
        CommandLineRun.of(
            "ffn-reconcile", "subvolumes=" + kept, "output=" + joined, "minShared=100000");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("4 objects, 0 joined"), run.err());
    Path consensus = folder.resolve("consensus.tif");
    run =
        CommandLineRun.of(
            "ffn-consensus",
            "first=" + output,
            "second=" + joined,
            "output=" + consensus,
            "minVoxels=10");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("4 objects"), run.err());
  }

  @Test
  void maskedVoxelsStopTheField() throws Exception {
    Path mask = folder.resolve("mask");
    VolumeSpec spec = new VolumeSpec(WIDTH, SIDE, SIDE, 1, PixelType.UINT8, VoxelSize.UNKNOWN);
    try (VolumeWriter writer = Volumes.create(mask, spec)) {
      float[] slice = new float[WIDTH * SIDE];
      for (int i = 0; i < slice.length; i++) {
        slice[i] = i % WIDTH >= 20 ? 1 : 0;
      }
      for (int z = 0; z < SIDE; z++) {
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    Path points = Files.writeString(folder.resolve("p.csv"), "5,11,8\n");
    CommandLineRun run =
        segment("seeds=points", "points=" + points, "minVoxels=10", "mask=" + mask);
    assertEquals(0, run.status(), run.err());
    assertEquals(1, labels()[voxel(10, 11, 8)]);
    assertEquals(0, labels()[voxel(30, 11, 8)]);
  }

  @Test
  void oneSliceIsSegmentedInTheMirrorIfTheModelOrTheUserSaysSo() throws Exception {
    images =
        TestStacks.write(folder.resolve("one.tif"), PixelType.UINT8, WIDTH, Bars.slice(8, WIDTH));
    Path points = Files.writeString(folder.resolve("p.csv"), "x,y,z\n20,4,0\n");
    String seeds = "points=" + points;
    refuseAmong("the field of view of the network 5,5,5", "seeds=points", seeds, "minVoxels=1");
    refuseAmong("Give one of auto, none, xy, xyz", "seeds=points", seeds, "mirror=yx");
    CommandLineRun run = segment("seeds=points", seeds, "minVoxels=20", "mirror=xyz");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("1 objects found in 1 subvolumes."), run.err());
    Path json = model.resolve("model.json");
    String plain = Files.readString(json);
    assertTrue(plain.contains("\"mirror\": \"none\""), plain);
    Files.writeString(json, plain.replace("\"mirror\": \"none\"", "\"mirror\": \"xyz\""));
    output = folder.resolve("auto.tif");
    run = segment("seeds=points", seeds, "minVoxels=20");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("1 objects found in 1 subvolumes."), run.err());
    output = folder.resolve("wrong.tif");
    Files.writeString(json, plain.replace("\"mirror\": \"none\"", "\"mirror\": \"yes\""));
    refuseAmong("mirror=yes is unknown", "seeds=points", seeds);
  }

  @Test
  void wrongInputsAreRefused() throws Exception {
    refuse("seeds=points", "points is not given: give a text file");
    refuse("boundaryDistance=1,2", "boundaryDistance=1,2 is not understood");
    refuse("mask=" + images.resolveSibling("none.tif"), "no such file");
    Path flat =
        TestStacks.write(folder.resolve("flat.tif"), PixelType.UINT8, 20, new float[20 * 20]);
    refuse("mask=" + flat, "images i.tif 40 x 16 x 16 voxels, mask flat.tif 20 x 20 x 1.");
    images = flat;
    refuse("minVoxels=1", "the field of view of the network 5,5,5");
  }

  @Test
  void subvolumesOfAnotherModelOrImageAreRefused() throws Exception {
    Path points = Files.writeString(folder.resolve("p.csv"), "5,11,8\n");
    String[] more = {"seeds=points", "points=" + points, "minVoxels=100"};
    assertEquals(0, segment(more).status());
    Files.delete(output);
    Files.delete(folder.resolve("out-objects.csv"));
    Files.delete(folder.resolve("out-provenance.json"));
    Bars.saveModel(model, 1.5f);
    refuseAmong("were made from something else: model ", more);
    Bars.saveModel(model, 1);
    float[] other = new float[WIDTH * SIDE];
    float[][] slices = new float[SIDE][];
    Arrays.fill(slices, other);
    images = TestStacks.write(folder.resolve("o.tif"), PixelType.UINT8, WIDTH, slices);
    refuseAmong("were made from something else: image checksum", more);
  }

  @Test
  void truncatedWeightsAreRefused() throws Exception {
    Path weights = model.resolve(ModelFolder.describe(model).weights().file());
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 4));
    refuse("seeds=grid", weights.getFileName().toString(), "bytes");
  }

  private void refuseAmong(String word, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(arguments());
    line.addAll(List.of(arguments));
    Refusal.check(folder, List.of(word), line.toArray(String[]::new));
  }

  private void refuse(String argument, String... words) throws Exception {
    Refusal.check(
        folder,
        List.of(words),
        "ffn-segment",
        "images=" + images,
        "model=" + model,
        "output=" + output,
        "device=cpu",
        argument);
  }

  @Test
  void networkThatGivesNoNumbersIsRefused() throws Exception {
    Bars.saveModel(model, Float.NaN);
    Path points = Files.writeString(folder.resolve("p.csv"), "5,11,8\n");
    CommandLineRun run = segment("seeds=points", "points=" + points);
    assertTrue(run.status() != 0);
    assertTrue(run.err().contains("not numbers"), run.err());
    assertTrue(Files.notExists(output));
  }
}
