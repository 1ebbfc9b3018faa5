package org.uniem.postprocess.watershed;

import java.util.Arrays;
import org.uniem.postprocess.labelling.Connectivity;

/**
 * The watershed by its definition: arrival times are lowered until none can be, then labels follow
 * the neighbours that were reached first. Slow, without queues.
 */
final class FloodOracle {

  private static final long NEVER = Long.MAX_VALUE;
  private static final long STEPS = 1L << 20;

  private final double[] heights;
  private final long[] seeds;
  private final boolean[] inside;
  private final int w;
  private final int h;
  private final int d;
  private final Connectivity connectivity;
  private final double[] levels;

  FloodOracle(
      double[] heights,
      long[] seeds,
      boolean[] inside,
      int w,
      int h,
      int d,
      Connectivity connectivity) {
    this.heights = heights;
    this.seeds = seeds;
    this.inside = inside;
    this.w = w;
    this.h = h;
    this.d = d;
    this.connectivity = connectivity;
    this.levels = Arrays.stream(heights).distinct().sorted().toArray();
  }

  long[] labels() {
    long[] times = times();
    Integer[] order = new Integer[times.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(times[a], times[b]));
    long[] labels = new long[times.length];
    for (int voxel : order) {
      if (times[voxel] == NEVER) {
        continue;
      }
      if (seeds[voxel] != 0) {
        labels[voxel] = seeds[voxel];
        continue;
      }
      long first = NEVER;
      long label = 0;
      for (int neighbour : neighbours(voxel)) {
        long time = times[neighbour];
        if (time < first || time == first && labels[neighbour] < label) {
          first = time;
          label = labels[neighbour];
        }
      }
      labels[voxel] = label;
    }
    return labels;
  }

  /** Level of the flood times {@link #STEPS}, plus steps since the flood stands there. */
  private long[] times() {
    long[] times = new long[heights.length];
    Arrays.fill(times, NEVER);
    for (int i = 0; i < times.length; i++) {
      if (seeds[i] != 0 && inside[i]) {
        times[i] = level(i) * STEPS;
      }
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < times.length; i++) {
        if (inside[i] && seeds[i] == 0) {
          for (int neighbour : neighbours(i)) {
            long time = times[neighbour];
            if (time == NEVER) {
              continue;
            }
            long arrival = level(i) > time / STEPS ? level(i) * STEPS : time + 1;
            if (arrival < times[i]) {
              times[i] = arrival;
              changed = true;
            }
          }
        }
      }
    }
    return times;
  }

  private long level(int voxel) {
    return Arrays.binarySearch(levels, heights[voxel]);
  }

  private int[] neighbours(int voxel) {
    return connectivity.offsets().stream()
        .filter(
            o -> {
              int x = voxel % w + o[0];
              int y = voxel / w % h + o[1];
              int z = voxel / w / h + o[2];
              return x >= 0 && x < w && y >= 0 && y < h && z >= 0 && z < d;
            })
        .mapToInt(o -> voxel + o[0] + w * (o[1] + h * o[2]))
        .toArray();
  }
}
