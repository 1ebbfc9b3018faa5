package org.uniem.viewers.images;

import ij.ImagePlus;
import ij.measure.Calibration;
import org.uniem.volumes.LengthUnit;
import org.uniem.volumes.VoxelSize;

/** Voxel sizes as ImageJ notes them. Stateless. */
final class ImageCalibration {

  private ImageCalibration() {}

  /** The voxel size of an image, {@link VoxelSize#UNKNOWN} where it has pixels as unit. */
  static VoxelSize voxelSize(ImagePlus image) {
    Calibration calibration = image.getCalibration();
    String unit = calibration.getUnit();
    if (LengthUnit.isNone(unit)) {
      return VoxelSize.UNKNOWN;
    }
    return new VoxelSize(
        length(calibration.pixelWidth),
        length(calibration.pixelHeight),
        length(calibration.pixelDepth),
        unit);
  }

  /** ImageJ allows lengths that are no lengths; 1 as for a file that says nothing. */
  private static double length(double value) {
    double positive = Math.abs(value);
    return positive > 0 && positive < Double.POSITIVE_INFINITY ? positive : 1;
  }

  /** Gives an image the voxel size of a volume. */
  static void apply(VoxelSize voxelSize, ImagePlus image) {
    Calibration calibration = image.getCalibration();
    calibration.pixelWidth = voxelSize.x();
    calibration.pixelHeight = voxelSize.y();
    calibration.pixelDepth = voxelSize.z();
    calibration.setUnit(voxelSize.unit());
  }
}
