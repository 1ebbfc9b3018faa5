package org.uniem.viewers.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.PointRoi;
import ij.gui.Roi;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.job.BadInputException;

class PointSelectionTest {

  private static final Roi[] NONE = {};

  private final ImagePlus image = IJ.createImage("stack", "8-bit black", 20, 10, 5);

  private static VoxelPosition voxel(long x, long y, long z) {
    return new VoxelPosition(x, y, z);
  }

  private List<VoxelPosition> points(ImagePlus of, Roi... managed) {
    return PointSelection.of(Optional.ofNullable(of), managed);
  }

  @Test
  void pointsAreInTheSlicesWhereTheyWereClicked() {
    PointRoi points = new PointRoi();
    image.setSlice(5);
    points.addPoint(image, 3.7, 9.9);
    image.setSlice(1);
    points.addPoint(image, 19, 0);
    image.setRoi(points);
    assertEquals(List.of(voxel(3, 9, 4), voxel(19, 0, 0)), points(image));
  }

  @Test
  void pointWithoutSliceIsInTheOneThatIsShown() {
    image.setSlice(3);
    image.setRoi(new PointRoi(4, 5));
    assertEquals(List.of(voxel(4, 5, 2)), points(image));
  }

  @Test
  void channelsAreNoSlices() {
    ImagePlus colours = IJ.createHyperStack("colours", 20, 10, 2, 3, 1, 8);
    PointRoi points = new PointRoi();
    colours.setPosition(2, 3, 1);
    points.addPoint(colours, 1, 2);
    colours.setPosition(1, 2, 1);
    points.addPoint(colours, 3, 4);
    colours.setRoi(points);
    assertEquals(List.of(voxel(1, 2, 2), voxel(3, 4, 1)), points(colours));
  }

  @Test
  void framesOfOneSliceAreSlices() {
    ImagePlus frames = IJ.createHyperStack("frames", 20, 10, 1, 1, 4, 8);
    frames.setPosition(1, 1, 3);
    frames.setRoi(new PointRoi(1, 2));
    assertEquals(List.of(voxel(1, 2, 2)), points(frames));
  }

  @Test
  void managerIsAskedWhereTheImageHasNoPoints() {
    PointRoi first = new PointRoi(1, 2);
    first.setPosition(4);
    PointRoi second = new PointRoi(3, 4);
    second.setPosition(2);
    Roi area = new Roi(0, 0, 5, 5);
    assertEquals(List.of(voxel(1, 2, 3), voxel(3, 4, 1)), points(image, first, area, second));
    assertEquals(List.of(voxel(1, 2, 3)), points(null, first));
    image.setRoi(area);
    assertEquals(List.of(voxel(3, 4, 1)), points(image, second));
    image.setSlice(1);
    image.setRoi(new PointRoi(7, 7));
    assertEquals(List.of(voxel(7, 7, 0)), points(image, second));
  }

  @Test
  void nothingSelectedIsNoPoints() {
    assertEquals(List.of(), points(image, NONE));
    assertEquals(List.of(), points(null, NONE));
  }

  @Test
  void pointsWithoutPlaceAreRefused() {
    image.setRoi(new PointRoi(20, 5));
    BadInputException e = assertThrows(BadInputException.class, () -> points(image));
    assertTrue(e.getMessage().contains("outside the image 'stack' of 20 x 10 x 5"), e.toString());
    e = assertThrows(BadInputException.class, () -> points(null, new PointRoi(1, 1)));
    assertTrue(e.getMessage().contains("have no slice, and the image is not open"), e.toString());
  }
}
