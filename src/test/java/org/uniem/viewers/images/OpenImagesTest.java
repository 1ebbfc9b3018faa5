package org.uniem.viewers.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/** Images are open as in a headless macro, in batch mode. */
class OpenImagesTest {

  @TempDir Path folder;

  private final List<ImagePlus> opened = new ArrayList<>();

  @BeforeEach
  void beginBatchMode() {
    Interpreter.batchMode = true;
  }

  @AfterEach
  void endBatchMode() {
    opened.forEach(Interpreter::removeBatchModeImage);
    WindowManager.setTempCurrentImage(null);
    Interpreter.batchMode = false;
  }

  private ImagePlus show(ImagePlus image) {
    image.show();
    opened.add(image);
    return image;
  }

  private static ImagePlus stack(String title, ImageProcessor... slices) {
    ImageStack stack = new ImageStack(slices[0].getWidth(), slices[0].getHeight());
    for (ImageProcessor slice : slices) {
      stack.addSlice(slice);
    }
    ImagePlus image = new ImagePlus(title, stack);
    image.getCalibration().pixelWidth = 4;
    image.getCalibration().pixelHeight = 5;
    image.getCalibration().pixelDepth = 20;
    image.getCalibration().setUnit("nm");
    return image;
  }

  private static ImageProcessor bytes(int... values) {
    byte[] pixels = new byte[values.length];
    IntStream.range(0, values.length).forEach(i -> pixels[i] = (byte) values[i]);
    return new ByteProcessor(values.length, 1, pixels);
  }

  private static float[] slice(Volume volume, long z, int channel) {
    float[] values = new float[(int) (volume.width() * volume.height())];
    volume.readSlice(z, channel, values);
    return values;
  }

  @Test
  void signedImageHasItsValues() {
    ShortProcessor pixels = new ShortProcessor(3, 1, new short[] {0, (short) 32768, -1}, null);
    ImagePlus image = new ImagePlus("signed", pixels);
    image.getCalibration().setSigned16BitCalibration();
    try (Volume volume = OpenImages.open(image)) {
      float[] found = new float[3];
      volume.readSlice(0, 0, found);
      assertArrayEquals(new float[] {-32768, 0, 32767}, found);
      assertEquals(PixelType.FLOAT32, volume.pixelType());
    }
  }

  @Test
  void titleNamesTheOpenImageAndNothingElse() {
    ImagePlus image = show(stack("my stack.tif", bytes(1, 2), bytes(3, 200)));
    assertEquals(Optional.of(image), OpenImages.named(new File("my stack.tif")));
    assertTrue(OpenImages.named(new File("other.tif")).isEmpty());
    assertTrue(OpenImages.named(folder.resolve("my stack.tif").toFile()).isEmpty());
  }

  @Test
  void titleWithSeparatorsIsFound() {
    ImagePlus image = show(stack("a//b: 3/", bytes(1)));
    assertEquals(Optional.of(image), OpenImages.named(OpenImages.reference(image)));
  }

  @Test
  void greyImagesKeepValuesSizeAndCalibration() {
    Volume eight = OpenImages.open(stack("8", bytes(1, 2, 3), bytes(4, 5, 255)));
    assertEquals(PixelType.UINT8, eight.pixelType());
    assertEquals(new VoxelSize(4, 5, 20, "nm"), eight.voxelSize());
    assertEquals(
        List.of(3L, 1L, 2L, "8"),
        List.of(eight.width(), eight.height(), eight.depth(), eight.name()));
    assertArrayEquals(new float[] {4, 5, 255}, slice(eight, 1, 0));

    Volume sixteen =
        OpenImages.open(
            stack("16", new ShortProcessor(2, 1, new short[] {7, (short) 65535}, null)));
    assertEquals(PixelType.UINT16, sixteen.pixelType());
    assertArrayEquals(new float[] {7, 65535}, slice(sixteen, 0, 0));

    Volume real = OpenImages.open(stack("32", new FloatProcessor(2, 1, new float[] {-1, 0.5f})));
    assertEquals(PixelType.FLOAT32, real.pixelType());
    assertArrayEquals(new float[] {-1, 0.5f}, slice(real, 0, 0));
  }

  @Test
  void micronsAreSpeltWithTheMicroSignAndPixelsAreUnknown() {
    ImagePlus image = stack("a", bytes(1));
    image.getCalibration().setUnit("micron");
    assertEquals("\u00b5m", OpenImages.open(image).voxelSize().unit());
    image.getCalibration().setUnit("pixel");
    assertEquals(VoxelSize.UNKNOWN, OpenImages.open(image).voxelSize());
  }

  @Test
  void colourImageHasThreeChannels() {
    ColorProcessor colours = new ColorProcessor(2, 1, new int[] {0x0a141e, 0xffc8fe});
    Volume volume = OpenImages.open(stack("rgb", colours));
    assertEquals(3, volume.channels());
    assertArrayEquals(new float[] {0x0a, 0xff}, slice(volume, 0, 0));
    assertArrayEquals(new float[] {0x14, 0xc8}, slice(volume, 0, 1));
    assertArrayEquals(new float[] {0x1e, 0xfe}, slice(volume, 0, 2));
  }

