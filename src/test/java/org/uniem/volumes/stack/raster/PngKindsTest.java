package org.uniem.volumes.stack.raster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.uniem.volumes.stack.raster.PngBytes.GREY;
import static org.uniem.volumes.stack.raster.PngBytes.GREY_ALPHA;
import static org.uniem.volumes.stack.raster.PngBytes.INDEXED;
import static org.uniem.volumes.stack.raster.PngBytes.RGB;
import static org.uniem.volumes.stack.raster.PngBytes.RGB_ALPHA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadInputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

class PngKindsTest {

  /** Gamma 1/2.2, made for sRGB, of these primaries: none may change a value. */
  private static final int[] GAMMA = {0, 0, 0xb1, 0x8f};

  @TempDir Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private float[] read(byte[] bytes) throws IOException {
    return read(file("a.png", bytes));
  }

  private static float[] read(Path path) {
    try (Volume volume = Volumes.open(path)) {
      int size = (int) (volume.width() * volume.height());
      float[] all = new float[size * volume.channels()];
      float[] one = new float[size];
      for (int c = 0; c < volume.channels(); c++) {
        volume.readSlice(0, c, one);
        System.arraycopy(one, 0, all, c * size, size);
      }
      return all;
    }
  }

  private static String refused(Path path) {
    return assertThrows(BadInputException.class, () -> read(path)).getMessage();
  }

