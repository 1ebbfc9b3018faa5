package org.uniem.postprocess.labelling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Fills from voxel to voxel, objects and background. */
record PiecesOracle(long[] image, int w, int h, int d, LabellingOptions options, boolean whole) {

  long[] label() {
    List<Set<Integer>> objects = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < image.length; i++) {
      if (image[i] != 0 && !seen.contains(i)) {
        Set<Integer> object = whole ? all(image[i]) : fill(i, options.connectivity());
        seen.addAll(object);
        objects.add(object);
      }
    }
    if (options.filled()) {
      fillHoles(objects);
    }
    long[] labels = new long[image.length];
    long next = 1;
    for (Set<Integer> object : objects) {
      if (object.size() >= options.minVoxels()
          && object.size() <= options.maxVoxels()
          && !(options.withoutBorder() && object.stream().anyMatch(this::isAtBorder))) {
        for (int voxel : object) {
          labels[voxel] = next;
        }
        next++;
      }
    }
    return labels;
  }

  private void fillHoles(List<Set<Integer>> objects) {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < image.length; i++) {
      if (image[i] == 0 && !seen.contains(i)) {
        Set<Integer> gap = fill(i, options.connectivity().ofBackground());
        seen.addAll(gap);
        Connectivity faces = options.connectivity().is3D() ? Connectivity.SIX : Connectivity.FOUR;
        Set<Integer> beside = new HashSet<>();
        gap.forEach(voxel -> beside.addAll(neighbours(voxel, faces)));
        List<Set<Integer>> owners =
            objects.stream().filter(object -> beside.stream().anyMatch(object::contains)).toList();
        if (gap.stream().noneMatch(this::isAtBorder) && owners.size() == 1) {
          owners.get(0).addAll(gap);
        }
      }
    }
  }

  private boolean isAtBorder(int voxel) {
    int x = voxel % w;
    int y = voxel / w % h;
    int z = voxel / w / h;
    boolean ends = options.connectivity().is3D() && d > 1 && (z == 0 || z == d - 1);
    return x == 0 || x == w - 1 || y == 0 || y == h - 1 || ends;
  }

  private Set<Integer> all(long value) {
    Set<Integer> object = new HashSet<>();
    for (int i = 0; i < image.length; i++) {
      if (image[i] == value) {
        object.add(i);
      }
    }
    return object;
  }

  private Set<Integer> fill(int start, Connectivity connectivity) {
    Set<Integer> object = new HashSet<>(Set.of(start));
    Deque<Integer> open = new ArrayDeque<>(object);
    while (!open.isEmpty()) {
      for (int neighbour : neighbours(open.pop(), connectivity)) {
        if (image[neighbour] == image[start] && object.add(neighbour)) {
          open.add(neighbour);
        }
      }
    }
    return object;
  }

  private List<Integer> neighbours(int voxel, Connectivity connectivity) {
    List<Integer> result = new ArrayList<>();
    for (int n = 0; n < 27; n++) {
      int dx = n % 3 - 1;
      int dy = n / 3 % 3 - 1;
      int dz = n / 9 - 1;
      int x = voxel % w + dx;
      int y = voxel / w % h + dy;
      int z = voxel / w / h + dz;
      boolean inside = x >= 0 && x < w && y >= 0 && y < h && z >= 0 && z < d;
      if (inside && FloodFillOracle.connected(connectivity, dx, dy, dz)) {
        result.add((z * h + y) * w + x);
      }
    }
    return result;
  }
}
