package org.uniem.annotation.meshes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uniem.annotation.ChunkStore;
import org.uniem.annotation.LongIndex;
import org.uniem.annotation.VarintBuffer;
import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.Volume;

/**
 * Finds in one layer of slices the cubes that the surface of some object crosses.
 *
 * <p>A cube has its corners in the centres of 2 × 2 × 2 voxels of the stack with one voxel of
 * background around it. A chunk of {@link ChunkStore} lists the cubes of one object in one layer,
 * in ascending order: how many cubes further than the last one, which corners are inside, and, if
 * asked for, the labels of the others: one more than that of all, or 0 and then that of each.
 */
final class SurfaceScan {

  private final LabelSlices labels;
  private final int width;
  private final int height;
  private final long depth;
  private final int columns;
  private final int rows;
  private final boolean neighbours;
  private final Job job;
  private long[] below;
  private long[] above;
  private final LongIndex objects = new LongIndex();
  private final List<VarintBuffer> cubes = new ArrayList<>();
  private long[] last = new long[16];

  private final long[] corners = new long[8];
  private final long[] known = new long[8];
  private long recentLabel;
  private int recentRow = -1;

  SurfaceScan(Volume volume, boolean neighbours, Job job) {
    labels = LabelSlices.of(volume, 0);
    width = Math.toIntExact(volume.width());
    height = Math.toIntExact(volume.height());
    depth = volume.depth();
    this.neighbours = neighbours;
    this.job = job;
    columns = width + 2;
    rows = height + 2;
    below = new long[Math.multiplyExact(columns, rows)];
    above = new long[below.length];
  }

  /**
   * Scans the cubes from a layer to another.
   *
   * @param from the first layer of cubes; layer c is between slices c−1 and c
   * @param to after the last layer
   * @param store receives the chunks
   */
  void scan(int from, int to, ChunkStore store) {
    long[] slice = new long[width * height];
    read(from - 1, slice, above);
    for (int layer = from; layer < to; layer++) {
      job.checkCancelled();
      long[] free = below;
      below = above;
      above = free;
      read(layer, slice, above);
      for (int row = 0; row + 1 < rows; row++) {
        scanRow(row, ((long) (layer - from) * (rows - 1) + row) * (columns - 1));
      }
    }
    for (int object = 0; object < objects.size(); object++) {
      store.add(objects.key(object), from, cubes.get(object).toBytes());
    }
  }

  private void read(int z, long[] slice, long[] target) {
    if (z < 0 || z >= depth) {
      Arrays.fill(target, 0);
      return;
    }
    labels.read(z, slice);
    for (int y = 0; y < height; y++) {
      System.arraycopy(slice, y * width, target, (y + 1) * columns + 1, width);
    }
  }

  private void scanRow(int row, long position) {
    int a = row * columns;
    int b = a + columns;
    // Written so that a cube in the middle of an object or of background costs four comparisons.
    boolean uniform = isUniform(a, b);
    for (int x = 0; x + 1 < columns; x++) {
      boolean nextUniform = isUniform(a + x + 1, b + x + 1);
      if (!uniform || !nextUniform || below[a + x] != below[a + x + 1]) {
        cross(a + x, b + x, position + x);
      }
      uniform = nextUniform;
    }
  }

  private boolean isUniform(int a, int b) {
    long label = below[a];
    return label == below[b] && label == above[a] && label == above[b];
  }

  private void cross(int a, int b, long position) {
    corners[0] = below[a];
    corners[1] = below[a + 1];
    corners[2] = below[b];
    corners[3] = below[b + 1];
    corners[4] = above[a];
    corners[5] = above[a + 1];
    corners[6] = above[b];
    corners[7] = above[b + 1];
    int count = 0;
    for (int corner = 0; corner < 8; corner++) {
      long label = corners[corner];
      if (label == 0 || isKnown(label, count)) {
        continue;
      }
      known[count++] = label;
      int inside = 0;
      for (int other = corner; other < 8; other++) {
        inside |= corners[other] == label ? 1 << other : 0;
      }
      put(label, position, inside);
    }
  }

  private boolean isKnown(long label, int count) {
    for (int i = 0; i < count; i++) {
      if (known[i] == label) {
        return true;
      }
    }
    return false;
  }

  private void put(long label, long position, int inside) {
    int object = recentRow;
    if (label != recentLabel || object < 0) {
      object = objects.add(label);
      recentLabel = label;
      recentRow = object;
      if (object == cubes.size()) {
        cubes.add(new VarintBuffer());
        last = object < last.length ? last : Arrays.copyOf(last, 2 * last.length);
      }
    }
    VarintBuffer list = cubes.get(object);
    list.putNumber(position - last[object]);
    list.putByte(inside);
    if (neighbours) {
      putNeighbours(list, inside);
    }
    last[object] = position;
  }

  private void putNeighbours(VarintBuffer list, int inside) {
    long first = corners[Integer.numberOfTrailingZeros(~inside)];
    boolean same = true;
    for (int corner = 0; corner < 8; corner++) {
      same &= (inside >> corner & 1) != 0 || corners[corner] == first;
    }
    list.putNumber(same ? first + 1 : 0);
    for (int corner = 0; corner < 8 && !same; corner++) {
      if ((inside >> corner & 1) == 0) {
        list.putNumber(corners[corner]);
      }
    }
  }
}
