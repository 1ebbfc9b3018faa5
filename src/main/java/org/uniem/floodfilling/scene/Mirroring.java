package org.uniem.floodfilling.scene;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/**
 * Whether a volume goes on beyond its faces as in a mirror, so that the network can look at what
 * lies there: a field of view must fit in, and the rim of half a field would be no place for a
 * seed. The published program has none. The voxels of the face itself are not repeated.
 */
public enum Mirroring {
  /** No. */
  NONE,
  /** At the rims of slices, not before the first and behind the last. */
  XY,
  /** At all faces. */
  XYZ;

  /**
   * Reads a name in lower case.
   *
   * @throws BadParameterException if it is unknown
   */
  public static Mirroring parse(String name) {
    List<String> names = Arrays.stream(values()).map(Mirroring::toString).toList();
    int at = names.indexOf(name);
    if (at < 0) {
      throw new BadParameterException(
          "mirror="
              + name
              + " is unknown. "
              + Spelling.suggest(name, names)
              + "Give one of "
              + String.join(", ", names)
              + ".");
    }
    return values()[at];
  }

  /**
   * How many voxels are added on each side.
   *
   * @param wanted voxels along x, y and z
   * @return the same, 0 along axes that are not mirrored
   */
  public int[] border(int... wanted) {
    return new int[] {
      this == NONE ? 0 : wanted[0], this == NONE ? 0 : wanted[1], this == XYZ ? wanted[2] : 0
    };
  }

  /**
   * How far flood filling looks beyond a face: half a field of view from a voxel at the face, and
   * as far again, for the field moves to where the mask is surest, and that may be in the mirror.
   *
   * @param fieldOfView voxels along x, y and z
   */
  public static int[] reach(int... fieldOfView) {
    return IntStream.of(fieldOfView).map(size -> size - 1).toArray();
  }

  /**
   * A box with what is mirrored beyond those of its faces that are faces of the volume.
   *
   * @param volume all voxels
   * @param box part of it
   * @param wanted voxels along x, y and z
   */
  public Interval around(Interval volume, Interval box, int... wanted) {
    int[] border = border(wanted);
    long[] min = box.minAsLongArray();
    long[] max = box.maxAsLongArray();
    for (int axis = 0; axis < 3; axis++) {
      min[axis] -= min[axis] == volume.min(axis) ? border[axis] : 0;
      max[axis] += max[axis] == volume.max(axis) ? border[axis] : 0;
    }
    return FinalInterval.wrap(min, max);
  }

  /**
   * The voxel that is seen at a position, mirrored as often as it takes.
   *
   * @param position any
   * @param length voxels along the axis, 1 or more
   * @return 0 … length − 1
   */
  public static int seenAt(int position, int length) {
    if (length == 1) {
      return 0;
    }
    int period = 2 * (length - 1);
    int at = Math.floorMod(position, period);
    return Math.min(at, period - at);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
