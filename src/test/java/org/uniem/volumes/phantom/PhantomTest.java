package org.uniem.volumes.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.VoxelSize;

class PhantomTest {

  private static final PhantomOptions SMALL = PhantomOptions.ofSeed(7).withSize(150, 130, 9);

  private final Job job = new Job(2, ProgressListener.NONE);

  @AfterEach
  void endThreads() {
    job.close();
  }

  @Test
  void sameSeedMakesSameVoxelsWithAnyNumberOfThreads() {
    Kept one = new Kept();
    Kept three = new Kept();
    Kept oneMitochondria = new Kept();
    Kept threeMitochondria = new Kept();
    Kept oneCells = new Kept();
    Kept threeCells = new Kept();
    try (Job single = new Job(1, ProgressListener.NONE);
        Job triple = new Job(3, ProgressListener.NONE)) {
      Phantom.plan(SMALL, single).write(one, oneMitochondria, oneCells, single);
      Phantom.plan(SMALL, triple).write(three, threeMitochondria, threeCells, triple);
    }
    assertEquals(9, one.slices.size());
    for (int z = 0; z < 9; z++) {
      assertArrayEquals(one.slices.get(z), three.slices.get(z), "image of slice " + z);
      assertArrayEquals(
          oneMitochondria.slices.get(z), threeMitochondria.slices.get(z), "labels of slice " + z);
      assertArrayEquals(oneCells.slices.get(z), threeCells.slices.get(z), "cells of slice " + z);
    }
  }

  @Test
  void sliceAloneEqualsThatSliceOfTheWhole() {
    Kept images = new Kept();
    Kept mitochondria = new Kept();
    Kept cells = new Kept();
    Phantom.plan(SMALL, job).write(images, mitochondria, cells, job);
    PhantomSlice alone = Phantom.plan(SMALL, job).slice(5, job);
    assertArrayEquals(images.slices.get(5), alone.image());
    assertArrayEquals(mitochondria.slices.get(5), Phantom.floats(alone.mitochondria()));
    assertArrayEquals(cells.slices.get(5), Phantom.floats(alone.cells()));
  }

  @Test
  void otherSeedMakesOtherTissue() {
    PhantomSlice one = Phantom.plan(SMALL, job).slice(0, job);
    PhantomOptions other = PhantomOptions.ofSeed(8).withSize(150, 130, 9);
    PhantomSlice two = Phantom.plan(other, job).slice(0, job);
    assertFalse(Arrays.equals(one.cells(), two.cells()));
    assertFalse(Arrays.equals(one.image(), two.image()));
  }

  @Test
  void widerPhantomShowsTheSameTissue() {
    PhantomSlice narrow = Phantom.plan(SMALL, job).slice(4, job);
    PhantomSlice wide = Phantom.plan(SMALL.withSize(170, 130, 9), job).slice(4, job);
    int same = 0;
    for (int y = 0; y < 130; y++) {
      for (int x = 0; x < 150; x++) {
        boolean membrane = narrow.cells()[y * 150 + x] == 0;
        same += membrane == (wide.cells()[y * 170 + x] == 0) ? 1 : 0;
      }
    }
    assertEquals(150 * 130, same);
  }

  @Test
  void everyMitochondrionIsNumberedConnectedAndInsideOneCell() {
    PhantomOptions options = PhantomOptions.ofSeed(3).withSize(200, 180, 16);
    Phantom phantom = Phantom.plan(options, job);
    int size = 200 * 180;
    int[] labels = new int[size * 16];
    int[] cellOf = new int[phantom.mitochondria() + 1];
    for (int z = 0; z < 16; z++) {
      PhantomSlice slice = phantom.slice(z, job);
      System.arraycopy(slice.mitochondria(), 0, labels, z * size, size);
      for (int i = 0; i < size; i++) {
        int id = slice.mitochondria()[i];
        if (id > 0) {
          int cell = slice.cells()[i];
          assertTrue(cell > 0, "mitochondrion " + id + " touches a membrane in slice " + z);
          assertTrue(
              cellOf[id] == 0 || cellOf[id] == cell, "mitochondrion " + id + " in two cells");
          cellOf[id] = cell;
        }
      }
    }
    assertTrue(phantom.mitochondria() >= 4, phantom.mitochondria() + " mitochondria");
    for (int id = 1; id <= phantom.mitochondria(); id++) {
      assertTrue(count(labels, id) > 0, "no voxel has id " + id);
    }
    assertEquals(phantom.mitochondria(), components(labels, 200, 180, 16));
  }

