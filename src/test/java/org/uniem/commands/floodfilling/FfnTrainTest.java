package org.uniem.commands.floodfilling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.Refusal;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class FfnTrainTest {

  private static final int SIDE = 20;

  @TempDir Path folder;
  private Path images;
  private Path labels;
  private Path model;

  @BeforeEach
  void writeVolumes() {
    images = folder.resolve("i.tif");
    labels = folder.resolve("l.tif");
    model = folder.resolve("model");
    write(images, SIDE, 100);
    write(labels, SIDE, 1);
  }

  /** Two slabs and a wall of 0 between them. */
  private static void write(Path file, int depth, int factor) {
    VolumeSpec spec = new VolumeSpec(SIDE, SIDE, depth, 1, PixelType.UINT8, VoxelSize.UNKNOWN);
    try (VolumeWriter writer = Volumes.create(file, spec)) {
      for (int z = 0; z < depth; z++) {
        float[] slice = new float[SIDE * SIDE];
        for (int i = 0; i < slice.length; i++) {
          int x = i % SIDE;
          slice[i] = x < 9 ? factor : x > 10 ? 2 * factor : 0;
        }
        writer.writeSlice(slice);
      }
      writer.commit();
    }
  }

  private String[] arguments(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "ffn-train",
                "images=" + images,
                "labels=" + labels,
                "model=" + model,
                "fov=5",
                "deltas=1",
                "depth=1",
                "features=2",
                "minObjectVoxels=100",
                "steps=4",
                "device=cpu"));
    for (String argument : more) {
      String name = argument.substring(0, argument.indexOf('=') + 1);
      args.removeIf(given -> given.startsWith(name));
      args.add(argument);
    }
    return args.toArray(String[]::new);
  }

  @Test
  void trainingMakesAModelThatSegmentTakes() {
    CommandLineRun run = CommandLineRun.of(arguments("augmentation=all", "movement=following"));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("Training ended after 4 steps"), run.err());
    assertTrue(run.err().contains("of the time for examples"), run.err());
    ModelDescription description = ModelFolder.open(model).description();
    assertEquals(List.of(5, 5, 5), description.floodFilling().fieldOfView());
    assertTrue(Files.exists(model.resolve("provenance.json")));
    run =
        CommandLineRun.of(
            arguments("steps=6", "resume=true", "augmentation=all", "movement=following"));
    assertTrue(run.err().contains("Going on from step 4"), run.err());
    assertEquals(0, run.status(), run.err());
    run =
        CommandLineRun.of(
            "ffn-segment",
            "images=" + images,
            "model=" + model,
            "output=" + folder.resolve("o.tif"),
            "device=cpu");
    assertEquals(0, run.status(), run.err());
  }

  @Test
  void smallPresetsLeaveUnvisitedVoxelsUndecided() {
    CommandLineRun run =
        CommandLineRun.of(
            arguments(
                "preset=small",
                "fov=13",
                "depth=0",
                "features=0",
                "minObjectVoxels=0",
                "validationFraction=0",
                "steps=1"));
    assertEquals(0, run.status(), run.err());
    ModelDescription description = ModelFolder.open(model).description();
    assertEquals(5, description.intParameter("depth"));
    assertEquals(16, description.intParameter("features"));
    assertEquals(0.5, description.floodFilling().padProbability());
    assertEquals(0.6, description.floodFilling().moveThreshold());
    assertEquals("cosine", description.training().get("schedule"));
    assertEquals(0.002, description.training().get("learningRate"));
  }

  private void assertRefused(String argument, String... words) throws Exception {
    Refusal.check(folder, List.of(words), arguments(argument));
  }

  @Test
  void wrongInputsAreRefused() throws Exception {
    assertRefused("fov=4", "fieldOfView is [4, 4, 4]", "expected odd numbers");
    assertRefused("deltas=3", "deltas are [3, 3, 3]", "half the fieldOfView");
    assertRefused("augmentation=swapp", "Did you mean 'swap'?");
    assertRefused("batchSize=2000", "batchSize=2000 is out of range");
    assertRefused("schedule=cosin", "schedule");
    assertRefused("minObjectVoxels=5000", "expected one of at least 5000");
    assertRefused("fov=33", "no room for training examples of 35,35,35 voxels");
    assertRefused("resume=true", "there is no checkpoint");
    write(folder.resolve("short.tif"), 7, 1);
    labels = folder.resolve("short.tif");
    assertRefused("seed=1", "differ along z: ");
  }
}
