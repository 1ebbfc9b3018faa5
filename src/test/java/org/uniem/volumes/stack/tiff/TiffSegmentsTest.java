package org.uniem.volumes.stack.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Where strips and tiles are, and where they are not. */
class TiffSegmentsTest extends TiffCase {

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stripsThatAreNotStoredAreZero(boolean packed) throws IOException {
    TiffBuilder file = new TiffBuilder();
    byte[] first = bytes(1, 2);
    byte[] last = bytes(5, 6);
    file.page(2, 3, 8)
        .set(TiffTag.COMPRESSION, packed ? TiffCompression.DEFLATE : TiffCompression.NONE)
        .set(TiffTag.ROWS_PER_STRIP, 1)
        .strips(
            packed ? TiffBuilder.deflate(first) : first,
            null,
            packed ? TiffBuilder.deflate(last) : last);
    assertReads(file, 1, 2, 0, 0, 5, 6);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "nan, 0", "-1, 0", "256, 0", "2.5, 0", "words, 0"})
  void tilesThatAreNotStoredHaveTheValueOfNoData(String noData, float expected) throws IOException {
    byte[] tile = new byte[16 * 16];
    Arrays.fill(tile, (byte) 9);
    TiffBuilder file = new TiffBuilder(ByteOrder.BIG_ENDIAN, true);
    file.page(17, 1, 8).text(TiffTag.GDAL_NO_DATA, noData.getBytes()).tiles(16, 16, tile, null);
    float[] all = new float[17];
    Arrays.fill(all, 9);
    all[16] = expected;
    assertReads(file, all);
  }

  @Test
  void floatsThatAreNotStoredMayBeNoNumbers() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(1, 2, 32)
        .set(TiffTag.SAMPLE_FORMAT, 3)
        .text(TiffTag.GDAL_NO_DATA, "nan".getBytes())
        .set(TiffTag.ROWS_PER_STRIP, 1)
        .strips(null, file.floats(3));
    assertReads(file, Float.NaN, 3);
  }

  @Test
  void imageWithoutAnyStoredStripIsZero() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 2, 16).set(TiffTag.ROWS_PER_STRIP, 1).strips(null, null);
    assertReads(file, 0, 0, 0, 0);
  }

  @Test
  void sparseMaskWhereZeroIsWhiteIsWhite() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, 1).set(TiffTag.PHOTOMETRIC, 0).strips((byte[]) null);
    assertReads(file, 255, 255);
  }

  @Test
  void placesOfTilesMayStandInTheTagsOfStrips() throws IOException {
    byte[] left = new byte[16 * 16];
    left[1] = 3;
    byte[] right = new byte[16 * 16];
    right[0] = 4;
    TiffBuilder file = new TiffBuilder();
    file.page(17, 1, 8)
        .set(TiffTag.TILE_WIDTH, 16)
        .set(TiffTag.TILE_HEIGHT, 16)
        .segments(TiffTag.STRIP_OFFSETS, TiffTag.STRIP_BYTE_COUNTS, left, right);
    float[] expected = new float[17];
    expected[1] = 3;
    expected[16] = 4;
    assertReads(file, expected);
  }

  @Test
  void placesOfStripsMayStandInTheTagsOfTiles() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 3, 8)
        .set(TiffTag.ROWS_PER_STRIP, 2)
        .segments(TiffTag.TILE_OFFSETS, TiffTag.TILE_BYTE_COUNTS, bytes(1, 2, 3, 4), bytes(5, 6));
    assertReads(file, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void stripsBesideALeftSizeOfTilesAreStrips() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 3, 8)
        .set(TiffTag.TILE_WIDTH, 16)
        .set(TiffTag.TILE_HEIGHT, 16)
        .set(TiffTag.ROWS_PER_STRIP, 1)
        .strips(bytes(1, 2), bytes(3, 4), bytes(5, 6));
    assertReads(file, 1, 2, 3, 4, 5, 6);
  }

  @ParameterizedTest
  @ValueSource(ints = {TiffCompression.NONE, TiffCompression.DEFLATE, TiffCompression.PACK_BITS})
  void byteCountsThatAreLeftOutAreFoundOut(int compression) throws IOException {
    byte[][] strips = {bytes(1, 2, 3), bytes(4, 5, 6), bytes(7, 8, 9)};
    for (int i = 0; i < strips.length; i++) {
      strips[i] =
          switch (compression) {
            case TiffCompression.DEFLATE -> TiffBuilder.deflate(strips[i]);
            case TiffCompression.PACK_BITS -> bytes(2, strips[i][0], strips[i][1], strips[i][2]);
            default -> strips[i];
          };
    }
    for (boolean zero : new boolean[] {false, true}) {
      TiffBuilder file = new TiffBuilder();
      TiffBuilder.Page page =
          file.page(3, 3, 8)
              .set(TiffTag.COMPRESSION, compression)
              .set(TiffTag.ROWS_PER_STRIP, 1)
              .segments(TiffTag.STRIP_OFFSETS, 0, strips);
      if (zero) {
        page.set(TiffTag.STRIP_BYTE_COUNTS, 0, 0, 0);
      }
      assertReads(file, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
  }

  @Test
  void stripsWithAPlaceButNoBytesAmongOthersAreRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 2, 8)
        .set(TiffTag.ROWS_PER_STRIP, 1)
        .segments(TiffTag.STRIP_OFFSETS, 0, bytes(1, 2), bytes(3, 4))
        .set(TiffTag.STRIP_BYTE_COUNTS, 2, 0);
    assertRefused(file, "strip or tile 2 of 2 has no bytes");
  }

  @Test
  void stripsWithBytesButNoPlaceAreRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 2, 8)
        .set(TiffTag.ROWS_PER_STRIP, 1)
        .set(TiffTag.STRIP_OFFSETS, 16, 0)
        .set(TiffTag.STRIP_BYTE_COUNTS, 2, 2);
    assertRefused(file, "strip or tile 2 of 2 has bytes but no place");
  }

  @Test
  void stripsThatAreTooShortAreRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 2, 8)
        .set(TiffTag.ROWS_PER_STRIP, 1)
        .segments(TiffTag.STRIP_OFFSETS, 0, bytes(1, 2), bytes(3, 4))
        .set(TiffTag.STRIP_BYTE_COUNTS, 2, 1);
    assertRefused(file, "strip or tile 2 of 2 has 1 bytes: expected 2");
  }

  @Test
  void theOnlyStripIsReadWhateverItsCountSays() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 2, 8)
        .segments(TiffTag.STRIP_OFFSETS, 0, bytes(1, 2, 3, 4))
        .set(TiffTag.STRIP_BYTE_COUNTS, 1);
    assertReads(file, 1, 2, 3, 4);
  }

  @Test
  void tooFewStripsAreRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 3, 8).set(TiffTag.ROWS_PER_STRIP, 1).strips(bytes(1, 2), bytes(3, 4));
    assertRefused(file, "it has 2 strips or tiles, expected 3");
  }

  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "8, false", "8, true", "16, false", "12, true"})
  void storedBytesWithTheLowestBitFirstAreTurned(int bits, boolean packed) throws IOException {
    byte[] plain = bytes(0b1010_0011, 0b0100_0000, 0b0000_0001, 0b1111_0000);
    byte[] stored = packed ? TiffBuilder.deflate(plain) : plain;
    byte[] turned = new byte[stored.length];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = (byte) (Integer.reverse(stored[i]) >>> 24);
    }
    int width = bits == 1 ? 10 : 32 / bits / 2 * 2;
    int height = bits == 1 ? 2 : 1;
    float[][] found = new float[2][];
    for (int order = 1; order <= 2; order++) {
      TiffBuilder file = new TiffBuilder();
      file.page(width, height, bits)
          .set(TiffTag.COMPRESSION, packed ? TiffCompression.DEFLATE : TiffCompression.NONE)
          .set(TiffTag.FILL_ORDER, order)
          .strips(order == 1 ? stored : turned);
      try (Volume volume = Volumes.open(file.write(folder))) {
        found[order - 1] = values(volume, 0);
      }
    }
    assertArrayEquals(found[0], found[1]);
    assertArrayEquals(
        bits == 1
            ? new float[] {
              255, 0, 255, 0, 0, 0, 255, 255, 0, 255, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255
            }
            : found[0],
        found[1]);
  }

  @Test
  void unknownOrderOfBitsIsRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(1, 1, 5).set(TiffTag.FILL_ORDER, 3);
    assertRefused(file, "FillOrder 3");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void channelsAsPlanesOrSideBySideAreTheSame(boolean planes) throws IOException {
    // Two rows of strips of each of three channels.
    TiffBuilder file = new TiffBuilder(ByteOrder.BIG_ENDIAN, false);
    TiffBuilder.Page page =
        file.page(2, 2, 16)
            .set(TiffTag.SAMPLES_PER_PIXEL, 3)
            .set(TiffTag.PHOTOMETRIC, 2)
            .set(TiffTag.ROWS_PER_STRIP, 1)
            .set(TiffTag.PLANAR_CONFIGURATION, planes ? 2 : 1);
    if (planes) {
      page.strips(
          file.shorts(1, 2),
          file.shorts(3, 4),
          file.shorts(11, 12),
          file.shorts(13, 14),
          file.shorts(21, 22),
          file.shorts(23, 24));
    } else {
      page.strips(file.shorts(1, 11, 21, 2, 12, 22), file.shorts(3, 13, 23, 4, 14, 24));
    }
    try (Volume volume = Volumes.open(file.write(folder))) {
      assertArrayEquals(new float[] {1, 2, 3, 4}, values(volume, 0));
      assertArrayEquals(new float[] {21, 22, 23, 24}, values(volume, 2));
    }
  }

  @Test
  void tilesReachBeyondTheImage() throws IOException {
    ByteArrayOutputStream tile = new ByteArrayOutputStream();
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        tile.write(x < 3 && y < 2 ? 10 * y + x : 99);
      }
    }
    TiffBuilder file = new TiffBuilder();
    file.page(3, 2, 8).tiles(16, 16, tile.toByteArray());
    assertReads(file, 0, 1, 2, 10, 11, 12);
  }
}