  private static int count(int[] labels, int id) {
    return (int) Arrays.stream(labels).filter(label -> label == id).count();
  }

  /** Components of equal positive labels that share faces. */
  private static int components(int[] labels, int width, int height, int depth) {
    int[] left = labels.clone();
    int components = 0;
    for (int start = 0; start < left.length; start++) {
      if (left[start] == 0) {
        continue;
      }
      components++;
      int id = left[start];
      ArrayDeque<Integer> front = new ArrayDeque<>(List.of(start));
      left[start] = 0;
      while (!front.isEmpty()) {
        int i = front.remove();
        int x = i % width;
        int y = i / width % height;
        int z = i / (width * height);
        int[][] neighbours = {
          {x - 1, y, z}, {x + 1, y, z}, {x, y - 1, z}, {x, y + 1, z}, {x, y, z - 1}, {x, y, z + 1}
        };
        for (int[] n : neighbours) {
          if (n[0] < 0 || n[0] >= width || n[1] < 0 || n[1] >= height || n[2] < 0) {
            continue;
          }
          int j = (n[2] * height + n[1]) * width + n[0];
          if (n[2] < depth && left[j] == id) {
            left[j] = 0;
            front.add(j);
          }
        }
      }
    }
    return components;
  }

  @Test
  void mitochondriaAreDarkerThanCytoplasmAndMembranesDarkerStill() {
    PhantomOptions options = PhantomOptions.ofSeed(3).withSize(200, 180, 16);
    PhantomSlice slice = Phantom.plan(options, job).slice(8, job);
    double[] sum = new double[3];
    int[] count = new int[3];
    for (int i = 0; i < slice.image().length; i++) {
      int kind = slice.mitochondria()[i] > 0 ? 1 : slice.cells()[i] == 0 ? 2 : 0;
      sum[kind] += slice.image()[i];
      count[kind]++;
    }
    double cytoplasm = sum[0] / count[0];
    double mitochondria = sum[1] / count[1];
    double membranes = sum[2] / count[2];
    assertTrue(mitochondria < cytoplasm - 25, mitochondria + " against " + cytoplasm);
    assertTrue(membranes < cytoplasm - 25, membranes + " against " + cytoplasm);
  }

  @Test
  void finerVoxelsShowTheSameCellsLarger() {
    PhantomOptions coarse =
        PhantomOptions.ofSeed(5).withSize(60, 60, 2).withVoxelSize(new VoxelSize(9, 9, 9, "nm"));
    PhantomOptions fine = coarse.withSize(180, 180, 6).withVoxelSize(new VoxelSize(3, 3, 3, "nm"));
    int[] cells = Phantom.plan(coarse, job).slice(1, job).cells();
    int[] fineCells = Phantom.plan(fine, job).slice(4, job).cells();
    int same = 0;
    for (int i = 0; i < cells.length; i++) {
      int fineIndex = (i / 60 * 3 + 1) * 180 + i % 60 * 3 + 1;
      same += (cells[i] == 0) == (fineCells[fineIndex] == 0) ? 1 : 0;
    }
    assertEquals(cells.length, same);
  }

  @Test
  void cancelledJobEndsWithoutFurtherSlices() {
    Phantom phantom = Phantom.plan(SMALL, job);
    Kept images = new Kept();
    job.cancel();
    assertThrows(
        CancellationException.class, () -> phantom.write(images, new Kept(), new Kept(), job));
    assertEquals(0, images.slices.size());
  }

  @Test
  void impossibleOptionsAreRefusedWithTheRange() {
    BadParameterException small =
        assertThrows(BadParameterException.class, () -> SMALL.withSize(4, 100, 5));
    assertTrue(small.getMessage().contains("width=4"), small.getMessage());
    BadParameterException unit =
        assertThrows(
            BadParameterException.class,
            () -> SMALL.withVoxelSize(new VoxelSize(1, 1, 1, "pixel")));
    assertTrue(unit.getMessage().contains("nm"), unit.getMessage());
  }

  /** Keeps slices in memory. */
  private static final class Kept implements VolumeWriter {
    private final List<float[]> slices = new ArrayList<>();

    @Override
    public void writeSlice(float[]... channels) {
      slices.add(channels[0].clone());
    }

    @Override
    public void commit() {}

    @Override
    public void close() {}
  }
}