  @Test
  void hyperstackKeepsChannelsApartFromSlices() {
    ImagePlus image =
        stack(
            "hyper",
            IntStream.range(0, 6).mapToObj(i -> bytes(i)).toArray(n -> new ImageProcessor[n]));
    image.setDimensions(2, 3, 1);
    Volume volume = OpenImages.open(image);
    assertEquals(2, volume.channels());
    assertEquals(3, volume.depth());
    assertArrayEquals(new float[] {4}, slice(volume, 2, 0));
    assertArrayEquals(new float[] {5}, slice(volume, 2, 1));
  }

  @Test
  void framesWithoutSlicesCountAsSlices() {
    ImagePlus image = stack("frames", bytes(1), bytes(2), bytes(3));
    image.setDimensions(1, 1, 3);
    assertEquals(3, OpenImages.open(image).depth());
  }

  @Test
  void timeSeriesIsRefused() {
    ImagePlus image = stack("series", bytes(1), bytes(2), bytes(3), bytes(4));
    image.setDimensions(1, 2, 2);
    String message =
        assertThrows(BadInputException.class, () -> OpenImages.open(image)).getMessage();
    assertTrue(message.contains("'series' is a time series of 2 stacks"), message);
  }

  @Test
  void pixelsAreNotCopied() {
    ImageProcessor slice = bytes(1, 2);
    Volume volume = OpenImages.open(stack("shared", slice, bytes(3, 4)));
    slice.set(0, 0, 9);
    assertArrayEquals(new float[] {9, 2}, slice(volume, 0, 0));
  }

  /** Counts what is read of it. */
  private static final class Endless extends VirtualStack {
    private int reads;

    Endless() {
      super(2, 1, null, "");
      setBitDepth(8);
    }

    @Override
    public int getSize() {
      return 1_000_000;
    }

    @Override
    public ImageProcessor getProcessor(int n) {
      reads++;
      return bytes(n % 256, 7);
    }

    @Override
    public String getSliceLabel(int n) {
      return null;
    }
  }

  @Test
  void virtualStackIsReadSliceBySlice() {
    Endless endless = new Endless();
    Volume volume = OpenImages.open(new ImagePlus("endless", endless));
    assertEquals(1_000_000, volume.depth());
    endless.reads = 0;
    assertArrayEquals(new float[] {(654_321 + 1) % 256, 7}, slice(volume, 654_321, 0));
    assertTrue(endless.reads <= 2, endless.reads + " reads");
  }

  private Path saved() {
    Path file = folder.resolve("saved.tif");
    IJ.saveAsTiff(stack("saved", bytes(1, 2), bytes(3, 4), bytes(5, 6)), file.toString());
    return file;
  }

  @Test
  void unchangedImageIsItsFile() {
    Path file = saved();
    ImagePlus image = IJ.openImage(file.toString());
    assertEquals(file.toFile(), OpenImages.reference(image));
    try (Volume volume = OpenImages.open(image)) {
      assertArrayEquals(new float[] {5, 6}, slice(volume, 2, 0));
    }
  }

  @Test
  void changedImageIsNoLongerItsFile() {
    ImagePlus noted = IJ.openImage(saved().toString());
    noted.changes = true;
    assertEquals(new File("saved.tif"), OpenImages.reference(noted));

    ImagePlus silent = IJ.openImage(folder.resolve("saved.tif").toString());
    silent.getStack().getProcessor(3).set(0, 0, 99);
    assertEquals(new File("saved.tif"), OpenImages.reference(silent));

    ImagePlus calibrated = IJ.openImage(folder.resolve("saved.tif").toString());
    calibrated.getCalibration().pixelDepth = 21;
    assertEquals(new File("saved.tif"), OpenImages.reference(calibrated));
    assertEquals(21, OpenImages.open(calibrated).voxelSize().z());

    ImagePlus shorter = IJ.openImage(folder.resolve("saved.tif").toString());
    shorter.getStack().deleteLastSlice();
    shorter.setStack(shorter.getStack());
    assertEquals(new File("saved.tif"), OpenImages.reference(shorter));
  }

  @Test
  void imageWhoseFileIsGoneIsTakenFromMemory() throws Exception {
    ImagePlus image = IJ.openImage(saved().toString());
    Files.delete(folder.resolve("saved.tif"));
    assertEquals(new File("saved.tif"), OpenImages.reference(image));
    assertArrayEquals(new float[] {3, 4}, slice(OpenImages.open(image), 1, 0));
  }

  @Test
  void activeOneOfTwoWithTheSameTitleIsMeant() {
    show(stack("twice", bytes(1)));
    ImagePlus second = show(stack("twice", bytes(2)));
    assertEquals(Optional.of(second), OpenImages.named(new File("twice")));
    show(stack("third", bytes(3)));
    String message =
        assertThrows(BadInputException.class, () -> OpenImages.named(new File("twice")))
            .getMessage();
    assertTrue(message.startsWith("2 open images have the title 'twice'"), message);
  }

  @Test
  void fileOfTheSameNameInTheWorkingFolderIsNotMistakenForTheImage() {
    show(stack("pom.xml", bytes(1)));
    String message =
        assertThrows(BadInputException.class, () -> OpenImages.named(new File("pom.xml")))
            .getMessage();
    assertTrue(message.contains("which is meant?"), message);
  }
}
