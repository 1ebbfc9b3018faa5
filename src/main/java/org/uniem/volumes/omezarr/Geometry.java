package org.uniem.volumes.omezarr;

import java.nio.file.Path;
import java.util.List;
import org.uniem.job.BadInputException;
import org.uniem.volumes.LengthUnit;
import org.uniem.volumes.VoxelSize;

/**
 * Which axis of an array is which axis of a volume.
 *
 * @param x axis of the array
 * @param y axis of the array
 * @param z axis of the array, −1 where it has none
 * @param channel axis of the array, −1 where it has none
 */
record Geometry(int x, int y, int z, int channel) {

  /**
   * Finds the axes of a level.
   *
   * @param place of the image, for messages
   * @throws BadInputException if x or y is missing, or an axis that volumes do not have is longer
   *     than one
   */
  static Geometry of(Level level, Path place) {
    List<String> names = level.axes().stream().map(Axis::name).toList();
    Geometry geometry =
        new Geometry(
            names.indexOf("x"), names.indexOf("y"), names.indexOf("z"), names.indexOf("c"));
    if (geometry.x < 0 || geometry.y < 0) {
      throw new BadInputException(
          "Cannot read " + place + ": expected axes named x and y, found " + names + ".");
    }
    long[] shape = level.array().shape();
    for (int d = 0; d < shape.length; d++) {
      boolean known = d == geometry.x || d == geometry.y || d == geometry.z;
      if (!known && d != geometry.channel && shape[d] != 1) {
        throw new BadInputException(
            "Cannot read "
                + place
                + ": expected one time point or none, found "
                + shape[d]
                + " along the axis "
                + names.get(d)
                + ". Save one of them as an image of its own.");
      }
    }
    return geometry;
  }

  /** The length of a volume's axis, 1 for a missing one. */
  static long length(long[] shape, int axis) {
    return axis < 0 ? 1 : shape[axis];
  }

  /** The size of a chunk along a volume's axis, 1 for a missing one. */
  static int length(int[] chunk, int axis) {
    return axis < 0 ? 1 : chunk[axis];
  }

  /** The voxel size that a level has, in the unit of its x axis. */
  VoxelSize voxelSize(Level level) {
    String unit = level.axes().get(x).unit();
    double[] scale = level.scale();
    if (LengthUnit.isNone(unit)) {
      return new VoxelSize(scale[x], scale[y], z < 0 ? 1 : scale[z], unit);
    }
    return VoxelSize.ofAxes(
        scale[x],
        unit,
        scale[y],
        level.axes().get(y).unit(),
        z < 0 ? Double.NaN : scale[z],
        z < 0 ? "" : level.axes().get(z).unit());
  }
}
