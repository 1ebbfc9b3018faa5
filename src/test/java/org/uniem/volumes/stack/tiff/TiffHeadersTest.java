package org.uniem.volumes.stack.tiff;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.UniemException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Headers that cannot be, by accident or on purpose. */
class TiffHeadersTest extends TiffCase {

  private static final long HUGE = 0xfffffff0L;

  private void assertRefused(byte[] bytes, String words) throws IOException {
    Path path = Files.write(folder.resolve("built.tif"), bytes);
    UniemException e =
        assertThrows(
            UniemException.class,
            () -> {
              try (Volume volume = Volumes.open(path)) {
                values(volume, 0);
              }
            });
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "256, 4294967280, its size of",
    "257, 4294967280, its size of",
    "256, 0, its size of 0 x 1",
    "277, 0, it has 0 samples per pixel",
    "277, 4294967280, samples per pixel",
    "278, 0, are not possible",
    "32997, 4294967280, its depth of",
    "32997, 0, its depth of 0",
    "32997, 200000000, it has 1 strips or tiles, expected 200000000",
    "273, 4294967280, is truncated",
    "273, 5000, is truncated"
  })
  void impossibleNumbersAreRefused(int tag, long value, String words) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(1, 1, 7);
    byte[] good = file.build();
    TiffBuilder bad = new TiffBuilder();
    bad.page(1, 1, 8).set(TiffTag.STRIP_OFFSETS, 16).set(tag, value);
    assertRefused(bad.build(), words);
    assertTrue(good.length > 0);
  }

  @ParameterizedTest
  @CsvSource({"322, 4294967280", "323, 4294967280", "32998, 4294967280", "322, 0", "323, 0"})
  void impossibleTilesAreRefused(int tag, long value) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(1, 1, 8).tiles(16, 16, new byte[256]).set(tag, value);
    assertRefused(file.build(), "strips or tiles of");
  }

  @Test
  void largeSlicesFromFewBytesAreRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(16000, 16000, 64)
        .set(TiffTag.SAMPLES_PER_PIXEL, 8)
        .set(TiffTag.PLANAR_CONFIGURATION, 2)
        .strips(null, null, null, null, null, null, null, null);
    assertRefused(file.build(), "one slice takes 15625 MB, Java may use");
  }

  @ParameterizedTest
  @ValueSource(ints = {TiffCompression.LZW, TiffCompression.DEFLATE, 50000})
  void stripsThatCannotUnpackToTheirSizeAreRefused(int compression) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(4000, 4000, 8).set(TiffTag.COMPRESSION, compression).strips(new byte[100]);
    assertRefused(file.build(), "page 1 of 1");
  }

  @Test
  void directoriesInACircleAreRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(1, 1, 7);
    byte[] bytes = file.build();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int first = buffer.getInt(4);
    buffer.putInt(first + 2 + 12 * buffer.getShort(first), first);
    assertRefused(bytes, "its directories go round in a circle");
  }

  @ParameterizedTest
  @ValueSource(ints = {TiffTag.STRIP_OFFSETS, TiffTag.DESCRIPTION, TiffTag.JPEG_TABLES})
  void tagsWithMoreValuesThanTheFileAreRefused(int tag) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(1, 1, 7).raw(tag, TiffDirectory.LONG8, HUGE, new byte[8]);
    // The builder places the strip after its tags are set.
    byte[] bytes = file.build();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int first = buffer.getInt(4);
    for (int i = 0; i < buffer.getShort(first); i++) {
      int entry = first + 2 + 12 * i;
      if (buffer.getShort(entry) == tag) {
        buffer.putInt(entry + 4, (int) HUGE);
      }
    }
    assertRefused(bytes, "values, more than the file");
  }

  @Test
  void directoriesThatShareLongTagsAreRefused() throws IOException {
    // 6,000 directories that all claim the same megabyte of strips.
    int count = 6000;
    byte[] file = new byte[16 + (1 << 20) + count * 54];
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int first = 16 + (1 << 20);
    bytes.putInt(0x002a4949).putInt(first).position(first);
    for (int i = 0; i < count; i++) {
      bytes.putShort((short) 4);
      bytes.putInt(256 | 3 << 16).putInt(1).putInt(1);
      bytes.putInt(257 | 3 << 16).putInt(1).putInt(1);
      bytes.putInt(258 | 3 << 16).putInt(1).putInt(8);
      bytes.putInt(273 | 4 << 16).putInt(1 << 18).putInt(16);
      bytes.putInt(i == count - 1 ? 0 : bytes.position() + 4);
    }
    assertRefused(file, "its directories overlap each other");
  }

  @Test
  void otherFilesAreNotTakenForTiff() throws IOException {
    assertRefused(new byte[] {'I', 'I', 42, 0}, "page 1");
    byte[] big =
        new TiffBuilder(ByteOrder.LITTLE_ENDIAN, true).page8(1, 1, 7) == null ? null : big();
    big[4] = 4;
    assertRefused(big, "it does not begin as a TIFF file");
  }

  private static byte[] big() {
    TiffBuilder file = new TiffBuilder(ByteOrder.LITTLE_ENDIAN, true);
    file.page8(1, 1, 7);
    return file.build();
  }

  private static List<byte[]> samples() {
    List<byte[]> samples = new ArrayList<>();
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      TiffBuilder file = new TiffBuilder(order, order == ByteOrder.BIG_ENDIAN);
      for (int i = 0; i < 3; i++) {
        file.page(5, 4, 16)
            .set(TiffTag.ROWS_PER_STRIP, 2)
            .set(TiffTag.COMPRESSION, TiffCompression.DEFLATE)
            .set(TiffTag.PREDICTOR, 2)
            .resolution(1, 5, 1)
            .description(i > 0 ? "" : "ImageJ=1.54f\nimages=3\nslices=3\nunit=nm\nspacing=9\n")
            .strips(TiffBuilder.deflate(new byte[20]), TiffBuilder.deflate(new byte[20]));
      }
      samples.add(file.build());
      file = new TiffBuilder(order, false);
      file.page(20, 4, 32)
          .set(TiffTag.SAMPLES_PER_PIXEL, 2)
          .set(TiffTag.SAMPLE_FORMAT, 3)
          .set(TiffTag.IMAGE_DEPTH, 3)
          .set(TiffTag.TILE_DEPTH, 2)
          .description("{\"shape\": [3, 4, 20, 2]}")
          .tiles(16, 16, new byte[4096], new byte[4096], new byte[4096], null);
      samples.add(file.build());
      file = new TiffBuilder(order, false);
      for (int i = 0; i < 4; i++) {
        file.page8(2, 1, i, i)
            .description(
                i > 0
                    ? ""
                    : "<OME><Image><Pixels SizeX=\"2\" SizeY=\"1\" SizeZ=\"2\" SizeC=\"2\""
                        + " SizeT=\"1\" DimensionOrder=\"XYZCT\" PhysicalSizeX=\"5\""
                        + " PhysicalSizeY=\"5\" PhysicalSizeZ=\"40\"><TiffData IFD=\"0\""
                        + " PlaneCount=\"4\"/></Pixels></Image></OME>");
      }
      samples.add(file.build());
    }
    return samples;
  }

  @Test
  void mutatedFilesAreReadOrRefusedInWords() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<byte[]> samples = samples();
    Path path = folder.resolve("mutated.tif");
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = samples.get(i % samples.size()).clone();
      int changes = random.nextInt(1, 6);
      for (int k = 0; k < changes; k++) {
        int at = random.nextInt(bytes.length);
        bytes[at] =
            switch (random.nextInt(4)) {
              case 0 -> 0;
              case 1 -> -1;
              case 2 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
              default -> (byte) random.nextInt(256);
            };
      }
      if (random.nextInt(10) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      Files.write(path, bytes);
      try (Volume volume = Volumes.open(path)) {
        if (volume.width() * volume.height() < 1 << 20 && volume.depth() < 1000) {
          values(volume, volume.channels() - 1);
        }
      } catch (UniemException e) {
        assertTrue(e.getMessage().contains("mutated.tif"), e.getMessage());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", file " + i, e);
      }
    }
  }
}
