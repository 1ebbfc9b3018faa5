package org.uniem.floodfilling;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.uniem.floodfilling.scene.Extent;

/**
 * The mask of one object as logits, NaN where the network never looked. Only bricks that were
 * written to take memory, and only those are cleared. Not thread-safe.
 */
final class SeedCanvas {

  private static final int BITS = 5;
  private static final int EDGE = 1 << BITS;
  private static final int VOXELS = EDGE * EDGE * EDGE;

  /** Bricks to be used again, shared by the canvases of one thread. */
  static final class Bricks {

    private final Deque<float[]> free = new ArrayDeque<>();
    private int inUse;

    private float[] take() {
      inUse++;
      float[] brick = free.isEmpty() ? new float[VOXELS] : free.pop();
      Arrays.fill(brick, Float.NaN);
      return brick;
    }

    private void giveBack(float[] brick) {
      inUse--;
      free.push(brick);
    }

    /** Voxels that canvases have memory for. */
    long voxelsInUse() {
      return (long) inUse * VOXELS;
    }
  }

  private final Bricks bricks;
  private final int across;
  private final int down;
  private final float[][] grid;

  SeedCanvas(Extent size, Bricks bricks) {
    this.bricks = bricks;
    across = (size.x() + EDGE - 1) >> BITS;
    down = (size.y() + EDGE - 1) >> BITS;
    int deep = (size.z() + EDGE - 1) >> BITS;
    grid = new float[across * down * deep][];
  }

  float get(int x, int y, int z) {
    float[] brick = grid[brick(x, y, z)];
    return brick == null ? Float.NaN : brick[inBrick(x, y, z)];
  }

  void set(int x, int y, int z, float logit) {
    writable(brick(x, y, z))[inBrick(x, y, z)] = logit;
  }

  /** Copies voxels along x, from (x, y, z) on. */
  void readRow(int x, int y, int z, float[] target, int at, int length) {
    for (int done = 0; done < length; ) {
      int from = x + done;
      int run = Math.min(length - done, EDGE - (from & (EDGE - 1)));
      float[] brick = grid[brick(from, y, z)];
      if (brick == null) {
        Arrays.fill(target, at + done, at + done + run, Float.NaN);
      } else {
        System.arraycopy(brick, inBrick(from, y, z), target, at + done, run);
      }
      done += run;
    }
  }

  /** Sets voxels along x, from (x, y, z) on. */
  void writeRow(int x, int y, int z, float[] source, int at, int length) {
    for (int done = 0; done < length; ) {
      int from = x + done;
      int run = Math.min(length - done, EDGE - (from & (EDGE - 1)));
      float[] brick = writable(brick(from, y, z));
      System.arraycopy(source, at + done, brick, inBrick(from, y, z), run);
      done += run;
    }
  }

  /** Makes all voxels NaN and gives their memory back. */
  void clear() {
    for (int i = 0; i < grid.length; i++) {
      if (grid[i] != null) {
        bricks.giveBack(grid[i]);
        grid[i] = null;
      }
    }
  }

  private float[] writable(int index) {
    if (grid[index] == null) {
      grid[index] = bricks.take();
    }
    return grid[index];
  }

  private int brick(int x, int y, int z) {
    return ((z >> BITS) * down + (y >> BITS)) * across + (x >> BITS);
  }

  private static int inBrick(int x, int y, int z) {
    int mask = EDGE - 1;
    return (((z & mask) << BITS | (y & mask)) << BITS) | (x & mask);
  }
}
