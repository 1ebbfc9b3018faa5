package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Normalisation;
import org.uniem.networks.Weights;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class FfnSegmentTest {

  private static final int WIDTH = 40;
  private static final int SIDE = 16;

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
    VolumeSpec spec =
        new VolumeSpec(WIDTH, SIDE, SIDE, 1, PixelType.UINT8, new VoxelSize(8, 8, 8, "nm"));
    try (VolumeWriter writer = Volumes.create(images, spec)) {
      for (int z = 0; z < SIDE; z++) {
        float[] slice = new float[WIDTH * SIDE];
        for (int i = 0; i < slice.length; i++) {
          slice[i] = bar(i % WIDTH, i / WIDTH, z) > 0 ? 200 : 100;
        }
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    saveModel(1);
  }

  private static int bar(int x, int y, int z) {
    boolean inside = z >= 4 && z < 12 && x >= 2 && x < WIDTH - 2;
    return inside && y >= 2 && y < 7 ? 1 : inside && y >= 9 && y < 14 ? 2 : 0;
  }

  /** The logit rises by 10 where the normalised intensity is 1, and falls by 10 where it is −1. */
  private void saveModel(float scale) {
    Map<String, Weights.Tensor> weights = new LinkedHashMap<>();
    float[] split = new float[27 * 2 * 2];
    split[13 * 4] = 1;
    split[13 * 4 + 1] = -1;
    float[] keep = new float[27 * 2 * 2];
    keep[13 * 4] = 1;
    keep[13 * 4 + 3] = 1;
    weights.put("conv0_a/kernel", new Weights.Tensor(new int[] {3, 3, 3, 2, 2}, split));
    weights.put("conv0_a/bias", new Weights.Tensor(new int[] {2}, new float[2]));
    weights.put("conv0_b/kernel", new Weights.Tensor(new int[] {3, 3, 3, 2, 2}, keep));
    weights.put("conv0_b/bias", new Weights.Tensor(new int[] {2}, new float[2]));
    weights.put(
        "update/kernel",
        new Weights.Tensor(new int[] {1, 1, 1, 2, 1}, new float[] {10 * scale, -10 * scale}));
    weights.put("update/bias", new Weights.Tensor(new int[] {1}, new float[1]));
    ModelDescription description =
        ModelDescription.builder("bars", FloodFillingSettings.ARCHITECTURE)
            .parameters(Map.of("depth", 1, "features", 2))
            .normalisation(Normalisation.intensity(150, 50))
            .floodFilling(FloodFillingSettings.of(List.of(5, 5, 5), List.of(2, 2, 2)))
            .build();
    ModelFolder.save(model, description, new Weights(weights));
  }

  private CommandLineRun segment(String... more) {
    String[] args = {
      "ffn-segment", "images=" + images, "model=" + model, "output=" + output, "device=cpu"
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return CommandLineRun.of(all);
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
          int bar = bar(x, y, z);
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
  void wrongInputsAreRefused() throws Exception {
    refuse("seeds=points", "points is not given: give a text file");
    refuse("boundaryDistance=1,2", "boundaryDistance=1,2 is not understood");
    refuse("mask=" + images.resolveSibling("none.tif"), "no such file");
    Path flat =
        TestStacks.write(folder.resolve("flat.tif"), PixelType.UINT8, 20, new float[20 * 20]);
    refuse(
        "mask=" + flat, "The mask flat.tif has 20 x 20 x 1 voxels, the image i.tif 40 x 16 x 16");
    images = flat;
    refuse("minVoxels=1", "the field of view of the network 5,5,5");
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
    saveModel(Float.NaN);
    Path points = Files.writeString(folder.resolve("p.csv"), "5,11,8\n");
    CommandLineRun run = segment("seeds=points", "points=" + points);
    assertTrue(run.status() != 0);
    assertTrue(run.err().contains("not numbers"), run.err());
    assertTrue(Files.notExists(output));
  }
}
