package org.uniem.commands.report;

import org.uniem.viewers.plot.Axis;
import org.uniem.volumes.VoxelSize;

/**
 * A bar of round length, about a quarter of a picture wide.
 *
 * @param share of the picture's width, 0 … 1
 * @param text its length with unit
 */
record ScaleBar(double share, String text) {

  /** The bar for a picture of so many pixels. */
  static ScaleBar of(int widthPixels, VoxelSize voxelSize) {
    double whole = widthPixels * voxelSize.x();
    double step = Math.pow(10, Math.floor(Math.log10(whole / 4)));
    double ratio = whole / 4 / step;
    double length = step * (ratio >= 5 ? 5 : ratio >= 2 ? 2 : 1);
    return new ScaleBar(length / whole, Axis.format(length) + " " + voxelSize.unit());
  }
}
