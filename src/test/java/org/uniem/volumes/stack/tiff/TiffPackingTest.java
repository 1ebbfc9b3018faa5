package org.uniem.volumes.stack.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Compressions and predictors. */
class TiffPackingTest extends TiffCase {

  private static final long SEED = 20260802;

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(SEED).nextBytes(noise);
    return noise;
  }

  private static float[] unsigned(byte[] bytes) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"50000, true", "50000, false", "34926, true", "34926, false"})
  void zstandardIsReadWithAndWithoutItsSize(int compression, boolean sized) throws IOException {
    byte[] pixels = noise(7 * 5);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(stream)) {
      out.write(pixels);
    }
    TiffBuilder file = new TiffBuilder();
    file.page(7, 5, 8)
        .set(TiffTag.COMPRESSION, compression)
        .strips(sized ? Zstd.compress(pixels) : stream.toByteArray());
    assertReads(file, unsigned(pixels));
  }

  @Test
  void damagedZstandardIsRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    byte[] packed = Zstd.compress(noise(35));
    file.page(7, 5, 8).set(TiffTag.COMPRESSION, 50000).strips(Arrays.copyOf(packed, 20));
    assertRefused(file, "page 1 of 1", "Zstandard");
    file = new TiffBuilder();
    file.page(7, 5, 8).set(TiffTag.COMPRESSION, 50000).strips(Zstd.compress(noise(30)));
    assertRefused(file, "its data end after 30 bytes, expected 35");
  }

  @ParameterizedTest
  @CsvSource({
    "2, CCITT modified Huffman",
    "3, Group 3",
    "4, Group 4",
    "6, old-style JPEG",
    "34712, JPEG 2000",
    "34887, LERC",
    "34892, JPEG without loss",
    "34925, LZMA",
    "50001, WebP",
    "50002, JPEG XL",
    "34934, JPEG XR",
    "34933, PNG",
    "77, compression 77 is"
  })
  void otherCompressionsAreRefusedByName(int compression, String name) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(1, 1, 0).set(TiffTag.COMPRESSION, compression);
    assertRefused(file, "TIFF compression " + compression, name, "save the images in Fiji");
  }

  @Test
  void lzwOfBefore1988IsRefusedByName() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(4, 1, 8).set(TiffTag.COMPRESSION, 5).strips(new byte[] {0, 1, 2, 3});
    assertRefused(file, "LZW of before 1988");
  }

  /** Differences of numbers of any width, by big steps of longs as an oracle. */
  private static byte[] differences(
      long[] numbers, int width, int step, int bits, ByteOrder order) {
    int size = bits / 8;
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * size);
    for (int i = 0; i < numbers.length; i++) {
      boolean first = i % (width * step) < step;
      long value = first ? numbers[i] : numbers[i] - numbers[i - step];
      for (int b = 0; b < size; b++) {
        int shift = order == ByteOrder.BIG_ENDIAN ? 8 * (size - 1 - b) : 8 * b;
        bytes.put((byte) (value >>> shift));
      }
    }
    return bytes.array();
  }

  @ParameterizedTest
  @CsvSource({
    "8, 1, false",
    "8, 3, false",
    "8, 3, true",
    "16, 1, false",
    "16, 3, true",
    "24, 1, false",
    "24, 3, false",
    "32, 1, false",
    "32, 3, true",
    "64, 1, false",
    "64, 3, false"
  })
  void differencesOfAllWidthsAreUndone(int bits, int samples, boolean planes) throws IOException {
    int width = 5;
    long[] numbers = new Random(SEED).longs((long) width * 3 * samples).toArray();
    for (int i = 0; i < numbers.length && bits < 64; i++) {
      numbers[i] &= (1L << bits) - 1;
    }
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      TiffBuilder file = new TiffBuilder(order, false);
      TiffBuilder.Page page =
          file.page(width, 3, bits)
              .set(TiffTag.SAMPLES_PER_PIXEL, samples)
              .set(TiffTag.COMPRESSION, TiffCompression.DEFLATE)
              .set(TiffTag.PLANAR_CONFIGURATION, planes ? 2 : 1)
              .set(TiffTag.PREDICTOR, 2);
      byte[][] strips = new byte[planes ? samples : 1][];
      int part = numbers.length / strips.length;
      for (int i = 0; i < strips.length; i++) {
        long[] own = Arrays.copyOfRange(numbers, i * part, (i + 1) * part);
        strips[i] = TiffBuilder.deflate(differences(own, width, planes ? 1 : samples, bits, order));
      }
      page.strips(strips);
      try (Volume volume = Volumes.open(file.write(folder))) {
        long[] found = new long[width * 3];
        for (int c = 0; c < samples; c++) {
          volume.readLabels(0, c, found);
          for (int i = 0; i < found.length; i++) {
            long expected = planes ? numbers[c * part + i] : numbers[i * samples + c];
            assertEquals(expected, found[i], "seed " + SEED + ", " + order + ", number " + i);
          }
        }
      }
    }
  }

  /** The most significant bytes of a row first, then the next, each byte less the one before. */
  private static byte[] floatDifferences(byte[] bigEndian, int size, int step, int rowBytes) {
    byte[] result = new byte[bigEndian.length];
    for (int row = 0; row < result.length; row += rowBytes) {
      byte[] planes = new byte[rowBytes];
      for (int i = 0; i < rowBytes; i++) {
        planes[i % size * (rowBytes / size) + i / size] = bigEndian[row + i];
      }
      for (int i = 0; i < rowBytes; i++) {
        result[row + i] = (byte) (planes[i] - (i < step ? 0 : planes[i - step]));
      }
    }
    return result;
  }

  @ParameterizedTest
  @CsvSource({"16, 1", "16, 2", "32, 1", "32, 3", "64, 1", "64, 2"})
  void differencesOfFloatsAreUndone(int bits, int samples) throws IOException {
    int width = 6;
    Random random = new Random(SEED);
    ByteBuffer pixels = ByteBuffer.allocate(width * 2 * samples * bits / 8);
    float[] expected = new float[width * 2 * samples];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = random.nextInt(-1024, 1024) / 8f;
      switch (bits) {
        case 16 -> pixels.putShort(half(expected[i]));
        case 32 -> pixels.putFloat(expected[i]);
        default -> pixels.putDouble(expected[i]);
      }
    }
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      TiffBuilder file = new TiffBuilder(order, false);
      int rowBytes = width * samples * bits / 8;
      file.page(width, 2, bits)
          .set(TiffTag.SAMPLES_PER_PIXEL, samples)
          .set(TiffTag.SAMPLE_FORMAT, 3)
          .set(TiffTag.COMPRESSION, TiffCompression.DEFLATE)
          .set(TiffTag.PREDICTOR, 3)
          .strips(
              TiffBuilder.deflate(floatDifferences(pixels.array(), bits / 8, samples, rowBytes)));
      try (Volume volume = Volumes.open(file.write(folder))) {
        for (int c = 0; c < samples; c++) {
          float[] found = values(volume, c);
          for (int i = 0; i < found.length; i++) {
            assertEquals(expected[i * samples + c], found[i], "seed " + SEED + ", " + order);
          }
        }
      }
    }
  }

  /** Numbers that a half float holds exactly and that are not below its normal ones. */
  private static short half(float value) {
    int bits = Float.floatToIntBits(value);
    return value == 0
        ? 0
        : (short) (bits >>> 16 & 0x8000 | ((bits >>> 23 & 0xff) - 112 << 10) | bits >>> 13 & 0x3ff);
  }

  @ParameterizedTest
  @CsvSource({"3, 16, 1", "3, 8, 1", "2, 12, 1", "2, 1, 1", "34892, 16, 1", "34894, 32, 3"})
  void otherPredictorsAreRefused(int predictor, int bits, int format) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, bits)
        .set(TiffTag.SAMPLE_FORMAT, format)
        .set(TiffTag.COMPRESSION, TiffCompression.DEFLATE)
        .set(TiffTag.PREDICTOR, predictor)
        .strips(TiffBuilder.deflate(new byte[8]));
    assertRefused(file, "predictor " + predictor);
  }

  @Test
  void predictorLeftInAFileOfPlainBytesIsNotHeeded() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(3, 1, 1, 1, 1).set(TiffTag.PREDICTOR, 2);
    assertReads(file, 1, 1, 1);
  }

  private static BufferedImage smooth(int type, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int b = 0; b < image.getRaster().getNumBands(); b++) {
          image.getRaster().setSample(x, y, b, 40 + 3 * x + 2 * y + 20 * b);
        }
      }
    }
    return image;
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(image, null, null));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jpegIsReadAsItsDecoderGivesIt(boolean sharedTables) throws IOException {
    BufferedImage image = smooth(BufferedImage.TYPE_BYTE_GRAY, 24, 16);
    byte[] stream = jpeg(image);
    float[] expected = new float[24 * 16];
    ImageIO.read(new ByteArrayInputStream(stream))
        .getRaster()
        .getSamples(0, 0, 24, 16, 0, expected);
    TiffBuilder file = new TiffBuilder();
    TiffBuilder.Page page = file.page(24, 16, 8).set(TiffTag.COMPRESSION, TiffCompression.JPEG);
    if (sharedTables) {
      byte[][] parts = split(stream);
      page.raw(TiffTag.JPEG_TABLES, 7, parts[0].length, parts[0]).strips(parts[1]);
    } else {
      page.strips(stream);
    }
    assertReads(file, expected);
  }

  /** The tables of a stream as a stream of their own, and the rest of it. */
  private static byte[][] split(byte[] stream) {
    ByteArrayOutputStream tables = new ByteArrayOutputStream();
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    for (ByteArrayOutputStream part : new ByteArrayOutputStream[] {tables, rest}) {
      part.write(0xff);
      part.write(0xd8);
    }
    int at = 2;
    while ((stream[at + 1] & 0xff) != 0xda) {
      int length = 2 + ((stream[at + 2] & 0xff) << 8 | stream[at + 3] & 0xff);
      int marker = stream[at + 1] & 0xff;
      boolean table = marker == 0xdb || marker == 0xc4;
      (table ? tables : rest).write(stream, at, length);
      at += length;
    }
    rest.write(stream, at, stream.length - at);
    tables.write(0xff);
    tables.write(0xd9);
    return new byte[][] {tables.toByteArray(), rest.toByteArray()};
  }

  @Test
  void coloursOfJpegAreRedGreenAndBlue() throws IOException {
    BufferedImage image = smooth(BufferedImage.TYPE_3BYTE_BGR, 32, 16);
    byte[] stream = jpeg(image);
    Raster decoded = ImageIO.read(new ByteArrayInputStream(stream)).getRaster();
    TiffBuilder file = new TiffBuilder();
    file.page(32, 16, 8)
        .set(TiffTag.SAMPLES_PER_PIXEL, 3)
        .set(TiffTag.PHOTOMETRIC, 6)
        .set(TiffTag.COMPRESSION, TiffCompression.JPEG)
        .tiles(32, 16, stream);
    try (Volume volume = Volumes.open(file.write(folder))) {
      for (int c = 0; c < 3; c++) {
        float[] expected = new float[32 * 16];
        decoded.getSamples(0, 0, 32, 16, c, expected);
        // The decoder rounds in steps of its own.
        assertArrayEquals(expected, values(volume, c), 1);
      }
    }
  }

  @Test
  void jpegThatIsDamagedOrOfAnotherSizeIsRefused() throws IOException {
    byte[] stream = jpeg(smooth(BufferedImage.TYPE_BYTE_GRAY, 24, 16));
    TiffBuilder file = new TiffBuilder();
    file.page(24, 16, 8)
        .set(TiffTag.COMPRESSION, TiffCompression.JPEG)
        .strips(Arrays.copyOf(stream, stream.length - 12));
    assertRefused(file, "the end of its JPEG stream is missing");
    file = new TiffBuilder();
    file.page(30, 16, 8).set(TiffTag.COMPRESSION, TiffCompression.JPEG).strips(stream);
    assertRefused(file, "its JPEG stream has 24 x 16 pixels of 1 samples: expected 30 x 16 of 1");
    file = new TiffBuilder();
    file.page(24, 16, 12).set(TiffTag.COMPRESSION, TiffCompression.JPEG).strips(stream);
    assertRefused(file, "JPEG of 12 bits is not supported");
  }
}
