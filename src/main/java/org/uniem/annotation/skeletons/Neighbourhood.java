package org.uniem.annotation.skeletons;

import org.uniem.annotation.ObjectVoxels;

/** Up to 26 voxels of an object around one of them. Not thread-safe. */
final class Neighbourhood {

  private final ObjectVoxels object;
  private final double[] spacing;
  private final double[] lengths = new double[8];
  private final int[] voxels = new int[26];
  private final byte[] axes = new byte[26];
  private final int[] places = new int[3 * 26];
  private int count;

  Neighbourhood(ObjectVoxels object) {
    this.object = object;
    spacing = new double[] {object.voxelSize().x(), object.voxelSize().y(), object.voxelSize().z()};
    for (int step = 0; step < 8; step++) {
      double square = 0;
      for (int axis = 0; axis < 3; axis++) {
        square += (step >> axis & 1) * spacing[axis] * spacing[axis];
      }
      lengths[step] = Math.sqrt(square);
    }
  }

  /** Looks at the surroundings of a voxel; returns how many others there are. */
  int around(int voxel) {
    int run = object.runOf(voxel);
    int x = object.start(run) + voxel - object.voxel(run);
    int row = object.row(run);
    int height = object.size(1);
    int y = row % height;
    int z = row / height;
    count = 0;
    for (int dz = -1; dz <= 1; dz++) {
      for (int dy = -1; dy <= 1; dy++) {
        if (z + dz >= 0 && z + dz < object.size(2) && y + dy >= 0 && y + dy < height) {
          addRow(x, row + dz * height + dy, (dy == 0 ? 0 : 2) + (dz == 0 ? 0 : 4));
        }
      }
    }
    return count;
  }

  private void addRow(int x, int row, int across) {
    for (int run = object.firstRun(row); run < object.firstRun(row + 1); run++) {
      int start = object.start(run);
      if (start > x + 1) {
        return;
      }
      int last = Math.min(x + 1, start + object.length(run) - 1);
      for (int nx = Math.max(x - 1, start); nx <= last; nx++) {
        if (nx != x || across != 0) {
          voxels[count] = object.voxel(run) + nx - start;
          places[3 * count] = nx;
          places[3 * count + 1] = row % object.size(1);
          places[3 * count + 2] = row / object.size(1);
          axes[count++] = (byte) (across + (nx == x ? 0 : 1));
        }
      }
    }
  }

  int voxel(int neighbour) {
    return voxels[neighbour];
  }

  /** The square of the distance of a neighbour from a voxel of the bounding box. */
  double squareTo(int neighbour, int[] place) {
    double square = 0;
    for (int axis = 0; axis < 3; axis++) {
      double way = (places[3 * neighbour + axis] - place[axis]) * spacing[axis];
      square += way * way;
    }
    return square;
  }

  /** The way to a neighbour, in the unit of the voxel size. */
  double length(int neighbour) {
    return lengths[axes[neighbour]];
  }
}
