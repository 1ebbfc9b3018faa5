package org.uniem.viewers.images;

import ij.ImagePlus;
import ij.measure.Calibration;
import org.uniem.volumes.VoxelSize;

/** Voxel sizes as ImageJ notes them. Stateless. */
final class ImageCalibration {

  private ImageCalibration() {}

  /** The voxel size of an image, {@link VoxelSize#UNKNOWN} where it has pixels as unit. */
  static VoxelSize voxelSize(ImagePlus image) {
    Calibration calibration = image.getCalibration();
    String unit = calibration.getUnit();
    return VoxelSize.ofAxes(
        Math.abs(calibration.pixelWidth),
        unit,
        Math.abs(calibration.pixelHeight),
        calibration.getYUnit(),
        Math.abs(calibration.pixelDepth),
        calibration.getZUnit());
  }

  /** Gives an image the voxel size of a volume. */
  static void apply(VoxelSize voxelSize, ImagePlus image) {
    Calibration calibration = image.getCalibration();
    calibration.pixelWidth = voxelSize.x();
    calibration.pixelHeight = voxelSize.y();
    calibration.pixelDepth = voxelSize.zOr(1);
    calibration.setUnit(voxelSize.unit());
    if (!voxelSize.hasDepth()) {
      calibration.setZUnit(VoxelSize.UNKNOWN.unit());
    }
  }
}
