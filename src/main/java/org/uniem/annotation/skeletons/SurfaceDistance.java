package org.uniem.annotation.skeletons;

import java.util.Arrays;
import org.uniem.annotation.ObjectVoxels;
import org.uniem.job.Job;

/**
 * Exact distance from the centre of each voxel of an object to its surface, which are the faces of
 * the voxels around it; so a bar of 5 voxels has 2.5 in its middle.
 *
 * <p>By axes (Felzenszwalb and Huttenlocher 2012, 10.4086/toc.2012.v008a019), with the parabolas
 * between voxels instead of in their centres. Where the object touches the border of the stack it
 * is taken to go on, unless it has no other surface. Memory: 4 bytes per voxel of the object and
 * one plane of its bounding box.
 */
final class SurfaceDistance {

  private final ObjectVoxels object;
  private final boolean closed;
  private final double[] spacing;
  private final float[] squares;
  // Parabolas of the lower envelope: where they are, how high, and from where on they are lowest.
  private final int[] places;
  private final double[] heights;
  private final double[] starts;
  private final float[] column;

  private SurfaceDistance(ObjectVoxels object, boolean closed) {
    this.object = object;
    this.closed = closed;
    spacing = new double[] {object.voxelSize().x(), object.voxelSize().y(), object.voxelSize().z()};
    squares = new float[object.count()];
    int longest = Math.max(object.size(1), object.size(2));
    places = new int[longest + 1];
    heights = new double[longest + 1];
    starts = new double[longest + 1];
    column = new float[longest];
  }

  /**
   * Computes the distances.
   *
   * @return by the number of the voxel, in the unit of the voxel size
   */
  static float[] of(ObjectVoxels object, Job job) {
    float[] found = new SurfaceDistance(object, false).compute(job);
    if (Float.isInfinite(found[0])) {
      found = new SurfaceDistance(object, true).compute(job);
    }
    for (int i = 0; i < found.length; i++) {
      found[i] = (float) Math.sqrt(found[i]);
    }
    return found;
  }

  private float[] compute(Job job) {
    alongRuns();
    int width = object.size(0);
    int height = object.size(1);
    int depth = object.size(2);
    float[] plane = new float[Math.multiplyExact(width, Math.max(height, depth))];
    for (int z = 0; z < depth; z++) {
      job.checkCancelled();
      across(plane, z * height, 1, height, 1);
    }
    for (int y = 0; y < height; y++) {
      job.checkCancelled();
      across(plane, y, height, depth, 2);
    }
    return squares;
  }

  private void alongRuns() {
    for (int run = 0; run < object.runs(); run++) {
      int start = object.start(run);
      int end = start + object.length(run);
      boolean openStart = !closed && start == 0 && object.isOpen(0, 0);
      boolean openEnd = !closed && end == object.size(0) && object.isOpen(0, 1);
      for (int x = start; x < end; x++) {
        double near = openStart ? Double.POSITIVE_INFINITY : x - start + 0.5;
        near = openEnd ? near : Math.min(near, end - x - 0.5);
        squares[object.voxel(run) + x - start] = (float) (near * near * spacing[0] * spacing[0]);
      }
    }
  }

  /** Works on the columns along an axis of a plane of rows first, first + step, …. */
  private void across(float[] plane, int first, int step, int rows, int axis) {
    int width = object.size(0);
    Arrays.fill(plane, 0, rows * width, 0);
    boolean any = false;
    for (int i = 0; i < rows; i++) {
      any |= copy(plane, first + i * step, i * width, true);
    }
    if (!any) {
      return;
    }
    for (int x = 0; x < width; x++) {
      for (int i = 0; i < rows; ) {
        int end = i;
        while (end < rows && plane[end * width + x] > 0) {
          end++;
        }
        if (end > i) {
          boolean openStart = !closed && i == 0 && object.isOpen(axis, 0);
          boolean openEnd = !closed && end == rows && object.isOpen(axis, 1);
          segment(plane, x, i, end, openStart, openEnd, spacing[axis]);
        }
        i = end + 1;
      }
    }
    for (int i = 0; i < rows; i++) {
      copy(plane, first + i * step, i * width, false);
    }
  }

  private boolean copy(float[] plane, int row, int offset, boolean toPlane) {
    for (int run = object.firstRun(row); run < object.firstRun(row + 1); run++) {
      int voxel = object.voxel(run);
      int place = offset + object.start(run);
      if (toPlane) {
        System.arraycopy(squares, voxel, plane, place, object.length(run));
      } else {
        System.arraycopy(plane, place, squares, voxel, object.length(run));
      }
    }
    return object.firstRun(row) < object.firstRun(row + 1);
  }

  /** Transforms voxels of a column, between which and the background nothing lies. */
  private void segment(
      float[] plane, int x, int from, int to, boolean openStart, boolean openEnd, double unit) {
    int width = object.size(0);
    int n = to - from;
    for (int i = 0; i < n; i++) {
      column[i] = plane[(from + i) * width + x];
    }
    double square = unit * unit;
    int size = 0;
    // Face i is between voxels i − 1 and i, half a voxel from the centres of both.
    for (int face = 0; face <= n; face++) {
      double height;
      if (face == 0 || face == n) {
        boolean open = face == 0 ? openStart : openEnd;
        height = open ? Double.POSITIVE_INFINITY : 0;
      } else {
        height = Math.min(column[face - 1], column[face]);
      }
      if (height != Double.POSITIVE_INFINITY) {
        size = push(face, height, square, size);
      }
    }
    int lowest = 0;
    for (int i = 0; i < n && size > 0; i++) {
      while (lowest + 1 < size && starts[lowest + 1] < i + 0.5) {
        lowest++;
      }
      double distance = i + 0.5 - places[lowest];
      double value = distance * distance * square + heights[lowest];
      plane[(from + i) * width + x] = (float) Math.min(column[i], value);
    }
  }

  private int push(int face, double height, double square, int size) {
    int left = size;
    double start = Double.NEGATIVE_INFINITY;
    while (left > 0) {
      int last = places[left - 1];
      double difference = (height - heights[left - 1]) / square;
      start = (difference / (face - last) + face + last) / 2;
      if (start > starts[left - 1]) {
        break;
      }
      left--;
      start = Double.NEGATIVE_INFINITY;
    }
    places[left] = face;
    heights[left] = height;
    starts[left] = start;
    return left + 1;
  }
}
