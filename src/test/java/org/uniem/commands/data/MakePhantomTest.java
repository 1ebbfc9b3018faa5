package org.uniem.commands.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.phantom.Phantom;
import org.uniem.volumes.phantom.PhantomOptions;

class MakePhantomTest {

  @TempDir Path folder;

  @Test
  void imagesAreThoseOfTheGenerator() {
    Path output = folder.resolve("phantom");
    CommandLineRun run =
        CommandLineRun.of(
            "make-phantom", "output=" + output, "seed=7", "width=40", "height=32", "depth=2");
    assertEquals(0, run.status(), run.err());
    assertTrue(Files.exists(output.resolve("provenance.json")));
    try (Job job = Job.silent();
        Volume images = Volumes.open(output.resolve("images.tif"));
        Volume labels = Volumes.open(output.resolve("mitochondria.tif"));
        Volume cells = Volumes.open(output.resolve("cells.tif"))) {
      Phantom phantom = Phantom.plan(PhantomOptions.ofSeed(7).withSize(40, 32, 2), job);
      assertArrayEquals(phantom.slice(1, job).image(), TestStacks.slice(images, 1));
      int[] ids = phantom.slice(1, job).cells();
      float[] read = TestStacks.slice(cells, 1);
      for (int i = 0; i < ids.length; i++) {
        assertEquals(ids[i], read[i]);
      }
      assertEquals(2, labels.depth());
      assertEquals(new VoxelSize(8, 8, 30, "nm"), images.voxelSize());
    }
  }
}
