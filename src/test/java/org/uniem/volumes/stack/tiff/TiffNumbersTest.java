package org.uniem.volumes.stack.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadInputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** What the numbers of pixels are, of every width and kind. */
class TiffNumbersTest extends TiffCase {

  private static final long SEED = 20260801;

  /** Rows of numbers without gaps, each row to a whole byte, by a big number as an oracle. */
  private static byte[] packed(long[] values, int width, int bits) {
    int rowBytes = (width * bits + 7) / 8;
    byte[] all = new byte[values.length / width * rowBytes];
    for (int row = 0; row < values.length / width; row++) {
      BigInteger number = BigInteger.ZERO;
      for (int x = 0; x < width; x++) {
        number = number.shiftLeft(bits).or(BigInteger.valueOf(values[row * width + x]));
      }
      number = number.shiftLeft(8 * rowBytes - width * bits);
      byte[] bytes = number.toByteArray();
      for (int i = 0; i < rowBytes; i++) {
        int from = bytes.length - rowBytes + i;
        all[row * rowBytes + i] = from < 0 ? 0 : bytes[from];
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 17, 20, 31})
  void packedNumbersAreReadInEitherOrder(int bits) throws IOException {
    long[] numbers = new Random(SEED).longs(7 * 3, 0, 1L << bits).toArray();
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      TiffBuilder file = new TiffBuilder(order, false);
      file.page(7, 3, bits).strips(packed(numbers, 7, bits));
      try (Volume volume = Volumes.open(file.write(folder))) {
        assertArrayEquals(numbers, labels(volume), "seed " + SEED);
        PixelType type = bits <= 8 ? PixelType.UINT8 : PixelType.UINT16;
        assertEquals(bits > 16 ? PixelType.UINT32 : type, volume.pixelType());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 255, 0", "1, 0, 255"})
  void oneBitIsBlackOrWhiteAsItsTagSays(int photometric, float first, float second)
      throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, 1).set(TiffTag.PHOTOMETRIC, photometric).strips(new byte[] {0b0100_0000});
    assertReads(file, first, second);
  }

  @ParameterizedTest
  @CsvSource({"0, 65535, 0, 255", "65535, 0, 255, 0", "0, 0, 0, 255"})
  void paletteOfTwoColoursIsBlackOrWhiteAsItsColoursAre(
      int colour0, int colour1, float first, float second) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, 1)
        .set(TiffTag.PHOTOMETRIC, 3)
        .set(TiffTag.COLOR_MAP, colour0, colour1, colour0, colour1, colour0, colour1)
        .strips(new byte[] {0b0100_0000});
    assertReads(file, first, second);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16})
  void valuesWhereZeroIsWhiteStayAsTheyAreStored(int bits) throws IOException {
    // ImageJ's masks with an inverted table have 255 for objects.
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, bits)
        .set(TiffTag.PHOTOMETRIC, 0)
        .strips(bits == 16 ? file.shorts(1, 3) : packed(new long[] {1, 3}, 2, bits));
    assertReads(file, 1, 3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void numbersOf24BitsFollowTheOrderOfTheFile(boolean bigEndian) throws IOException {
    TiffBuilder file =
        new TiffBuilder(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, false);
    byte[] bytes = bigEndian ? new byte[] {1, 2, 3, -1, -1, -1} : new byte[] {3, 2, 1, -1, -1, -1};
    file.page(2, 1, 24).strips(bytes);
    assertReads(file, 0x010203, 0xffffff);
  }

  @ParameterizedTest
  @CsvSource({"8, -128", "12, -2048", "16, -32768", "24, -8388608"})
  void signedNumbersKeepTheirSign(int bits, int smallest) throws IOException {
    TiffBuilder file = new TiffBuilder(ByteOrder.BIG_ENDIAN, false);
    long mask = (1L << bits) - 1;
    file.page(3, 1, bits)
        .set(TiffTag.SAMPLE_FORMAT, 2)
        .strips(packed(new long[] {smallest & mask, mask, 5}, 3, bits));
    assertReads(file, smallest, -1, 5);
  }

  @Test
  void halfFloatsAreExact() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(5, 1, 16)
        .set(TiffTag.SAMPLE_FORMAT, 3)
        .strips(file.shorts(0x3c00, 0xc100, 0x7bff, 0x0001, 0xfc00));
    assertReads(file, 1, -2.5f, 65504, 0x1p-24f, Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(longs = {16777217, 4294967295L, 2147483648L})
  void idsOf32BitsAreExact(long id) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, 32).strips(file.ints(id, id - 1));
    try (Volume volume = Volumes.open(file.write(folder))) {
      assertEquals(PixelType.UINT32, volume.pixelType());
      assertArrayEquals(new long[] {id, id - 1}, labels(volume));
      assertEquals((double) id, volume.channel(0).getAt(0, 0, 0).getRealDouble());
    }
  }

  @Test
  void idsOf64BitsAreExactToTheLast() throws IOException {
    long[] ids = {(1L << 53) + 1, Long.MAX_VALUE, -1};
    TiffBuilder file = new TiffBuilder(ByteOrder.BIG_ENDIAN, true);
    file.page(3, 1, 64).strips(file.longs(ids));
    try (Volume volume = Volumes.open(file.write(folder))) {
      assertEquals(PixelType.UINT64, volume.pixelType());
      assertArrayEquals(ids, labels(volume));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64})
  void signedIdsAreExactWhereFloatsAreNot(int bits) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, bits)
        .set(TiffTag.SAMPLE_FORMAT, 2)
        .strips(bits == 32 ? file.ints(16777217, 16777216) : file.longs(16777217, 16777216));
    try (Volume volume = Volumes.open(file.write(folder))) {
      assertArrayEquals(new long[] {16777217, 16777216}, labels(volume));
      BadInputException e =
          assertThrows(BadInputException.class, () -> volume.readSlice(0, 0, new float[2]));
      assertTrue(e.getMessage().contains("16777217 at x=0, y=0 of slice z=0"), e.getMessage());
      assertThrows(BadInputException.class, () -> volume.channel(0).getAt(0, 0, 0));
    }
  }

  @Test
  void signedNegativeNumbersAreNoIds() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, 32).set(TiffTag.SAMPLE_FORMAT, 2).strips(file.ints(7, -70000));
    try (Volume volume = Volumes.open(file.write(folder))) {
      assertArrayEquals(new float[] {7, -70000}, values(volume, 0));
      assertEquals(-70000, volume.channel(0).getAt(1, 0, 0).getRealFloat());
      BadInputException e = assertThrows(BadInputException.class, () -> labels(volume));
      assertTrue(e.getMessage().contains("-70000 at x=1"), e.getMessage());
    }
  }

  @Test
  void idsIn64BitFloatsAreExactUpTo53Bits() throws IOException {
    long largest = 1L << 53;
    TiffBuilder file = new TiffBuilder();
    file.page(3, 1, 64)
        .set(TiffTag.SAMPLE_FORMAT, 3)
        .strips(file.doubles(16777217, largest - 1, largest));
    try (Volume volume = Volumes.open(file.write(folder))) {
      assertEquals(PixelType.FLOAT32, volume.pixelType());
      assertArrayEquals(new long[] {16777217, largest - 1, largest}, labels(volume));
      assertThrows(BadInputException.class, () -> volume.readSlice(0, 0, new float[3]));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {5.0000000001, 1e16, -1, Double.NaN, 1e300})
  void other64BitFloatsAreNoIds(double value) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(1, 1, 64).set(TiffTag.SAMPLE_FORMAT, 3).strips(file.doubles(value));
    try (Volume volume = Volumes.open(file.write(folder))) {
      assertThrows(BadInputException.class, () -> labels(volume));
    }
  }

  @Test
  void brightnessIn64BitFloatsIsRounded() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(3, 1, 64)
        .set(TiffTag.SAMPLE_FORMAT, 3)
        .strips(file.doubles(0.1, 123456789.5, Double.NaN));
    assertReads(file, 0.1f, 123456792, Float.NaN);
  }

  @Test
  void numbersBeyondAllFloatsAreRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(1, 1, 64).set(TiffTag.SAMPLE_FORMAT, 3).strips(file.doubles(1e39));
    assertRefused(file, "1.0E39", "cannot be held exactly");
  }

  @ParameterizedTest
  @CsvSource({
    "64, 5, complex integers (SampleFormat 5)",
    "64, 6, complex numbers (SampleFormat 6)",
    "128, 6, complex numbers (SampleFormat 6)",
    "8, 4, undefined numbers (SampleFormat 4)",
    "8, 0, numbers of an unknown kind (SampleFormat 0)",
    "16, 7, numbers of an unknown kind (SampleFormat 7)",
    "24, 3, pixels of 24-bit float are not supported",
    "8, 3, pixels of 8-bit float are not supported",
    "48, 1, pixels of 48 bits are not supported",
    "1, 2, pixels of 1 bits are not supported",
    "0, 1, pixels of 0 bits are not supported",
    "128, 1, pixels of 128 bits are not supported"
  })
  void otherKindsOfNumbersAreRefusedByName(int bits, int format, String words) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(1, 1, bits).set(TiffTag.SAMPLE_FORMAT, format).strips(new byte[16]);
    assertRefused(file, words);
  }

  @Test
  void channelsOfDifferentKindsAreRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(1, 1, 16)
        .set(TiffTag.SAMPLES_PER_PIXEL, 2)
        .set(TiffTag.BITS_PER_SAMPLE, 16, 16)
        .set(TiffTag.SAMPLE_FORMAT, 1, 2)
        .strips(new byte[4]);
    assertRefused(file, "its channels differ in their number formats: [1, 2]");
    file = new TiffBuilder();
    file.page(1, 1, 16)
        .set(TiffTag.SAMPLES_PER_PIXEL, 3)
        .set(TiffTag.BITS_PER_SAMPLE, 5, 6, 5)
        .strips(new byte[2]);
    assertRefused(file, "its channels differ in their bits: [5, 6, 5]");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 4, CMYK",
    "6, 3, YCbCr",
    "8, 3, CIE L*a*b*",
    "32803, 1, colour filter",
    "32845, 3, LogLuv",
    "34892, 1, LinearRaw",
    "99, 1, unknown kind"
  })
  void otherColoursAreRefusedByName(int photometric, int samples, String words) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(1, 1, 8)
        .set(TiffTag.PHOTOMETRIC, photometric)
        .set(TiffTag.SAMPLES_PER_PIXEL, samples)
        .strips(new byte[4]);
    assertRefused(file, words, "PhotometricInterpretation " + photometric);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1", "4, 1, 3", "4, 2, 3", "5, 1, 4", "3, 0, 3", "4, 0, 4"})
  void transparencyIsNoChannel(int samples, int extra, int channels) throws IOException {
    TiffBuilder file = new TiffBuilder();
    TiffBuilder.Page page = file.page(1, 1, 8).set(TiffTag.SAMPLES_PER_PIXEL, samples);
    page.set(TiffTag.EXTRA_SAMPLES, extra).strips(new byte[] {1, 2, 3, 4, 5});
    page.set(TiffTag.PHOTOMETRIC, samples > 3 ? 2 : 1);
    Path path = file.write(folder);
    try (Volume volume = Volumes.open(path)) {
      assertEquals(channels, volume.channels());
      assertEquals(channels, volume.channel(channels - 1).getAt(0, 0, 0).getRealFloat());
    }
  }
}
