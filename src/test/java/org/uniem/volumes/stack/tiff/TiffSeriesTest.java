package org.uniem.volumes.stack.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Which images of a file are slices, channels, or neither. */
class TiffSeriesTest extends TiffCase {

  private static TiffBuilder pages(int count) {
    TiffBuilder file = new TiffBuilder();
    for (int i = 0; i < count; i++) {
      file.page8(2, 1, 10 * i, 10 * i + 1);
    }
    return file;
  }

  /** Pages of two pixels, 10 i and 10 i + 1, the first with a description. */
  private static TiffBuilder described(int count, String description) {
    TiffBuilder file = new TiffBuilder();
    for (int i = 0; i < count; i++) {
      TiffBuilder.Page page = file.page8(2, 1, 10 * i, 10 * i + 1);
      if (i == 0) {
        page.description(description);
      }
    }
    return file;
  }

  private static byte[] count(int bytes) {
    byte[] all = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      all[i] = (byte) i;
    }
    return all;
  }

  private static float[] upTo(int count) {
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = i;
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void volumeOfStripsInOnePageHasItsDepth(boolean packed) throws IOException {
    TiffBuilder file = new TiffBuilder(ByteOrder.BIG_ENDIAN, false);
    byte[][] strips = new byte[3 * 2][];
    for (int i = 0; i < 6; i++) {
      byte[] strip = new byte[i % 2 == 0 ? 4 : 2];
      for (int k = 0; k < strip.length; k++) {
        strip[k] = (byte) (i / 2 * 6 + i % 2 * 4 + k);
      }
      strips[i] = packed ? TiffBuilder.deflate(strip) : strip;
    }
    file.page(2, 3, 8)
        .set(TiffTag.IMAGE_DEPTH, 3)
        .set(TiffTag.ROWS_PER_STRIP, 2)
        .set(TiffTag.COMPRESSION, packed ? TiffCompression.DEFLATE : TiffCompression.NONE)
        .strips(strips);
    assertReads(file, upTo(18));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void volumeOfTilesInOnePageHasItsDepth(int tileDepth) throws IOException {
    // 17 x 2 x 5 voxels, in tiles of 16 x 16 and some slices.
    int layers = (5 + tileDepth - 1) / tileDepth;
    byte[][] tiles = new byte[2 * layers][16 * 16 * tileDepth];
    for (int z = 0; z < 5; z++) {
      for (int y = 0; y < 2; y++) {
        for (int x = 0; x < 17; x++) {
          int at = (z % tileDepth * 16 + y) * 16 + x % 16;
          tiles[z / tileDepth * 2 + x / 16][at] = (byte) ((z * 2 + y) * 17 + x);
        }
      }
    }
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = TiffBuilder.deflate(tiles[i]);
    }
    TiffBuilder file = new TiffBuilder();
    file.page(17, 2, 8)
        .set(TiffTag.IMAGE_DEPTH, 5)
        .set(TiffTag.TILE_DEPTH, tileDepth)
        .set(TiffTag.COMPRESSION, TiffCompression.DEFLATE)
        .tiles(16, 16, tiles);
    assertReads(file, upTo(170));
  }

  @Test
  void pagesOfTilesWithADepthAreSlices() throws IOException {
    TiffBuilder file = new TiffBuilder();
    for (int i = 0; i < 2; i++) {
      byte[] tile = new byte[16 * 16 * 4];
      tile[0] = (byte) (i + 1);
      tile[256] = 99;
      file.page(1, 1, 8).set(TiffTag.TILE_DEPTH, 4).tiles(16, 16, tile);
    }
    assertReads(file, 1, 2);
  }

  @Test
  void volumeWhoseStripsAreMissingIsRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, 8).set(TiffTag.IMAGE_DEPTH, 3).strips(count(2), count(2));
    assertRefused(file, "it has 2 strips or tiles, expected 3");
  }

  @Test
  void severalVolumesAreRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    for (int i = 0; i < 2; i++) {
      file.page(2, 1, 8).set(TiffTag.IMAGE_DEPTH, 2).strips(count(2), count(2));
    }
    assertRefused(file, "its pages are volumes of 2 slices: expected one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"shape\": [4, 3, 2], \"truncated\": true}",
        "{\"truncated\": true, \"shape\": [1, 4, 3, 2, 1]}",
        "{\"shape\": [4, 3, 2]}",
        "{\"shape\": [4, 3, 2], \"axes\": \"ZYX\", \"truncated\": true}"
      })
  void imagesBehindTheOnlyPageAreReadAsTheShapeSays(String description) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 3, 8).description(description).strips(count(24));
    assertReads(file, upTo(24));
  }

  @Test
  void imagesBehindTheOnlyPageOf16BitsAndColourAreRead() throws IOException {
    TiffBuilder file = new TiffBuilder(ByteOrder.BIG_ENDIAN, true);
    file.page(2, 1, 16)
        .set(TiffTag.PHOTOMETRIC, 2)
        .set(TiffTag.SAMPLES_PER_PIXEL, 3)
        .description("{\"shape\": [2, 1, 2, 3], \"truncated\": true}")
        .strips(file.shorts(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    try (Volume volume = Volumes.open(file.write(folder))) {
      assertEquals(2, volume.depth());
      assertArrayEquals(new float[] {1, 4, 7, 10}, values(volume, 1));
    }
  }

  @Test
  void fileThatEndsBeforeItsImagesIsTruncated() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(20, 30, 8)
        .description("{\"shape\": [4, 30, 20], \"truncated\": true}")
        .strips(count(1200));
    assertRefused(file, "is truncated: page 3 of 4");
  }

  @Test
  void shapeThatWasLeftFromAnotherImageIsNotHeeded() throws IOException {
    assertReads(described(2, "{\"shape\": [5, 7, 9]}"), 0, 1, 10, 11);
    assertReads(described(1, "{\"shape\": \"none\"}"), 0, 1);
    assertReads(described(1, "{\"shape\": [1, 2"), 0, 1);
    assertReads(described(1, "{\"shape\": [\"a\", {}, null]}"), 0, 1);
    assertReads(described(1, "{\"a\": {\"shape\": [1, 2]}}"), 0, 1);
    assertReads(described(1, "{\"shape\": [0, -1, 2]}"), 0, 1);
  }

  @Test
  void slicesWrittenOneByOneAreAStack() throws IOException {
    TiffBuilder file = new TiffBuilder();
    for (int i = 0; i < 3; i++) {
      file.page8(2, 1, i, i).description("{\"shape\": [1, 2]}");
    }
    assertReads(file, 0, 0, 1, 1, 2, 2);
  }

  @Test
  void severalSeriesAreRefused() throws IOException {
    assertRefused(described(5, "{\"shape\": [3, 1, 2]}"), "it holds several series");
    TiffBuilder file = new TiffBuilder();
    for (int i = 0; i < 4; i++) {
      file.page8(2, 1, i, i)
          .description(i == 0 ? "{\"shape\": [1, 2]}" : i == 1 ? "{\"shape\": [3, 1, 2]}" : "");
    }
    assertRefused(file, "it holds several series, the one from page 2 on of 3 images");
  }

  @Test
  void axesOfAShapeAreHeeded() throws IOException {
    // Channels of each slice follow each other.
    try (Volume volume =
        Volumes.open(described(6, "{\"shape\": [3, 2, 1, 2], \"axes\": \"ZCYX\"}").write(folder))) {
      assertEquals(2, volume.channels());
      assertArrayEquals(new float[] {10, 11, 30, 31, 50, 51}, values(volume, 1));
    }
    try (Volume volume =
        Volumes.open(described(6, "{\"shape\": [3, 2, 1, 2], \"axes\": \"CZYX\"}").write(folder))) {
      assertEquals(3, volume.channels());
      assertArrayEquals(new float[] {20, 21, 30, 31}, values(volume, 1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"shape\": [3, 2, 1, 2]} | 3 x 2 images along axes without a name",
        "{\"shape\": [3, 2, 1, 2], \"axes\": \"QQYX\"} | axes without a name",
        "{\"shape\": [3, 2, 1, 2], \"axes\": \"TZYX\"} | time series of 3 stacks",
        "{\"shape\": [3, 2, 1, 2], \"axes\": \"RZYX\"} | 3 images along an axis R",
        "{\"shape\": [9, 1, 2]} | its description says 9 images, it has 6"
      })
  void shapesThatVolumesCannotHoldAreRefused(String description, String words) throws IOException {
    assertRefused(described(6, description), words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "images=6,channels=2,slices=4 | 2 channels x 4 slices x 1 frames, it has 6 images",
        "images=6,slices=3 | 1 channels x 3 slices x 1 frames, it has 6 images",
        "images=8,channels=2,slices=4 | says 8 images, it has 6",
        "images=5,slices=5 | says 5 images, it has 6",
        "channels=3 | 3 channels x 1 slices x 1 frames, it has 6 images",
        "images=6,slices=3,frames=2 | time series of 2 stacks",
        "images=6,channels=9999999999,slices=9999999999 | it has 6 images"
      })
  void incompleteHyperstacksAreRefused(String lines, String words) throws IOException {
    assertRefused(described(6, "ImageJ=1.54f\n" + lines.replace(',', '\n') + "\n"), words);
  }

  @Test
  void imageJStackOfPackedBytesCannotLieBehindOnePage() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, 8)
        .description("ImageJ=1.54f\nimages=3\nslices=3\n")
        .set(TiffTag.COMPRESSION, TiffCompression.DEFLATE)
        .strips(TiffBuilder.deflate(count(6)));
    assertRefused(file, "its description says 3 images, it has 1");
  }

  @Test
  void imagesWithoutDimensionsAreSlices() throws IOException {
    assertReads(described(3, "ImageJ=1.54f\nimages=3\n"), 0, 1, 10, 11, 20, 21);
    assertReads(described(3, "ImageJ=1.54f\n"), 0, 1, 10, 11, 20, 21);
  }

  @Test
  void copiesOfLessResolutionAndMasksAreNoSlices() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 1, 2);
    file.page8(1, 1, 99).set(TiffTag.SUBFILE_TYPE, 1);
    file.page8(2, 1, 3, 4);
    file.page8(1, 1, 99).set(TiffTag.SUBFILE_TYPE, 5);
    file.page8(2, 1, 99, 99).set(TiffTag.SUBFILE_TYPE, 4);
    file.page8(1, 1, 99).set(TiffTag.OLD_SUBFILE_TYPE, 2);
    assertReads(file, 1, 2, 3, 4);
  }

  @Test
  void thumbnailsOfAKindThatIsNotReadDoNotMatter() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 1, 2);
    file.page8(1, 1, 99).set(TiffTag.SUBFILE_TYPE, 1).set(TiffTag.COMPRESSION, 6);
    assertReads(file, 1, 2);
  }

  @Test
  void pagesThatAreAllMarkedAreSlices() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 1, 2).set(TiffTag.SUBFILE_TYPE, 1);
    file.page8(2, 1, 3, 4).set(TiffTag.SUBFILE_TYPE, 1);
    assertReads(file, 1, 2, 3, 4);
  }

  @Test
  void copyOfLessResolutionInFullSizeIsRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 1, 2);
    file.page8(2, 1, 3, 4).set(TiffTag.SUBFILE_TYPE, 1);
    assertRefused(file, "page 2", "marked as a copy of less resolution");
  }

  @Test
  void pagesOfAMultiPageDocumentAreSlices() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 1, 2).set(TiffTag.SUBFILE_TYPE, 2);
    file.page8(2, 1, 3, 4).set(TiffTag.SUBFILE_TYPE, 2);
    assertReads(file, 1, 2, 3, 4);
  }

  @Test
  void pagesOfDifferentWidthsOfNumbersAreRefused() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page(2, 1, 8).strips(count(2));
    file.page(2, 1, 4).strips(count(1));
    assertRefused(file, "differ", "stored in 4 bits on page 2 of 2");
  }

  @ParameterizedTest
  @CsvSource({"34412, Zeiss LSM", "33629, MetaMorph STK", "33445, Molecular Dynamics GEL"})
  void formatsWithALayoutOfTheirOwnAreRefusedByName(int tag, String name) throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 1, 2).set(tag, 1, 2, 3, 4);
    assertRefused(file, "it is of the format " + name, "open it in Fiji");
  }

  @Test
  void axesThatScifioNotesAreHeeded() throws IOException {
    String text =
        "SCIFIO=0.45.0\naxes=X,Y,Channel,Z\nlengths=2,1,2,3\nscales=5.0,5.0,1.0,40.0\n"
            + "units=nm,nm,null,nm\nbitsPerPixel=8\nimages=6\nchannels=2\nslices=3\nframes=1\n";
    try (Volume volume = Volumes.open(described(6, text).write(folder))) {
      assertEquals(2, volume.channels());
      assertEquals(new VoxelSize(5, 5, 40, "nm"), volume.voxelSize());
      assertArrayEquals(new float[] {10, 11, 30, 31, 50, 51}, values(volume, 1));
    }
    assertRefused(described(4, text), "2 x 1 x 2 x 3 along X, Y, Channel, Z, it has 4 images");
    String microns = text.replace("nm", "\\u00B5m").replace("Channel,Z", "Z,Channel");
    try (Volume volume = Volumes.open(described(6, microns).write(folder))) {
      assertEquals(3, volume.channels());
      assertEquals(VoxelSize.ofPlane(5, 5, "\u00b5m"), volume.voxelSize());
    }
  }

  @Test
  void scifioWithoutUnitsHasNoVoxelSize() throws IOException {
    String text =
        "SCIFIO=0.45.0\naxes=X,Y,Z\nlengths=2,1,3\nscales=1.0,1.0,1.0\nunits=null,null,null\n";
    assertEquals(VoxelSize.UNKNOWN, voxelSize(described(3, text)));
  }

  @Test
  void oneHundredThousandPagesAreRead() throws IOException {
    try (TiffFile file = new TiffFile(pages(100_000).write(folder))) {
      assertEquals(100_000, file.entries().size());
      assertTrue(file.entries().get(99_999).page().isPresent());
    }
  }
}
