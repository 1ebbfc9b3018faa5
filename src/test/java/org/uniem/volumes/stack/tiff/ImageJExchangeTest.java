package org.uniem.volumes.stack.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.uniem.job.BadInputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Stacks that ImageJ wrote are read, and ImageJ reads ours. */
class ImageJExchangeTest {

  private static final int WIDTH = 7;
  private static final int HEIGHT = 5;

  @TempDir Path folder;

  private static float[] slice(int seed) {
    float[] values = new float[WIDTH * HEIGHT];
    for (int i = 0; i < values.length; i++) {
      values[i] = seed * values.length + i;
    }
    return values;
  }

  private Path write(String name, int depth, int channels, PixelType type, VoxelSize size) {
    Path path = folder.resolve(name);
    VolumeSpec spec = new VolumeSpec(WIDTH, HEIGHT, depth, channels, type, size);
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      for (int z = 0; z < depth; z++) {
        float[][] values = new float[channels][];
        for (int c = 0; c < channels; c++) {
          values[c] = slice(c + channels * z);
        }
        writer.writeSlice(values);
      }
      writer.commit();
    }
    return path;
  }

  @ParameterizedTest
  @EnumSource(names = {"UINT8", "UINT16", "FLOAT32"})
  void imageJOpensOurStackWithSlicesAndVoxelSize(PixelType type) {
    Path path = write("ours.tif", 3, 1, type, new VoxelSize(0.008, 0.009, 0.05, "µm"));
    ImagePlus imp = new Opener().openImage(path.toString());
    assertEquals(3, imp.getNSlices());
    assertEquals(1, imp.getNChannels());
    assertEquals(1, imp.getNFrames());
    assertEquals(8 * type.bytes(), imp.getBitDepth());
    assertEquals(0.008, imp.getCalibration().pixelWidth, 1e-9);
    assertEquals(0.009, imp.getCalibration().pixelHeight, 1e-9);
    assertEquals(0.05, imp.getCalibration().pixelDepth, 1e-9);
    assertEquals("µm", imp.getCalibration().getUnit());
    assertEquals(104, imp.getDisplayRangeMax());
    for (int z = 0; z < 3; z++) {
      ImageProcessor page = imp.getStack().getProcessor(z + 1);
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        assertEquals(slice(z)[i], page.getf(i));
      }
    }
  }

  @Test
  void imageJOpensOurChannelsAsHyperstack() {
    Path path = write("channels.tif", 3, 2, PixelType.UINT8, VoxelSize.UNKNOWN);
    ImagePlus imp = new Opener().openImage(path.toString());
    assertEquals(2, imp.getNChannels());
    assertEquals(3, imp.getNSlices());
    assertEquals(slice(5)[6], imp.getStack().getProcessor(imp.getStackIndex(2, 3, 1)).getf(6));
  }

  @Test
  void imageJOpensOurSingleSlice() {
    Path path = write("single.tif", 1, 1, PixelType.FLOAT32, new VoxelSize(4, 4, 50, "nm"));
    ImagePlus imp = new Opener().openImage(path.toString());
    assertEquals(1, imp.getStackSize());
    assertEquals(4, imp.getCalibration().pixelWidth, 1e-9);
    assertEquals("nm", imp.getCalibration().getUnit());
  }

  @ParameterizedTest
  @CsvSource({"8, UINT8", "16, UINT16", "32, FLOAT32"})
  void imageJsHyperstackIsReadWithChannelsAndVoxelSize(int bits, PixelType type) {
    ImagePlus imp = imageJHyperstack(bits, 2, 3, 1);
    imp.getCalibration().setUnit("micron");
    imp.getCalibration().pixelWidth = 0.25;
    imp.getCalibration().pixelHeight = 0.5;
    imp.getCalibration().pixelDepth = 2.5;
    try (Volume volume = Volumes.open(save(imp))) {
      assertEquals(2, volume.channels());
      assertEquals(3, volume.depth());
      assertEquals(type, volume.pixelType());
      assertEquals("µm", volume.voxelSize().unit());
      assertEquals(0.25, volume.voxelSize().x(), 1e-9);
      assertEquals(0.5, volume.voxelSize().y(), 1e-9);
      assertEquals(2.5, volume.voxelSize().z(), 1e-9);
      float[] found = new float[WIDTH * HEIGHT];
      volume.readSlice(2, 1, found);
      assertArrayEquals(slice(5), found);
      assertEquals(slice(3)[2], volume.channel(1).getAt(2, 0, 1).getRealFloat());
    }
  }

  @Test
  void imageJsCompositeIsReadAsChannels() {
    ImagePlus imp = new CompositeImage(imageJHyperstack(8, 3, 2, 1), CompositeImage.COLOR);
    try (Volume volume = Volumes.open(save(imp))) {
      assertEquals(3, volume.channels());
      assertEquals(2, volume.depth());
    }
  }

  @Test
  void framesWithoutSlicesAreSlices() {
    try (Volume volume = Volumes.open(save(imageJHyperstack(8, 1, 1, 4)))) {
      assertEquals(4, volume.depth());
    }
  }

  @Test
  void timeSeriesOfStacksIsRefused() {
    Path path = save(imageJHyperstack(8, 1, 2, 3));
    BadInputException e = assertThrows(BadInputException.class, () -> Volumes.open(path));
    assertTrue(e.getMessage().contains("time series of 3 stacks"), e.getMessage());
  }

  @Test
  void rgbStackHasThreeChannels() {
    ImagePlus imp = IJ.createImage("rgb", "RGB black", WIDTH, HEIGHT, 2);
    imp.getStack().getProcessor(2).set(3, 1, 0x102030);
    try (Volume volume = Volumes.open(save(imp))) {
      assertEquals(3, volume.channels());
      assertEquals(2, volume.depth());
      for (int c = 0; c < 3; c++) {
        assertEquals(16 * (c + 1), volume.channel(c).getAt(3, 1, 1).getRealFloat());
        assertEquals(0, volume.channel(c).getAt(3, 1, 0).getRealFloat());
      }
    }
  }

  @Test
  void coloursOfLookUpTableDoNotChangeValues() {
    ImagePlus imp = imageJHyperstack(8, 1, 3, 1);
    imp.getProcessor().setLut(ij.process.LUT.createLutFromColor(java.awt.Color.RED));
    imp.setLut(imp.getProcessor().getLut());
    try (Volume volume = Volumes.open(save(imp))) {
      float[] found = new float[WIDTH * HEIGHT];
      volume.readSlice(1, 0, found);
      assertArrayEquals(slice(1), found);
    }
  }

  @Test
  void oneDirectoryForAWholeStackIsReadAsImageJWritesItBeyondFourGigabytes() throws IOException {
    Path path = save(imageJHyperstack(16, 1, 3, 1));
    dropFurtherDirectories(path);
    try (Volume volume = Volumes.open(path)) {
      assertEquals(3, volume.depth());
      float[] found = new float[WIDTH * HEIGHT];
      volume.readSlice(2, 0, found);
      assertArrayEquals(slice(2), found);
    }
  }

  @Test
  void truncatedStackOfOneDirectoryNamesThePage() throws IOException {
    Path path = save(imageJHyperstack(16, 1, 3, 1));
    dropFurtherDirectories(path);
    int twoPages = 2 * 2 * WIDTH * HEIGHT;
    Files.write(path, Arrays.copyOf(Files.readAllBytes(path), pixelsOf(path) + twoPages + 10));
    BadInputException e = assertThrows(BadInputException.class, () -> Volumes.open(path));
    assertTrue(e.getMessage().contains("truncated: page 3 of 3"), e.getMessage());
  }

  private static void dropFurtherDirectories(Path path) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    bytes.order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int first = bytes.getInt(4);
    bytes.putInt(first + 2 + 12 * bytes.getShort(first), 0);
    Files.write(path, bytes.array());
  }

  private static int pixelsOf(Path path) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    bytes.order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int entry = bytes.getInt(4) + 2;
    while (bytes.getShort(entry) != 273) {
      entry += 12;
    }
    return bytes.getInt(entry + 8);
  }

  private static ImagePlus imageJHyperstack(int bits, int channels, int slices, int frames) {
    int images = channels * slices * frames;
    ImageStack stack = ImageStack.create(WIDTH, HEIGHT, images, bits);
    for (int n = 0; n < images; n++) {
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        stack.getProcessor(n + 1).setf(i, slice(n)[i]);
      }
    }
    ImagePlus imp = new ImagePlus("hyperstack", stack);
    imp.setDimensions(channels, slices, frames);
    imp.setOpenAsHyperStack(channels * frames > 1);
    return imp;
  }

  private Path save(ImagePlus imp) {
    Path path = folder.resolve("imagej.tif");
    assertTrue(new FileSaver(imp).saveAsTiff(path.toString()));
    return path;
  }
}
