package org.uniem.viewers.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import java.awt.EventQueue;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.viewers.images.ResultImages.Kind;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class ResultImagesTest {

  private static final VoxelSize VOXEL = new VoxelSize(4, 5, 20, "nm");

  @TempDir Path folder;

  /** Three slices of 2 x 1 voxels per channel: 10 * slice + channel and 255. */
  private Path write(String name, PixelType type, int channels) {
    Path path = folder.resolve(name);
    try (VolumeWriter writer =
        Volumes.create(path, new VolumeSpec(2, 1, 3, channels, type, VOXEL))) {
      for (int z = 0; z < 3; z++) {
        float[][] slice = new float[channels][];
        for (int c = 0; c < channels; c++) {
          slice[c] = new float[] {10 * z + c, 255};
        }
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    return path;
  }

  @Test
  void imageHasNameSizeAndCalibrationOfItsFile() {
    ImagePlus image = ResultImages.open(write("maps.tif", PixelType.UINT8, 1), Kind.PROBABILITY);
    assertEquals("maps.tif", image.getTitle());
    assertArrayEquals(new int[] {2, 1, 1, 3, 1}, image.getDimensions());
    assertEquals(4, image.getCalibration().pixelWidth);
    assertEquals(5, image.getCalibration().pixelHeight);
    assertEquals(20, image.getCalibration().pixelDepth);
    assertEquals("nm", image.getCalibration().getUnit());
    assertEquals(20, image.getStack().getProcessor(3).get(0, 0));
    assertFalse(image.changes);
  }

  @Test
  void probabilitiesAreShownFromZeroToOne() {
    for (PixelType type : List.of(PixelType.UINT8, PixelType.UINT16, PixelType.FLOAT32)) {
      ImagePlus image = ResultImages.open(write(type + ".tif", type, 1), Kind.PROBABILITY);
      assertEquals(0, image.getDisplayRangeMin(), type.name());
      assertEquals(type.fullScale(), image.getDisplayRangeMax(), type.name());
    }
  }

  @Test
  void labelsHaveDifferentColoursAndABlackBackground() {
    for (PixelType type : List.of(PixelType.UINT8, PixelType.UINT16, PixelType.FLOAT32)) {
      ImagePlus image = ResultImages.open(write(type + ".tif", type, 1), Kind.LABELS);
      assertEquals(0, image.getDisplayRangeMin(), type.name());
      assertEquals(255, image.getDisplayRangeMax(), type.name());
      ImageProcessor slice = image.getProcessor();
      Set<Integer> colours = new HashSet<>();
      for (int id = 0; id < 256; id++) {
        slice.setf(0, 0, id);
        colours.add(slice.convertToRGB().get(0, 0) & 0xffffff);
      }
      assertEquals(256, colours.size(), type.name());
      slice.setf(0, 0, 0);
      assertEquals(0, slice.convertToRGB().get(0, 0) & 0xffffff, type.name());
    }
  }

  @Test
  void severalMapsAreChannelsOfAHyperstack() {
    ImagePlus image = ResultImages.open(write("maps.tif", PixelType.UINT8, 2), Kind.PROBABILITY);
    assertArrayEquals(new int[] {2, 1, 2, 3, 1}, image.getDimensions());
    assertEquals(21, image.getStack().getProcessor(image.getStackIndex(2, 3, 1)).get(0, 0));
  }

  @Test
  void largeImageIsReadSliceBySliceAndClosedWithItsWindow() throws Exception {
    Path path = write("large.tif", PixelType.UINT16, 1);
    ImagePlus image = ResultImages.open(path, Kind.LABELS, 10);
    assertTrue(image.getStack().isVirtual());
    assertEquals(16, image.getBitDepth());
    assertEquals(20, image.getStack().getProcessor(3).get(0, 0));
    image.setSlice(2);
    assertEquals(10, image.getProcessor().get(0, 0));
    assertEquals(255, image.getDisplayRangeMax());
    assertEquals(Optional.of(path), OpenImages.source(image));
    ImageStack slices = image.getStack();
    image.flush();
    EventQueue.invokeAndWait(() -> {}); // ImageJ tells its listeners there
    assertThrows(RuntimeException.class, () -> slices.getProcessor(1));
  }

  @Test
  void resultIsTheUnchangedContentOfItsFileOrFolder() {
    Path file = write("maps.tif", PixelType.UINT8, 1);
    assertEquals(Optional.of(file), OpenImages.source(ResultImages.open(file, Kind.GREY)));
    Path slices = write("slices", PixelType.UINT16, 1);
    ImagePlus image = ResultImages.open(slices, Kind.LABELS);
    assertEquals("slices", image.getTitle());
    // PNG slices hold no voxel size.
    assertEquals(Optional.of(slices), OpenImages.source(image));
  }
}
