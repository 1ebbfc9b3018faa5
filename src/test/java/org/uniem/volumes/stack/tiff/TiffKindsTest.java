package org.uniem.volumes.stack.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadInputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** TIFF files of many kinds, written by the Java runtime's own writer or laid out by hand. */
class TiffKindsTest {

  private static final int WIDTH = 37;
  private static final int HEIGHT = 29;
  private static final long SEED = 20260722;

  @TempDir Path folder;

  private static BufferedImage image(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    Random random = new Random(SEED);
    for (int b = 0; b < image.getRaster().getNumBands(); b++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          // Half ramp, half noise, so that runs, tables and differences all occur.
          int value = x < WIDTH / 2 ? x * 300 + y : random.nextInt(65536);
          int bits = image.getSampleModel().getSampleSize(b);
          image.getRaster().setSample(x, y, b, value & ((1 << bits) - 1));
        }
      }
    }
    return image;
  }

  private Path write(BufferedImage image, String compression, int predictor, boolean tiles)
      throws IOException {
    Path path = folder.resolve("image.tif");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    if (!compression.isEmpty()) {
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType(compression);
    }
    if (tiles) {
      param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
      param.setTiling(16, 16, 0, 0);
    }
    ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(image);
    IIOMetadata metadata = writer.getDefaultImageMetadata(type, param);
    addPredictor(metadata, predictor);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(path.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, metadata), param);
    } finally {
      writer.dispose();
    }
    return path;
  }

  private static void addPredictor(IIOMetadata metadata, int predictor) throws IOException {
    IIOMetadataNode root =
        (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    IIOMetadataNode field = new IIOMetadataNode("TIFFField");
    field.setAttribute("number", "317");
    IIOMetadataNode shorts = new IIOMetadataNode("TIFFShorts");
    IIOMetadataNode value = new IIOMetadataNode("TIFFShort");
    value.setAttribute("value", String.valueOf(predictor));
    shorts.appendChild(value);
    field.appendChild(shorts);
    root.getFirstChild().appendChild(field);
    metadata.setFromTree(metadata.getNativeMetadataFormatName(), root);
  }

  private static void assertSame(BufferedImage image, int factor, Volume volume) {
    for (int c = 0; c < volume.channels(); c++) {
      float[] expected = new float[WIDTH * HEIGHT];
      image.getRaster().getSamples(0, 0, WIDTH, HEIGHT, c, expected);
      for (int i = 0; i < expected.length; i++) {
        expected[i] *= factor;
      }
      float[] found = new float[WIDTH * HEIGHT];
      volume.readSlice(0, c, found);
      assertArrayEquals(expected, found, "seed " + SEED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1, false",
    "'', 1, true",
    "LZW, 1, false",
    "LZW, 2, false",
    "LZW, 2, true",
    "ZLib, 1, true",
    "ZLib, 2, false",
    "Deflate, 1, false",
    "PackBits, 1, false"
  })
  void everyCompressionGivesTheSamePixels(String compression, int predictor, boolean tiles)
      throws IOException {
    for (int type :
        new int[] {
          BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_INT_RGB
        }) {
      if (type == BufferedImage.TYPE_USHORT_GRAY && predictor == 2) {
        continue; // The Java writer knows the predictor for 8 bits only.
      }
      BufferedImage image = image(type);
      try (Volume volume = Volumes.open(write(image, compression, predictor, tiles))) {
        assertEquals(type == BufferedImage.TYPE_INT_RGB ? 3 : 1, volume.channels());
        assertSame(image, 1, volume);
      }
    }
  }

  @Test
  void largeLzwImageUsesCodesOfAllWidths() throws IOException {
    BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(SEED);
    int[] values = random.ints(400 * 300, 0, 6).map(i -> i * 40).toArray();
    image.getRaster().setSamples(0, 0, 400, 300, 0, values);
    try (Volume volume = Volumes.open(write(image, "LZW", 1, false))) {
      float[] found = new float[values.length];
      volume.readSlice(0, 0, found);
      for (int i = 0; i < values.length; i++) {
        assertEquals(values[i], found[i]);
      }
    }
  }

  @Test
  void transparencyIsLeftOut() throws IOException {
    BufferedImage image = image(BufferedImage.TYPE_4BYTE_ABGR);
    try (Volume volume = Volumes.open(write(image, "", 1, false))) {
      assertEquals(3, volume.channels());
      assertSame(image, 1, volume);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif"})
  void paletteImageHasItsIndicesAsValues(String extension) throws IOException {
    byte[] colours = new byte[256];
    new Random(SEED).nextBytes(colours);
    IndexColorModel palette = new IndexColorModel(8, 256, colours, colours, colours);
    BufferedImage image =
        new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSample(3, 2, 0, 200);
    image.getRaster().setSample(4, 2, 0, 7);
    Path path = folder.resolve("labels." + extension);
    assertTrue(ImageIO.write(image, extension, path.toFile()));
    try (Volume volume = Volumes.open(path)) {
      assertEquals(1, volume.channels());
      assertEquals(PixelType.UINT8, volume.pixelType());
      assertSame(image, 1, volume);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif"})
  void oneBitImageHasValues0And255(String extension) throws IOException {
    BufferedImage image = image(BufferedImage.TYPE_BYTE_BINARY);
    Path path = folder.resolve("mask." + extension);
    assertTrue(ImageIO.write(image, extension, path.toFile()));
    try (Volume volume = Volumes.open(path)) {
      assertEquals(PixelType.UINT8, volume.pixelType());
      assertSame(image, 255, volume);
    }
  }

  @ParameterizedTest
  @CsvSource({"32, 2, -70000", "64, 2, -5", "64, 3, 0.5", "16, 2, -300"})
  void otherNumberTypesAreReadAsFloat(int bits, int format, double value) throws IOException {
    try (Volume volume = Volumes.open(onePixel(bits, format, value))) {
      assertEquals(PixelType.FLOAT32, volume.pixelType());
      assertEquals((float) value, volume.channel(0).getAt(0, 0, 0).getRealFloat());
    }
  }

  @Test
  void notANumberIsReadAsItIs() throws IOException {
    try (Volume volume = Volumes.open(onePixel(32, 3, Double.NaN))) {
      float[] found = new float[1];
      volume.readSlice(0, 0, found);
      assertTrue(Float.isNaN(found[0]));
    }
  }

  private Path onePixel(int bits, int format, double value) throws IOException {
    ByteBuffer pixel = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    switch (bits) {
      case 16 -> pixel.putShort((short) value);
      case 32 -> pixel.putInt(format == 3 ? Float.floatToIntBits((float) value) : (int) value);
      default -> pixel.putLong(format == 3 ? Double.doubleToLongBits(value) : (long) value);
    }
    TiffDirectoryBuilder tags = new TiffDirectoryBuilder(false);
    tags.add(TiffTag.WIDTH, TiffDirectory.SHORT, 1);
    tags.add(TiffTag.HEIGHT, TiffDirectory.SHORT, 1);
    tags.add(TiffTag.BITS_PER_SAMPLE, TiffDirectory.SHORT, bits);
    tags.add(TiffTag.STRIP_OFFSETS, TiffDirectory.LONG, 8);
    tags.add(TiffTag.SAMPLE_FORMAT, TiffDirectory.SHORT, format);
    return writeFile(tags, pixel.array());
  }

  private Path writeFile(TiffDirectoryBuilder tags, byte[] pixels) throws IOException {
    byte[] directory = tags.build(8 + pixels.length, true);
    ByteBuffer file = ByteBuffer.allocate(8 + pixels.length + directory.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putInt(0x002a4949).putInt(8 + pixels.length);
    return Files.write(folder.resolve("file.tif"), file.put(pixels).put(directory).array());
  }

  @Test
  void channelsInPlanesOfTheirOwnAreRead() throws IOException {
    TiffDirectoryBuilder tags = new TiffDirectoryBuilder(false);
    tags.add(TiffTag.WIDTH, TiffDirectory.SHORT, 2);
    tags.add(TiffTag.HEIGHT, TiffDirectory.SHORT, 2);
    tags.add(TiffTag.BITS_PER_SAMPLE, TiffDirectory.SHORT, 8, 8, 8);
    tags.add(TiffTag.PHOTOMETRIC, TiffDirectory.SHORT, 2);
    tags.add(TiffTag.STRIP_OFFSETS, TiffDirectory.LONG, 8, 10, 12, 14, 16, 18);
    tags.add(TiffTag.SAMPLES_PER_PIXEL, TiffDirectory.SHORT, 3);
    tags.add(TiffTag.ROWS_PER_STRIP, TiffDirectory.SHORT, 1);
    tags.add(TiffTag.STRIP_BYTE_COUNTS, TiffDirectory.LONG, 2, 2, 2, 2, 2, 2);
    tags.add(TiffTag.PLANAR_CONFIGURATION, TiffDirectory.SHORT, 2);
    Path path = writeFile(tags, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    try (Volume volume = Volumes.open(path)) {
      float[] found = new float[4];
      volume.readSlice(0, 1, found);
      assertArrayEquals(new float[] {5, 6, 7, 8}, found);
      volume.readSlice(0, 2, found);
      assertArrayEquals(new float[] {9, 10, 11, 12}, found);
    }
  }

  @Test
  void bigTiffIsWrittenBeyondTheLimitAndRead() throws IOException {
    Path path = folder.resolve("big.tif");
    VolumeSpec spec = new VolumeSpec(3, 2, 4, 1, PixelType.UINT16, new VoxelSize(2, 2, 9, "nm"));
    try (VolumeWriter writer = new TiffStackWriter(path, spec, 64)) {
      for (int z = 0; z < 4; z++) {
        writer.writeSlice(new float[] {z, 1, 2, 3, 4, 65535 - z});
      }
      writer.commit();
    }
    assertEquals(43, Files.readAllBytes(path)[2]);
    try (Volume volume = Volumes.open(path)) {
      assertEquals(spec, Volumes.specOf(volume));
      float[] found = new float[6];
      volume.readSlice(3, 0, found);
      assertArrayEquals(new float[] {3, 1, 2, 3, 4, 65532}, found);
    }
  }

  @Test
  void truncatedStackNamesThePage() throws IOException {
    Path path = folder.resolve("short.tif");
    VolumeSpec spec = new VolumeSpec(3, 2, 4, 1, PixelType.UINT8, VoxelSize.UNKNOWN);
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      for (int z = 0; z < 4; z++) {
        writer.writeSlice(new float[6]);
      }
      writer.commit();
    }
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(bytes, bytes.length - 20));
    BadInputException e = assertThrows(BadInputException.class, () -> Volumes.open(path));
    assertTrue(e.getMessage().contains("Cannot read page 4 of 4 of " + path), e.getMessage());
  }

  @Test
  void damagedPixelsNameThePage() throws IOException {
    Path path = folder.resolve("damaged.tif");
    VolumeSpec spec = new VolumeSpec(30, 20, 2, 1, PixelType.UINT8, VoxelSize.UNKNOWN);
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      writer.writeSlice(new float[600]);
      writer.writeSlice(new float[600]);
      writer.commit();
    }
    byte[] bytes = Files.readAllBytes(path);
    Arrays.fill(bytes, 16, 24, (byte) 0x55);
    Files.write(path, bytes);
    try (Volume volume = Volumes.open(path)) {
      BadInputException e =
          assertThrows(BadInputException.class, () -> volume.readSlice(0, 0, new float[600]));
      assertTrue(e.getMessage().contains("page 1 of 2 of " + path), e.getMessage());
      volume.readSlice(1, 0, new float[600]);
    }
  }

  @Test
  void pagesOfDifferentSizeAreRefused() throws IOException {
    TiffDirectoryBuilder first = onePage(2);
    int second = 8 + 2 + first.build(10, false).length;
    byte[] pages = new byte[second - 10 + onePage(1).build(second, true).length];
    byte[] head = first.build(10, false);
    System.arraycopy(head, 0, pages, 0, head.length);
    byte[] tail = onePage(1).build(second, true);
    System.arraycopy(tail, 0, pages, head.length, tail.length);
    ByteBuffer file = ByteBuffer.allocate(10 + pages.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0x002a4949).putInt(10).putShort((short) 0).put(pages);
    Path path = Files.write(folder.resolve("pages.tif"), file.array());
    BadInputException e = assertThrows(BadInputException.class, () -> Volumes.open(path));
    assertTrue(e.getMessage().contains("expected 2 x 1 pixels"), e.getMessage());
    assertTrue(
        e.getMessage().contains("found 1 x 1 pixels, 1 channel, 8-bit on page 2 of 2"),
        e.getMessage());
  }

  private static TiffDirectoryBuilder onePage(int width) {
    TiffDirectoryBuilder tags = new TiffDirectoryBuilder(false);
    tags.add(TiffTag.WIDTH, TiffDirectory.SHORT, width);
    tags.add(TiffTag.HEIGHT, TiffDirectory.SHORT, 1);
    tags.add(TiffTag.BITS_PER_SAMPLE, TiffDirectory.SHORT, 8);
    tags.add(TiffTag.STRIP_OFFSETS, TiffDirectory.LONG, 8);
    return tags;
  }
}
