package org.uniem.postprocess.affinities;

import java.util.List;
import net.imglib2.Dimensions;
import org.uniem.job.Job;
import org.uniem.volumes.SliceReader;

/**
 * The edges of a mutex watershed that begin in one slice: pairs of voxels with their class. Lower
 * classes come first: those of the surer edges, and of equally sure ones the repulsive.
 *
 * <p>Thread-safe; every thread reads into an array of its own.
 */
final class PixelEdges {

  /** Steps of sureness; every value of an 8-bit or 16-bit map has a step of its own. */
  static final int STEPS = 65535;

  /** Number of classes: of attractive and of repulsive edges. */
  static final int CLASSES = 2 * (STEPS + 1);

  /** Takes the edges of a slice in the order of offsets and voxels. */
  interface Visitor {

    /**
     * Takes an edge.
     *
     * @param edgeClass 0 … {@link #CLASSES}−1; odd where the edge attracts
     * @param code says which edge it is, as an unsigned number
     */
    void visit(int edgeClass, int code);
  }

  private final List<SliceReader> affinities;
  private final List<Offset> offsets;
  private final int width;
  private final int height;
  private final long depth;
  private final MutexOptions options;
  private final byte[] mask;
  private final Job job;
  private final int[] steps;

  /**
   * @param mask not 0 at the voxels that belong to objects; empty = all do
   */
  PixelEdges(
      List<SliceReader> affinities,
      List<Offset> offsets,
      Dimensions size,
      MutexOptions options,
      byte[] mask,
      Job job) {
    this.affinities = affinities;
    this.offsets = offsets;
    width = Math.toIntExact(size.dimension(0));
    height = Math.toIntExact(size.dimension(1));
    depth = size.dimension(2);
    this.options = options;
    this.mask = mask;
    this.job = job;
    steps =
        offsets.stream()
            .mapToInt(o -> (int) ((o.z() * (long) height + o.y()) * width + o.x()))
            .toArray();
  }

  /** The voxel at which an edge begins. */
  int voxel(int code) {
    return Integer.divideUnsigned(code, steps.length);
  }

  /** The voxel at which an edge ends, given the one where it begins. */
  int otherVoxel(int code, int voxel) {
    return voxel + steps[code - voxel * steps.length];
  }

  /**
   * Visits the edges that begin in a slice.
   *
   * @param map room for a slice
   */
  void visit(long z, float[] map, Visitor visitor) {
    for (int k = 0; k < steps.length; k++) {
      Offset offset = offsets.get(k);
      boolean repels = !offset.isNeighbour();
      boolean skipped = repels && !options.random() && z % options.strideZ() != 0;
      if (z + offset.z() < 0 || z + offset.z() >= depth || skipped) {
        continue;
      }
      affinities.get(k).read(z, map);
      int fromY = Math.max(0, -offset.y());
      int toY = Math.min(height, height - offset.y());
      for (int y = fromY; y < toY; y++) {
        job.checkCancelled();
        if (repels) {
          visitRepulsive(z, y, k, map, visitor);
        } else {
          visitAttractive(z, y, k, map, visitor);
        }
      }
    }
  }

  private int voxel(long z, int y, int x) {
    return (int) ((z * height + y) * width + x);
  }

  private boolean isIn(int voxel, int k) {
    return mask.length == 0 || mask[voxel] != 0 && mask[voxel + steps[k]] != 0;
  }

  private void visitAttractive(long z, int y, int k, float[] map, Visitor visitor) {
    int toX = Math.min(width, width - offsets.get(k).x());
    for (int x = Math.max(0, -offsets.get(k).x()); x < toX; x++) {
      int voxel = voxel(z, y, x);
      if (isIn(voxel, k)) {
        int doubt = STEPS - Math.round(map[y * width + x] * STEPS);
        visitor.visit(2 * doubt + 1, voxel * steps.length + k);
      }
    }
  }

  private void visitRepulsive(long z, int y, int k, float[] map, Visitor visitor) {
    if (!options.random() && y % options.strideY() != 0) {
      return;
    }
    int toX = Math.min(width, width - offsets.get(k).x());
    for (int x = Math.max(0, -offsets.get(k).x()); x < toX; x++) {
      int voxel = voxel(z, y, x);
      boolean chosen = options.random() ? isDrawn(voxel, k) : x % options.strideX() == 0;
      if (chosen && isIn(voxel, k)) {
        int doubt = Math.round(map[y * width + x] * STEPS);
        visitor.visit(2 * doubt, voxel * steps.length + k);
      }
    }
  }

  /** Whether an edge is among those drawn; depends on nothing but the edge and the seed. */
  private boolean isDrawn(int voxel, int k) {
    long hash = options.seed() + 0x9E3779B97F4A7C15L * (((long) voxel << 16) + k + 1);
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    hash ^= hash >>> 31;
    long strides = (long) options.strideX() * options.strideY() * options.strideZ();
    return Long.remainderUnsigned(hash, strides) == 0;
  }
}
