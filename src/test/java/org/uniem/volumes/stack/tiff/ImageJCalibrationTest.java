package org.uniem.volumes.stack.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.process.ShortProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Voxel sizes, units and grey values that ImageJ notes, or nobody. */
class ImageJCalibrationTest extends TiffCase {

  private static final String STACK = "ImageJ=1.54f\nimages=2\nslices=2\n";

  /** Two slices of 5 pixels per 25 units. */
  private static TiffBuilder stack(byte[] description) {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 1, 2).resolution(5, 25, 1).text(TiffTag.DESCRIPTION, description);
    file.page8(2, 1, 3, 4);
    return file;
  }

  private static TiffBuilder stack(String lines) {
    return stack((STACK + lines.replace(';', '\n') + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "unit=nm;spacing=40, 5, 5, 40, nm",
    "unit=nanometers;spacing=40, 5, 5, 40, nm",
    "unit=Nanometre;spacing=40, 5, 5, 40, nm",
    "unit=nm;zunit=micron;spacing=0.04, 5, 5, 40, nm",
    "unit=nm;yunit=micron;zunit=nm;spacing=40, 5, 5000, 40, nm",
    "unit=micron;yunit=nm;zunit=Angstrom;spacing=400, 5, 0.005, 0.04, \u00b5m",
    "unit=inches;spacing=2, 5, 5, 2, inch",
    "unit=nm;spacing=-40, 5, 5, 40, nm",
    "unit=nm;spacing=4e1, 5, 5, 40, nm",
    "unit=nm;fps=7;loop=true;spacing=40;min=1;max=9, 5, 5, 40, nm",
    // ImageJ leaves out a spacing of 1.
    "unit=micron, 5, 5, 1, \u00b5m"
  })
  void unitsOfEachAxisBecomeThatOfX(String lines, double x, double y, double z, String unit)
      throws IOException {
    assertEquals(new VoxelSize(x, y, z, unit), voxelSize(stack(lines)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unit=nm;spacing=0",
        "unit=nm;spacing=NaN",
        "unit=nm;spacing=Infinity",
        "unit=nm;spacing=unknown",
        "unit=nm;spacing=",
        "unit=nm;zunit=pixel;spacing=40",
        "unit=nm;zunit=sec;spacing=40"
      })
  void spacingThatIsNoLengthIsNotKnown(String lines) throws IOException {
    assertEquals(VoxelSize.ofPlane(5, 5, "nm"), voxelSize(stack(lines)));
  }

  @Test
  void spacingThatTifffileWasNotToldIsNotKnown() throws IOException {
    String text = STACK.replace("1.54f", "1.11a") + "unit=nm\n";
    assertEquals(
        VoxelSize.ofPlane(5, 5, "nm"), voxelSize(stack(text.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void framesAsSlicesHaveNoSpacingThatIsLeftOut() throws IOException {
    String text = STACK.replace("slices", "frames") + "unit=nm\n";
    assertEquals(
        VoxelSize.ofPlane(5, 5, "nm"), voxelSize(stack(text.getBytes(StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unit=pixel;spacing=3", "unit=px", "unit=voxels", "spacing=3", "unit="})
  void pixelsAreNoUnit(String lines) throws IOException {
    assertEquals(VoxelSize.UNKNOWN, voxelSize(stack(lines)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unit=\u00b5m",
        "unit=\u03bcm",
        "unit=um",
        "unit=micron",
        "unit=microns",
        "unit=micrometer",
        "unit=\\u00B5m",
        "unit=\\u03bcm",
        "unit=Micrometers",
        "unit=\u00b5m\r"
      })
  void spellingsOfMicrometresAreOneUnit(String lines) throws IOException {
    assertEquals(new VoxelSize(5, 5, 40, "\u00b5m"), voxelSize(stack(lines + ";spacing=40")));
  }

  @ParameterizedTest
  @CsvSource({"\u00b5m, \u00b5m", "\u00c5, \u00c5", "\u00c5ngstr\u00f6m, \u00c5"})
  void unitsInLatin1AreRead(String unit, String expected) throws IOException {
    byte[] text = (STACK + "unit=" + unit + "\nspacing=40\n").getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(new VoxelSize(5, 5, 40, expected), voxelSize(stack(text)));
  }

  @Test
  void micrometresWithAResolutionPerCentimetreAreAsInImageJ() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 1, 2)
        .resolution(2_000_000, 1, 3)
        .description(STACK + "unit=um\nspacing=0.04\n");
    file.page8(2, 1, 3, 4);
    assertEquals(new VoxelSize(0.005, 0.005, 0.04, "\u00b5m"), voxelSize(file));
    ImagePlus shown = new Opener().openImage(folder.resolve("built.tif").toString());
    assertEquals(0.005, shown.getCalibration().pixelWidth, 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"3, 5e-7, NaN, cm", "2, 1, 1, pixel", "1, 1, 1, pixel"})
  void plainFilesHaveNoSizeAlongZ(int resolutionUnit, double x, double z, String unit)
      throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 1, 2).resolution(2_000_000, 1, resolutionUnit);
    file.page8(2, 1, 3, 4);
    assertEquals(new VoxelSize(x, x, z, unit), voxelSize(file));
  }

  @Test
  void unitWithoutResolutionSaysNothing() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 1, 2).description(STACK + "unit=nm\nspacing=40\n");
    file.page8(2, 1, 3, 4);
    assertEquals(VoxelSize.UNKNOWN, voxelSize(file));
    file = new TiffBuilder();
    file.page8(2, 1, 1, 2).resolution(0, 1, 1).description(STACK + "unit=nm\nspacing=40\n");
    file.page8(2, 1, 3, 4);
    assertEquals(VoxelSize.UNKNOWN, voxelSize(file));
  }

  private Path write(VoxelSize size, int depth) {
    Path path = folder.resolve("ours.tif");
    VolumeSpec spec = new VolumeSpec(2, 1, depth, 1, PixelType.UINT8, size);
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      for (int z = 0; z < depth; z++) {
        writer.writeSlice(new float[2]);
      }
      writer.commit();
    }
    return path;
  }

  @Test
  void lengthAlongZThatIsNotKnownStaysSoAndIsOnePixelInImageJ() {
    VoxelSize size = VoxelSize.ofPlane(5e-7, 6e-7, "cm");
    Path path = write(size, 2);
    try (Volume volume = Volumes.open(path)) {
      assertEquals(size, volume.voxelSize());
      assertFalse(volume.voxelSize().hasDepth());
    }
    ImagePlus shown = new Opener().openImage(path.toString());
    // ImageJ turns small centimetres into micrometres.
    assertEquals("\u00b5m", shown.getCalibration().getUnit());
    assertEquals("pixel", shown.getCalibration().getZUnit());
    assertEquals(0.005, shown.getCalibration().pixelWidth, 1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "5e-12, 6e-12, 4e-11, m, 0.005, 0.006, 0.04, nm",
    "5e12, 6e12, 4e13, nm, 5000000, 6000000, 40000000, mm",
    "1e-10, 1e-10, 1e-9, km, 100, 100, 1000, nm"
  })
  void sizesThatTagsCannotHoldAreWrittenInAnotherUnit(
      double x, double y, double z, String unit, double x2, double y2, double z2, String unit2) {
    Path path = write(new VoxelSize(x, y, z, unit), 2);
    try (Volume volume = Volumes.open(path)) {
      assertEquals(new VoxelSize(x2, y2, z2, unit2), volume.voxelSize());
    }
  }

  @Test
  void decimalSizesComeBackToTheLastDigit() {
    long seed = 20260803;
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      double x = random.nextInt(1, 1_000_000) / Math.pow(10, random.nextInt(7));
      double y = random.nextInt(1, 10_000) / 1000.0;
      VoxelSize size = new VoxelSize(x, y, 40, "nm");
      Path path = write(size, 2);
      try (Volume volume = Volumes.open(path)) {
        assertEquals(size, volume.voxelSize(), "seed " + seed);
      } finally {
        assertTrue(path.toFile().delete());
      }
    }
  }

  private static TiffBuilder shorts(String lines, int format, int... values) {
    TiffBuilder file = new TiffBuilder();
    file.page(values.length, 1, 16)
        .set(TiffTag.SAMPLE_FORMAT, format)
        .description("ImageJ=1.54f\n" + lines.replace(';', '\n') + "\n")
        .strips(file.shorts(values));
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "cf=0;c0=-32768.0;c1=1.0;vunit=Gray Value, 1, -32768, 0, 32767",
    "c0=-32768;c1=1, 1, -32768, 0, 32767",
    "cf=0;c0=0.5;c1=0.25;vunit=OD, 1, 0.5, 8192.5, 16384.25",
    "cf=0;c0=-100;c1=1;zeroclip=true, 1, 0, 32668, 65435",
    "cf=20;c0=-32768.0;c1=1.0, 1, 0, 32768, 65535",
    "cf=0;c0=5, 1, 0, 32768, 65535",
    "cf=0;c0=0;c1=1, 1, 0, 32768, 65535",
    "unit=nm, 1, 0, 32768, 65535",
    // Numbers that are signed in the file too.
    "cf=0;c0=-32768.0;c1=1.0, 2, 0, -32768, -1",
    "cf=0;c0=-65536;c1=2, 2, 0, -65536, -2"
  })
  void straightLinesMakeValues(String lines, int format, float first, float second, float third)
      throws IOException {
    assertReads(shorts(lines, format, 0, 32768, 65535), first, second, third);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 13, 21})
  void curvesAreRefused(int function) throws IOException {
    assertRefused(
        shorts("cf=" + function + ";c0=1;c1=2;c2=3;vunit=OD", 1, 7),
        "its grey values are calibrated by a curve (cf=" + function + ")",
        "Analyze > Calibrate");
  }

  @Test
  void valuesOf8BitsAreCalibratedToo() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 0, 255).description("ImageJ=1.54f\ncf=0\nc0=-128\nc1=1\n");
    assertReads(file, -128, 127);
  }

  @Test
  void floatsAndColoursAreNotCalibrated() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, 32)
        .set(TiffTag.SAMPLE_FORMAT, 3)
        .description("ImageJ=1.54f\ncf=0\nc0=-128\nc1=1\n")
        .strips(file.floats(3, 4));
    assertReads(file, 3, 4);
  }

  @Test
  void signedStackThatImageJSavedIsSigned() {
    ImageStack stack = new ImageStack(3, 1);
    stack.addSlice(new ShortProcessor(3, 1, new short[] {0, (short) 32768, (short) 65535}, null));
    stack.addSlice(new ShortProcessor(3, 1, new short[] {1, 2, (short) 40000}, null));
    ImagePlus image = new ImagePlus("signed", stack);
    image.getCalibration().setSigned16BitCalibration();
    Path path = folder.resolve("signed.tif");
    assertTrue(new FileSaver(image).saveAsTiff(path.toString()));
    try (Volume volume = Volumes.open(path)) {
      assertEquals(PixelType.FLOAT32, volume.pixelType());
      assertArrayEquals(new float[] {-32768, 0, 32767, -32767, -32766, 7232}, values(volume, 0));
    }
  }

  @Test
  void calibratedSlicesInAFolderHaveTheirValues() throws IOException {
    Path slices = Files.createDirectory(folder.resolve("slices"));
    for (int i = 0; i < 2; i++) {
      Files.write(slices.resolve("z" + i + ".tif"), shorts("c0=-32768;c1=1", 1, i, 32768).build());
    }
    try (Volume volume = Volumes.open(slices)) {
      assertArrayEquals(new float[] {-32768, 0, -32767, 0}, values(volume, 0));
    }
  }
}
