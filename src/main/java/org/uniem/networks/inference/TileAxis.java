package org.uniem.networks.inference;

import java.util.Arrays;
import org.uniem.job.BadParameterException;

/**
 * Division of one image axis into tiles of equal size that overlap, with the weights that blend
 * them. Immutable once made; the arrays must not be changed.
 *
 * <p>The axis is padded at its end to a multiple of what the network accepts, and every tile starts
 * at such a multiple, so that pooling falls on the same pixels as in one patch of the whole axis.
 * Of each overlap the outer three eighths of a tile weigh nothing, since there the network lacks
 * context, and the middle quarter blends linearly. A network that sees no further than three
 * eighths of the overlap therefore gives the same result with tiles as without. At the ends of the
 * image the weight is full. The weights of all tiles sum to 1 at every pixel.
 */
final class TileAxis {

  private static final double CROPPED_PART = 0.375;

  private final int length;
  private final int tile;
  private final int[] origins;
  private final float[][] weights;

  /**
   * @param length size of the image along the axis, 1 or more
   * @param multiple the tile size and its origins are multiples of this
   * @param largestTile the largest tile; rounded down to a multiple, at least one multiple
   * @param overlap the least number of pixels that neighbours share; rounded up to a multiple
   * @throws BadParameterException if several tiles are needed and a tile is smaller than two
   *     overlaps
   */
  TileAxis(int length, int multiple, int largestTile, int overlap) {
    this.length = length;
    int padded = Math.toIntExact(roundUp(length, multiple));
    int limit = Math.max(multiple, largestTile / multiple * multiple);
    if (padded <= limit) {
      this.tile = padded;
      this.origins = new int[] {0};
    } else {
      int shared = Math.toIntExact(roundUp(overlap, multiple));
      if (limit < 2 * shared || limit <= shared) {
        throw new BadParameterException(
            "tile="
                + largestTile
                + " is too small for overlap="
                + overlap
                + ": with a network that takes multiples of "
                + multiple
                + " give a tile of at least "
                + Math.max(2 * shared, multiple)
                + ".");
      }
      int count = ceilDiv(padded - shared, limit - shared);
      long covered = padded + (long) (count - 1) * shared;
      this.tile = Math.toIntExact(roundUp((covered + count - 1) / count, multiple));
      this.origins = new int[count];
      long steps = (padded - tile) / multiple;
      for (int i = 0; i < count; i++) {
        origins[i] = Math.toIntExact(i * steps / (count - 1) * multiple);
      }
    }
    this.weights = weights();
  }

  /** The axis padded to a multiple: the size of a single tile that holds all of it. */
  static long roundUp(long size, int multiple) {
    return (size + multiple - 1) / multiple * multiple;
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  /** Number of tiles. */
  int count() {
    return origins.length;
  }

  /** Size of every tile, padding included. */
  int tile() {
    return tile;
  }

  /** First pixel of a tile. */
  int origin(int index) {
    return origins[index];
  }

  /** Pixels of a tile that lie in the image. */
  int inside(int index) {
    return Math.min(tile, length - origins[index]);
  }

  /** Blending weights 0 … 1 of a tile, one per pixel that lies in the image. */
  float[] weights(int index) {
    return weights[index];
  }

  private float[][] weights() {
    double[] sum = new double[length];
    double[][] raw = new double[count()][];
    for (int i = 0; i < count(); i++) {
      raw[i] = new double[inside(i)];
      for (int k = 0; k < raw[i].length; k++) {
        int x = origins[i] + k;
        raw[i][k] = rise(i, x) * (i + 1 < count() ? 1 - rise(i + 1, x) : 1);
        sum[x] += raw[i][k];
      }
    }
    float[][] normalised = new float[count()][];
    for (int i = 0; i < count(); i++) {
      normalised[i] = new float[raw[i].length];
      for (int k = 0; k < raw[i].length; k++) {
        normalised[i][k] = (float) (raw[i][k] / sum[origins[i] + k]);
      }
    }
    return normalised;
  }

  /** How far the tile has taken over from the one before it: 0 before its part, 1 after. */
  private double rise(int index, int x) {
    if (index == 0) {
      return 1;
    }
    int shared = origins[index - 1] + tile - origins[index];
    double at = x - origins[index] + 0.5;
    if (at < 0) {
      return 0;
    }
    if (at > shared) {
      return 1;
    }
    double cropped = CROPPED_PART * shared;
    return Math.max(0, Math.min(1, (at - cropped) / (shared - 2 * cropped)));
  }

  @Override
  public String toString() {
    return count() + " tiles of " + tile + " at " + Arrays.toString(origins);
  }
}
