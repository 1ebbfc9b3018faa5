package org.uniem.volumes.omezarr;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.uniem.job.BadInputException;
import org.uniem.volumes.LengthUnit;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.chunked.VolumeAxes;

/** Axes and voxel size of a resolution. Stateless. */
final class Geometry {

  private Geometry() {}

  /**
   * Finds the axes of a level.
   *
   * @param place of the image, for messages
   * @throws BadInputException if x or y is missing, an axis is there twice, or one that volumes do
   *     not have is longer than one
   */
  static VolumeAxes axes(Level level, Path place) {
    List<String> names = level.axes().stream().map(Axis::name).toList();
    VolumeAxes axes =
        new VolumeAxes(
            names.indexOf("x"), names.indexOf("y"), names.indexOf("z"), names.indexOf("c"));
    if (axes.x() < 0 || axes.y() < 0 || new HashSet<>(names).size() < names.size()) {
      throw new BadInputException(
          "Cannot read "
              + place
              + ": expected axes named x and y, each once, found "
              + names
              + ".");
    }
    long[] shape = level.array().shape();
    for (int d = 0; d < shape.length; d++) {
      boolean known = d == axes.x() || d == axes.y() || d == axes.z();
      if (!known && d != axes.channel() && shape[d] != 1) {
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
    return axes;
  }

  /**
   * The voxel size that a level has, in the unit of its x axis; lengths without a unit are in
   * pixels where no axis has one, else not known.
   */
  static VoxelSize voxelSize(Level level, VolumeAxes axes) {
    double[] scale = level.scale();
    double depth = axes.z() < 0 ? Double.NaN : scale[axes.z()];
    boolean none =
        IntStream.of(axes.x(), axes.y(), axes.z())
            .allMatch(axis -> LengthUnit.isNone(unit(level, axis)));
    if (none) {
      return new VoxelSize(
          scale[axes.x()], scale[axes.y()], axes.z() < 0 ? 1 : depth, VoxelSize.UNKNOWN.unit());
    }
    return VoxelSize.ofAxes(
        scale[axes.x()],
        unit(level, axes.x()),
        scale[axes.y()],
        unit(level, axes.y()),
        depth,
        unit(level, axes.z()));
  }

  private static String unit(Level level, int axis) {
    return axis < 0 ? "" : level.axes().get(axis).unit();
  }
}
