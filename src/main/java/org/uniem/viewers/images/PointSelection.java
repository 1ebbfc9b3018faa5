package org.uniem.viewers.images;

import ij.ImagePlus;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import ij.process.FloatPolygon;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.job.BadInputException;

/** The points that a user has selected in ImageJ. */
public final class PointSelection {

  private PointSelection() {}

  /**
   * The points of an image: its point selection or, where it has none, all point selections of the
   * ROI Manager, in their order. A point without a slice of its own is in the slice that the image
   * shows.
   *
   * @param image an open image; empty if only the ROI Manager is asked
   * @return voxels, counted from 0; empty where nothing is selected
   * @throws BadInputException if a point is outside the image, or it is open where its slice is
   */
  public static List<VoxelPosition> of(Optional<ImagePlus> image) {
    RoiManager manager = RoiManager.getInstance2();
    return of(image, manager == null ? new Roi[0] : manager.getRoisAsArray());
  }

  static List<VoxelPosition> of(Optional<ImagePlus> image, Roi... managed) {
    List<VoxelPosition> points = new ArrayList<>();
    Optional<Roi> selected = image.map(ImagePlus::getRoi).filter(PointRoi.class::isInstance);
    if (selected.isPresent()) {
      add((PointRoi) selected.get(), image, points);
      return points;
    }
    for (Roi roi : managed) {
      if (roi instanceof PointRoi point) {
        add(point, image, points);
      }
    }
    return points;
  }

  private static void add(PointRoi roi, Optional<ImagePlus> image, List<VoxelPosition> points) {
    FloatPolygon at = roi.getFloatPolygon();
    for (int i = 0; i < at.npoints; i++) {
      int position = roi.getPointPosition(i);
      VoxelPosition point =
          new VoxelPosition(
              (long) Math.floor(at.xpoints[i]),
              (long) Math.floor(at.ypoints[i]),
              slice(roi, position, image));
      image.ifPresent(one -> requireInside(point, one));
      points.add(point);
    }
  }

  /** Slice of a point, from 0. */
  private static long slice(PointRoi roi, int position, Optional<ImagePlus> image) {
    if (position == 0 && roi.getZPosition() > 0) {
      return roi.getZPosition() - 1;
    }
    int plane = position > 0 ? position : roi.getPosition();
    if (image.isEmpty()) {
      if (plane == 0) {
        throw new BadInputException(
            "The points '"
                + roi.getName()
                + "' of the ROI Manager have no slice, and the image is not open: open it, select"
                + " the points in their slices, and give the image by its title.");
      }
      return plane - 1;
    }
    ImagePlus open = image.get();
    int[] place = open.convertIndexToPosition(plane > 0 ? plane : open.getCurrentSlice());
    // Frames are taken for slices where there is one slice only, as when the image is read.
    return (open.getNSlices() > 1 ? place[1] : place[2]) - 1;
  }

  private static void requireInside(VoxelPosition point, ImagePlus image) {
    int depth = image.getNSlices() * image.getNFrames();
    if (point.x() < 0
        || point.y() < 0
        || point.x() >= image.getWidth()
        || point.y() >= image.getHeight()
        || point.z() >= depth) {
      throw new BadInputException(
          "The point at x,y,z="
              + point
              + " (counted from 0) is outside the image '"
              + image.getTitle()
              + "' of "
              + image.getWidth()
              + " x "
              + image.getHeight()
              + " x "
              + depth
              + " voxels. Remove it from the selection or the ROI Manager.");
    }
  }
}
