package org.uniem.filters;

import java.util.Arrays;
import org.uniem.job.Job;

/**
 * The value of a given rank among the neighbours of a voxel: median, and the erosion and dilation
 * of grey images.
 *
 * <p>Neighbours lie within an ellipse around the voxel, as SciPy's with a footprint of that shape.
 */
final class RankFilter implements Filter {

  /** Which of the sorted neighbours is taken. */
  enum Rank {
    SMALLEST,
    MEDIAN,
    LARGEST
  }

  private final Rank rank;
  private final int reach;
  private final int across;
  private final int[] dx;
  private final int[] dy;
  private final int[] dz;

  /**
   * @param radius along x and y, in pixels, 0 or more
   * @param radiusZ along z, in slices, 0 or more
   */
  RankFilter(Rank rank, double radius, double radiusZ) {
    this.rank = rank;
    this.reach = (int) radiusZ;
    this.across = (int) radius;
    int[][] found = new int[3][(2 * across + 1) * (2 * across + 1) * (2 * reach + 1)];
    int count = 0;
    for (int z = -reach; z <= reach; z++) {
      for (int y = -across; y <= across; y++) {
        for (int x = -across; x <= across; x++) {
          if (part(x, radius) + part(y, radius) + part(z, radiusZ) <= 1) {
            found[0][count] = x;
            found[1][count] = y;
            found[2][count++] = z;
          }
        }
      }
    }
    dx = Arrays.copyOf(found[0], count);
    dy = Arrays.copyOf(found[1], count);
    dz = Arrays.copyOf(found[2], count);
  }

  private static double part(int distance, double radius) {
    return distance == 0 ? 0 : distance * distance / (radius * radius);
  }

  @Override
  public int reach() {
    return reach;
  }

  @Override
  public void apply(SliceWindow source, float[] target, Job job) {
    int width = source.width();
    int height = source.height();
    float[] near = new float[dx.length];
    int[] columns = mirrored(width);
    int[] rows = mirrored(height);
    for (int y = 0, i = 0; y < height; y++) {
      job.checkCancelled();
      for (int x = 0; x < width; x++, i++) {
        for (int n = 0; n < near.length; n++) {
          int row = rows[y + dy[n] + across];
          near[n] = source.slices()[dz[n] + reach][row * width + columns[x + dx[n] + across]];
        }
        target[i] = ranked(near);
      }
    }
  }

  private int[] mirrored(int size) {
    int[] positions = new int[size + 2 * across];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = SliceWindow.mirrored(i - across, size);
    }
    return positions;
  }

  private float ranked(float[] near) {
    if (rank == Rank.MEDIAN) {
      return select(near, near.length / 2);
    }
    float best = near[0];
    for (float value : near) {
      best = rank == Rank.LARGEST ? Math.max(best, value) : Math.min(best, value);
    }
    return best;
  }

  /** Hoare's selection: the value that would stand at a place if all were sorted. */
  private static float select(float[] values, int place) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      float pivot = values[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (place <= j) {
        high = j;
      } else if (place >= i) {
        low = i;
      } else {
        break;
      }
    }
    return values[place];
  }
}
