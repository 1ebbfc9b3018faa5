package org.uniem.annotation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

class ObjectRunsTest {

  private static final VoxelSize UNIT = new VoxelSize(1, 1, 1, "um");

  @Test
  void everyVoxelIsFoundAgain() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int w = 7;
    int h = 5;
    int d = 40;
    long[] labels = Shapes.random(w * h * d, 3, random);
    Volume stack = Shapes.of(w, h, d, UNIT, labels);
    try (Job job = new Job(3, ProgressListener.NONE);
        // So little memory that most of it goes through the file.
        ObjectRuns runs = ObjectRuns.find(stack, Optional.empty(), new ChunkStore(100), job)) {
      assertArrayEquals(new long[] {1, 2, 3}, runs.ids());
      for (long id : runs.ids()) {
        ObjectVoxels object = runs.voxels(id);
        assertEquals(runs.table().voxels(id), object.count());
        int number = 0;
        for (int i = 0; i < labels.length; i++) {
          int x = i % w - object.min(0);
          int row = (i / w / h - object.min(2)) * object.size(1) + i / w % h - object.min(1);
          int expected = labels[i] == id ? number++ : -1;
          boolean inBox =
              i / w / h >= object.min(2)
                  && i / w / h < object.min(2) + object.size(2)
                  && i / w % h >= object.min(1)
                  && i / w % h < object.min(1) + object.size(1);
          assertEquals(expected, inBox ? object.voxelAt(x, row) : -1, "seed " + seed);
          if (expected >= 0) {
            int run = object.runOf(expected);
            assertEquals(row, object.row(run), "seed " + seed);
            assertEquals(x, object.start(run) + expected - object.voxel(run), "seed " + seed);
          }
        }
        assertEquals(number, object.count());
      }
    }
  }

  @Test
  void sidesAtTheBorderAreOpen() {
    try (Job job = new Job(1, ProgressListener.NONE);
        ObjectRuns runs =
            ObjectRuns.find(
                Shapes.of(3, 2, 2, UNIT, 0, 4, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0),
                Optional.empty(),
                job)) {
      ObjectVoxels object = runs.voxels(4);
      assertFalse(object.isOpen(0, 0));
      assertFalse(object.isOpen(0, 1));
      assertTrue(object.isOpen(1, 0));
      assertTrue(object.isOpen(1, 1));
      assertTrue(object.isOpen(2, 0));
      assertFalse(object.isOpen(2, 1));
      assertThrows(BadInputException.class, () -> runs.voxels(5));
    }
  }
}
