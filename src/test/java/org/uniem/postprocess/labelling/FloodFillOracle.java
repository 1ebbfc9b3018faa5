package org.uniem.postprocess.labelling;

import java.util.ArrayDeque;
import java.util.Deque;

/** Labels by filling from voxel to voxel: slow, but shares no idea with what it checks. */
final class FloodFillOracle {

  private FloodFillOracle() {}

  /** Ids in scan order of those objects that pass the size filter. */
  static long[] label(float[] image, int w, int h, int d, LabellingOptions options) {
    long[] labels = new long[image.length];
    boolean[] seen = new boolean[image.length];
    long next = 1;
    for (int i = 0; i < image.length; i++) {
      if (seen[i] || image[i] < options.threshold()) {
        continue;
      }
      Deque<Integer> open = new ArrayDeque<>();
      Deque<Integer> object = new ArrayDeque<>();
      open.add(i);
      seen[i] = true;
      while (!open.isEmpty()) {
        int voxel = open.pop();
        object.add(voxel);
        for (int n = 0; n < 27; n++) {
          int dx = n % 3 - 1;
          int dy = n / 3 % 3 - 1;
          int dz = n / 9 - 1;
          int x = voxel % w + dx;
          int y = voxel / w % h + dy;
          int z = voxel / w / h + dz;
          boolean inside = x >= 0 && x < w && y >= 0 && y < h && z >= 0 && z < d;
          if (!inside || !connected(options.connectivity(), dx, dy, dz)) {
            continue;
          }
          int neighbour = (z * h + y) * w + x;
          if (!seen[neighbour] && image[neighbour] >= options.threshold()) {
            seen[neighbour] = true;
            open.add(neighbour);
          }
        }
      }
      if (object.size() >= options.minVoxels() && object.size() <= options.maxVoxels()) {
        for (int voxel : object) {
          labels[voxel] = next;
        }
        next++;
      }
    }
    return labels;
  }

  static boolean connected(Connectivity connectivity, int dx, int dy, int dz) {
    int distance = Math.abs(dx) + Math.abs(dy) + Math.abs(dz);
    return switch (connectivity) {
      case FOUR -> dz == 0 && distance == 1;
      case EIGHT -> dz == 0 && distance >= 1;
      case SIX -> distance == 1;
      case EIGHTEEN -> distance == 1 || distance == 2;
      case TWENTY_SIX -> distance >= 1;
    };
  }
}
