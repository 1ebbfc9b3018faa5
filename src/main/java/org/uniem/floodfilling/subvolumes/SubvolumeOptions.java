package org.uniem.floodfilling.subvolumes;

import java.util.Arrays;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.BadParameterException;
import org.uniem.job.ResourceException;

/**
 * How a volume is divided and how much is done at a time.
 *
 * @param size of a subvolume
 * @param overlap of neighbouring subvolumes; twice the margin of half a field of view lets both see
 *     the objects between them
 * @param inFlight how many subvolumes are filled at a time, at most; fewer where memory is short.
 *     The result does not depend on it
 * @param memoryBytes what all of them may take
 */
public record SubvolumeOptions(Extent size, Extent overlap, int inFlight, long memoryBytes) {

  /** Image, labels and probabilities, and the larger of finding seeds and growing objects. */
  private static final long BYTES_PER_VOXEL = 9 + 13;

  /** What objects may take that are begun ahead of their turn, however small the subvolume. */
  private static final long BYTES_AHEAD = 64L << 20;

  public SubvolumeOptions {
    if (inFlight < 1) {
      throw new BadParameterException(
          "inFlight=" + inFlight + " is too small: give 1 or more subvolumes.");
    }
  }

  /** What filling one subvolume takes. */
  public static long bytes(Extent size) {
    return BYTES_AHEAD + Math.multiplyExact(BYTES_PER_VOXEL, size.voxels());
  }

  /**
   * The largest subvolumes of about equal edges that fit into memory.
   *
   * @param volume width, height and depth
   * @param memoryBytes for all subvolumes in flight
   * @param inFlight how many there are
   */
  public static Extent largestSize(long[] volume, long memoryBytes, int inFlight) {
    return largestSize(volume, new int[3], memoryBytes, inFlight);
  }

  /**
   * The largest subvolumes of about equal edges that fit into memory with what is mirrored.
   *
   * @param volume width, height and depth
   * @param border voxels on each side that are mirrored, along x, y and z
   * @param memoryBytes for all subvolumes in flight
   * @param inFlight how many there are
   */
  public static Extent largestSize(long[] volume, int[] border, long memoryBytes, int inFlight) {
    long[] seen = new long[3];
    Arrays.setAll(seen, axis -> volume[axis] + 2L * border[axis]);
    Extent scene = largestScene(seen, memoryBytes, inFlight);
    return new Extent(
        Math.max(1, scene.x() - 2 * border[0]),
        Math.max(1, scene.y() - 2 * border[1]),
        Math.max(1, scene.z() - 2 * border[2]));
  }

  private static Extent largestScene(long[] volume, long memoryBytes, int inFlight) {
    long voxels = (memoryBytes / inFlight - BYTES_AHEAD) / BYTES_PER_VOXEL;
    voxels = Math.max(1, Math.min(voxels, Integer.MAX_VALUE - 8));
    int[] size = new int[3];
    // The shortest axes first: what they leave unused goes to the longer ones.
    Integer[] axes = {0, 1, 2};
    Arrays.sort(axes, (a, b) -> Long.compare(volume[a], volume[b]));
    double left = voxels;
    for (int i = 0; i < 3; i++) {
      long edge = Math.max(1, (long) Math.floor(Math.pow(left, 1.0 / (3 - i)) + 1e-9));
      size[axes[i]] = (int) Math.min(edge, volume[axes[i]]);
      left /= size[axes[i]];
    }
    return Extent.of(size);
  }

  /**
   * How many subvolumes fit into memory at a time, at most {@link #inFlight()}.
   *
   * @param scene voxels that one takes with all that is looked at for it
   */
  int fitting(SubvolumeGrid grid, Extent scene) {
    Extent box = grid.size();
    int[] border = {
      (scene.x() - box.x()) / 2, (scene.y() - box.y()) / 2, (scene.z() - box.z()) / 2
    };
    long fit = memoryBytes / bytes(scene);
    if (fit < 1) {
      throw new ResourceException(
          "A subvolume of "
              + grid.size()
              + " voxels takes "
              + mebibytes(bytes(scene))
              + " MiB, allowed are "
              + mebibytes(memoryBytes)
              + ": give smaller subvolumes, for example "
              + largestSize(grid.volume(), border, memoryBytes, 1)
              + ", or more memory.");
    }
    return (int) Math.min(Math.min(fit, inFlight), grid.count());
  }

  private static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
