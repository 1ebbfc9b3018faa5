package org.uniem.volumes.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Compares {@code test-data/phantom} with what the generator makes. */
class BundledPhantomTest {

  @Test
  void bundledFilesEqualTheGeneratedPhantomOfSeedOne() {
    try (Job job = new Job(2, ProgressListener.NONE);
        Volume images = Volumes.open(Path.of("test-data/phantom/images.tif"));
        Volume mitochondria = Volumes.open(Path.of("test-data/phantom/mitochondria.tif"));
        Volume cells = Volumes.open(Path.of("test-data/phantom/cells.tif"))) {
      Phantom phantom = Phantom.plan(PhantomOptions.ofSeed(1), job);
      assertEquals(phantom.imageSpec(), Volumes.specOf(images));
      assertEquals(phantom.labelSpec(), Volumes.specOf(mitochondria));
      assertEquals(phantom.cellSpec(), Volumes.specOf(cells));
      assertEquals(18, phantom.mitochondria());
      float[] read = new float[256 * 256];
      for (long z : new long[] {0, 11, 23}) {
        PhantomSlice slice = phantom.slice(z, job);
        images.readSlice(z, 0, read);
        assertArrayEquals(slice.image(), read, "image of slice " + z);
        mitochondria.readSlice(z, 0, read);
        assertArrayEquals(Phantom.floats(slice.mitochondria()), read, "labels of slice " + z);
        cells.readSlice(z, 0, read);
        assertArrayEquals(Phantom.floats(slice.cells()), read, "cells of slice " + z);
      }
    }
  }
}