  private static List<String> notes(Path path) {
    try (Volume volume = Volumes.open(path)) {
      return volume.notes();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 255", "2, 85", "4, 17", "8, 1", "16, 1"})
  void greyIsTheSameWithAndWithoutTransparentValueAndGamma(int bits, int step) throws IOException {
    int[] row = IntStream.range(0, 9).map(i -> i * 7 % (1 << bits)).toArray();
    float[] expected = new float[9];
    for (int x = 0; x < 9; x++) {
      expected[x] = row[x] * step;
    }
    assertArrayEquals(expected, read(new PngBytes(bits, GREY).of(row)), "plain");
    byte[] transparent = new PngBytes(bits, GREY).with("tRNS", 0, 1).of(row);
    assertArrayEquals(expected, read(transparent), "tRNS");
    byte[] gamma = new PngBytes(bits, GREY).with("gAMA", GAMMA).with("sBIT", 1).of(row);
    assertArrayEquals(expected, read(gamma), "gAMA");
    byte[] both = new PngBytes(bits, GREY).with("sRGB", 0).with("tRNS", 0, 0).interlaced().of(row);
    assertArrayEquals(expected, read(both), "sRGB, tRNS, interlaced");
  }

  @Test
  void sixteenBitsKeepBothBytes() throws IOException {
    Path path = file("a.png", new PngBytes(16, GREY).with("tRNS", 1, 2).of(new int[] {258, 65535}));
    assertArrayEquals(new float[] {258, 65535}, read(path));
    try (Volume volume = Volumes.open(path)) {
      assertEquals(PixelType.UINT16, volume.pixelType());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void coloursKeepTheirValuesWithTransparencyProfileAndGamma(int bits) throws IOException {
    int[] rgb = {1, 20, 200, 40, 50, 60};
    float[] expected = {1, 40, 20, 50, 200, 60};
    byte[] named =
        new PngBytes(bits, RGB).with("gAMA", GAMMA).with("tRNS", 0, 1, 0, 20, 0, 200).of(rgb);
    assertArrayEquals(expected, read(named));
    int[] rgba = {1, 20, 200, 0, 40, 50, 60, 128};
    assertArrayEquals(expected, read(new PngBytes(bits, RGB_ALPHA).with("sRGB", 1).of(rgba)));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void greyUnderTransparencyIsWhatIsStored(int bits) throws IOException {
    byte[] png = new PngBytes(bits, GREY_ALPHA).with("gAMA", GAMMA).of(new int[] {77, 0, 99, 128});
    assertArrayEquals(new float[] {77, 99}, read(png));
  }

  @Test
  void transparencyIsStated() throws IOException {
    Path alpha = file("a.png", new PngBytes(8, GREY_ALPHA).of(new int[] {77, 0}));
    assertEquals(
        List.of(
            alpha
                + " has transparency, which is left out: hidden pixels count with what is stored"
                + " there."),
        notes(alpha));
    Path named = file("b.png", new PngBytes(8, GREY).with("tRNS", 0, 1).of(new int[] {77}));
    assertEquals(1, notes(named).size());
    assertEquals(List.of(), notes(file("c.png", new PngBytes(8, GREY).of(new int[] {77}))));
    Files.delete(alpha);
    assertTrue(
        notes(folder)
            .get(0)
            .startsWith("1 of the 2 images in " + folder + " (the first: b.png) has"),
        notes(folder).toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void greyPaletteOfAnyOrderIsReadAsBrightness(int bits) throws IOException {
    // White first, as of programs that store masks so.
    byte[] png = new PngBytes(bits, INDEXED).palette(0xffffff, 0x000000).of(new int[] {0, 1, 1, 0});
    assertArrayEquals(new float[] {255, 0, 0, 255}, read(png));
    byte[] dark = new PngBytes(bits, INDEXED).palette(0x030303, 0x050505).of(new int[] {0, 1});
    assertArrayEquals(new float[] {3, 5}, read(dark));
  }

  @Test
  void greyPaletteOfSeveralLevelsIsReadAsBrightness() throws IOException {
    PngBytes png = new PngBytes(2, INDEXED).palette(0xffffff, 0x808080, 0, 0x010101);
    assertArrayEquals(new float[] {255, 128, 0, 1}, read(png.of(new int[] {0, 1, 2, 3})));
  }

  @Test
  void whatFillsAPaletteUpDoesNotCount() throws IOException {
    int[] full = new int[256];
    full[0] = 0xffffff;
    assertArrayEquals(
        new float[] {255, 0}, read(new PngBytes(8, INDEXED).palette(full).of(new int[] {0, 1})));
    full[0] = 0;
    full[1] = 0xffffff;
    assertArrayEquals(
        new float[] {0, 255}, read(new PngBytes(8, INDEXED).palette(full).of(new int[] {0, 1})));
  }

  @Test
  void greysThatDoNotTellTheNumbersApartLeaveThemAsTheyAre() throws IOException {
    PngBytes png = new PngBytes(8, INDEXED).palette(0, 0x808080, 0x808080, 0xffffff);
    Path path = file("a.png", png.of(new int[] {0, 1, 2, 3}));
    assertArrayEquals(new float[] {0, 1, 2, 3}, read(path));
    assertEquals(1, notes(path).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void colouredPaletteIsReadAsNumbersAndSaidSo(int bits) throws IOException {
    PngBytes png = new PngBytes(bits, INDEXED).palette(0, 0x800000).with("tRNS", 0, 255);
    Path path = file("a.png", png.interlaced().of(new int[] {0, 1, 1}));
    assertArrayEquals(new float[] {0, 1, 1}, read(path));
    assertTrue(
        notes(path).get(0).contains("a.png has a palette of colours: the values are the numbers"),
        notes(path).toString());
  }

  @Test
  void slicesOfOneLabelPaletteAgreeWhereSomeUseFewColours() throws IOException {
    // Written per slice with as many colours as it needs: the second alone would be grey.
    file("1.png", new PngBytes(2, INDEXED).palette(0, 0xffffff, 0xff0000).of(new int[] {2, 1}));
    Path second = file("2.png", new PngBytes(1, INDEXED).palette(0, 0xffffff).of(new int[] {1, 0}));
    assertArrayEquals(new float[] {255, 0}, read(second));
    try (Volume volume = Volumes.open(folder)) {
      float[] slice = new float[2];
      volume.readSlice(1, 0, slice);
      assertArrayEquals(new float[] {1, 0}, slice);
    }
  }

  @Test
  void palettesThatDifferBetweenSlicesAreRefused() throws IOException {
    file("1.png", new PngBytes(8, INDEXED).palette(0, 0xff0000, 0x00ff00).of(new int[] {2}));
    file("2.png", new PngBytes(8, INDEXED).palette(0, 0x00ff00).of(new int[] {1}));
    String message = refused(folder);
    assertTrue(message.contains("value 1 is #ff0000 in 1.png, #00ff00 in 2.png"), message);
  }

  @Test
  void coloursAmongGreySlicesAreRefused() throws IOException {
    file("1.png", new PngBytes(8, GREY).of(new int[] {2}));
    file("2.png", new PngBytes(8, INDEXED).palette(0, 0x00ff00).of(new int[] {1}));
    String message = refused(folder);
    assertTrue(message.contains("2.png has a palette of colours"), message);
    assertTrue(message.contains("but 1.png is grey"), message);
  }

  @Test
  void invertingLookupTableIsRefused() throws IOException {
    int[] inverting = IntStream.range(0, 256).map(i -> (255 - i) * 0x010101).toArray();
    Path path = file("a.png", new PngBytes(8, INDEXED).palette(inverting).of(new int[] {0, 255}));
    assertTrue(refused(path).contains("inverting lookup table"), refused(path));
  }

  @Test
  void colourBeyondThePaletteIsRefused() throws IOException {
    Path path = file("a.png", new PngBytes(2, INDEXED).palette(0, 0xffffff).of(new int[] {0, 3}));
    assertTrue(refused(path).contains("colour 3 of a palette of 2 colours"), refused(path));
  }

  @Test
  void paletteOfColourImageIsOnlyAProposal() throws IOException {
    assertArrayEquals(
        new float[] {9, 8, 7}, read(new PngBytes(8, RGB).palette(0, 1).of(new int[] {9, 8, 7})));
  }

  @Test
  void animationIsRefused() throws IOException {
    Path path =
        file("a.png", new PngBytes(8, GREY).with("acTL", 0, 0, 0, 3, 0, 0, 0, 0).of(new int[] {1}));
    assertTrue(refused(path).contains("an animation of 3 images, expected one"), refused(path));
    byte[] single = new PngBytes(8, GREY).with("acTL", 0, 0, 0, 1, 0, 0, 0, 0).of(new int[] {5});
    assertArrayEquals(new float[] {5}, read(single));
  }

  @Test
  void partsThatAreNotOfPngAreRefusedByName() throws IOException {
    Path path = file("a.png", new PngBytes(8, GREY).with("CgBI", 0, 0, 0, 2).of(new int[] {1}));
    assertTrue(refused(path).contains("a part CgBI that is not of PNG"), refused(path));
  }

  @Test
  void brokenProfileDoesNotMatter() throws IOException {
    assertArrayEquals(
        new float[] {7}, read(new PngBytes(8, GREY).with("iCCP", 1, 2, 3).of(new int[] {7})));
  }

  @ParameterizedTest
  @CsvSource({"3, 8", "0, 3", "2, 4", "5, 8", "3, 16", "0, 0"})
  void impossibleHeaderIsRefused(int colour, int bits) throws IOException {
    byte[] png = new PngBytes(8, GREY).of(new int[] {1, 2});
    png[24] = (byte) bits;
    png[25] = (byte) colour;
    assertTrue(refused(file("a.png", png)).startsWith("Cannot read "));
  }

  @Test
  void sizeThatTheFileCannotHoldIsRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] png = new PngBytes(8, GREY).of(new int[] {1, 2});
    png[17] = 1; // 65538 x 1000 pixels
    png[22] = 3;
    Path path = file("a.png", png);
    assertTrue(refused(path).contains("bytes cannot hold the 65538 x "), refused(path));
  }

  @Test
  void everyDamagedByteOfThePixelsIsNoticed() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] row = random.ints(300, 0, 256).toArray();
    byte[] png = new PngBytes(8, GREY).of(row);
    for (int n = 0; n < 50; n++) {
      byte[] damaged = png.clone();
      // Behind signature, size and name of IHDR, up to the end of IEND's name.
      int at = 16 + random.nextInt(png.length - 4 - 16);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Path path = file("a.png", damaged);
      assertTrue(refused(path).startsWith("Cannot read " + path), "seed " + seed + ", byte " + at);
    }
  }
}
