package org.uniem.commands.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

class BundledModelTest {

  @TempDir Path folder;

  /** Drawn tissue of other pixels than the model's: enough to tell a working model from noise. */
  @Test
  void withoutAModelTheBundledOneFindsMitochondria() throws Exception {
    Path phantom = folder.resolve("phantom");
    CommandLineRun run =
        CommandLineRun.of(
            "make-phantom",
            "output=" + phantom,
            "width=128",
            "height=128",
            "depth=3",
            "pixelSizeNm=5",
            "seed=3");
    assertEquals(0, run.status(), run.err());
    Path map = folder.resolve("map.tif");
    run =
        CommandLineRun.of(
            "predict", "images=" + phantom.resolve("images.tif"), "flips=1", "output=" + map);
    assertEquals(0, run.status(), run.err());
    double inside = 0;
    double outside = 0;
    try (Volume found = Volumes.open(map);
        Volume truth = Volumes.open(phantom.resolve("mitochondria.tif"))) {
      float[] probability = new float[128 * 128];
      float[] label = new float[128 * 128];
      long[] count = new long[2];
      for (long z = 0; z < found.depth(); z++) {
        found.readSlice(z, 0, probability);
        truth.readSlice(z, 0, label);
        for (int i = 0; i < label.length; i++) {
          inside += label[i] > 0 ? probability[i] : 0;
          outside += label[i] > 0 ? 0 : probability[i];
          count[label[i] > 0 ? 1 : 0]++;
        }
      }
      assertTrue(count[1] > 0, "the phantom of seed 3 has no mitochondrion");
      inside /= count[1];
      outside /= count[0];
    }
    assertTrue(inside > 3 * outside, "inside " + inside + " outside " + outside);
  }

  @Test
  void networksThatSeeNeighboursAreLeftOutWhereSlicesAreFarApart() {
    Path phantom = folder.resolve("thick");
    CommandLineRun run =
        CommandLineRun.of(
            "make-phantom", "output=" + phantom, "width=64", "height=64", "depth=2", "seed=3");
    assertEquals(0, run.status(), run.err());
    String images = "images=" + phantom.resolve("images.tif");
    run =
        CommandLineRun.of(
            "predict", images, "voxelSize=5,5,50,nm", "flips=1", "output=" + folder.resolve("a"));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("are left out"), run.err());
    assertTrue(run.err().contains(" 4 patches"), run.err());
    run =
        CommandLineRun.of(
            "predict", images, "voxelSize=5,5,10,nm", "flips=1", "output=" + folder.resolve("b"));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains(" 8 patches"), run.err());
  }

  @Test
  void eachBundledModelIsUnderTwentyMegabytes() throws Exception {
    Path models = Path.of("models");
    try (Stream<Path> files = Files.walk(models)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertTrue(Files.size(file) < 20_000_000, file.toString());
      }
    }
  }
}
