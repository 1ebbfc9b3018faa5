package org.uniem.volumes.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongUnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Images that other programs wrote; README.md beside references.zip says how. */
class OmeZarrReferenceTest {

  @TempDir static Path folder;

  @BeforeAll
  static void unpack() throws IOException {
    try (InputStream file = OmeZarrReferenceTest.class.getResourceAsStream("references.zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = folder.resolve(entry.getName());
        Files.createDirectories(path.getParent());
        Files.write(path, zip.readAllBytes());
      }
    }
  }

  private static Volume open(String name) {
    return Volumes.open(folder.resolve(name + ".ome.zarr"));
  }

  private static long hash(long i) {
    long h = i * 0x9E3779B97F4A7C15L;
    return h ^ h >>> 29;
  }

  /**
   * Compares every voxel of the first channels, whose elements are numbered in C order c, z, y, x.
   */
  private static void assertValues(Volume volume, Expected expected) {
    long i = 0;
    for (int c = 0; c < volume.channels(); c++) {
      RandomAccess<? extends RealType<?>> pixels = volume.channel(c).randomAccess();
      long[] labels = new long[(int) (volume.width() * volume.height())];
      for (int z = 0; z < volume.depth(); z++) {
        boolean wide = volume.pixelType() == PixelType.UINT64;
        if (wide) {
          volume.readLabels(z, c, labels);
        }
        for (int y = 0; y < volume.height(); y++) {
          for (int x = 0; x < volume.width(); x++, i++) {
            String where = volume.name() + " x " + x + ", y " + y + ", z " + z + ", c " + c;
            double value = expected.value(i, x, y, z);
            if (wide) {
              assertEquals((long) expected.id(i), labels[(int) (x + y * volume.width())], where);
            } else {
              assertEquals(value, pixels.setPositionAndGet(x, y, z).getRealDouble(), where);
            }
          }
        }
      }
    }
    assertEquals(i, volume.channels() * volume.width() * volume.height() * volume.depth());
  }

  /** What an element should be. */
  private interface Expected {
    double value(long i, int x, int y, int z);

    default long id(long i) {
      return hash(i);
    }
  }

  private static Expected of(LongUnaryOperator value) {
    return new Expected() {
      @Override
      public double value(long i, int x, int y, int z) {
        return value.applyAsLong(hash(i));
      }

      @Override
      public long id(long i) {
        return value.applyAsLong(hash(i));
      }
    };
  }

  private static Expected floats() {
    return (i, x, y, z) -> ((hash(i) >>> 44) - 500000.0) / 16;
  }

  private static Expected shorts() {
    return of(h -> h >>> 48);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blosc-blosclz",
        "blosc-lz4",
        "blosc-lz4hc",
        "blosc-zlib",
        "blosc-zstd",
        "v3-blosc"
      })
  void everyCompressorOfBloscIsRead(String name) {
    try (Volume volume = open(name)) {
      assertEquals(45, volume.width());
      assertEquals(PixelType.UINT16, volume.pixelType());
      assertValues(volume, of(h -> (h >>> 48) / 64));
    }
  }

  @Test
  void everyOrderOfBytesAndSizeOfBlocksInBloscIsRead() {
    for (String name : new String[] {"blosc-bitshuffle", "blosc-bitshuffle-odd"}) {
      try (Volume volume = open(name)) {
        assertEquals(PixelType.UINT32, volume.pixelType());
        assertValues(volume, of(h -> h >>> 52));
      }
    }
    try (Volume volume = open("blosc-noshuffle")) {
      assertValues(volume, of(h -> (h >>> 56) / 32));
    }
    try (Volume volume = open("blosc-blocks")) {
      assertEquals(PixelType.UINT64, volume.pixelType());
      assertValues(volume, of(h -> h >>> 44));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-u8", "blosc-memcpy", "labels", "v3-zstd-crc", "v3-sharded-start"})
  void idsAreExactToTheLastOf64Bits(String name) {
    try (Volume volume = open(name)) {
      assertEquals(PixelType.UINT64, volume.pixelType());
      assertValues(volume, of(h -> h));
      assertEquals(name.equals("labels"), volume.holdsLabels());
      assertEquals(new VoxelSize(4, 8, 40, "nm"), volume.voxelSize());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip-be", "raw-forder", "v3-raw", "zlib-f8", "raw-f4be", "v3-be-gzip"})
  void ordersOfBytesAndAxesAreUnderstood(String name) {
    boolean real = name.contains("f8") || name.contains("f4") || name.equals("v3-be-gzip");
    try (Volume volume = open(name)) {
      assertEquals(real ? PixelType.FLOAT32 : PixelType.UINT16, volume.pixelType());
      assertValues(volume, real ? floats() : shorts());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "zstd-forder-be, UINT32, 32, 0",
    "v3-transpose, UINT32, 32, 0",
    "v3-v2keys, UINT8, 56, 0",
    "bool, UINT8, 63, 0",
    "i1, FLOAT32, 56, -128",
    "i2, FLOAT32, 48, -32768",
    "i4, UINT32, 33, 0",
    "i8, UINT64, 1, 0"
  })
  void everyTypeIsReadAsOneThatHoldsItsValues(String name, PixelType type, int shift, int offset) {
    try (Volume volume = open(name)) {
      assertEquals(type, volume.pixelType());
      assertValues(volume, of(h -> (h >>> shift) + offset));
    }
  }

  @ParameterizedTest
  @CsvSource({"missing, 77, 2", "v3-missing, 9, 0", "v3-sharded, 0, 0"})
  void missingChunksHaveTheFillValue(String name, int fill, int firstSlice) {
    try (Volume volume = open(name)) {
      assertValues(
          volume,
          (i, x, y, z) -> {
            boolean missing = x < 5 && y < 4 && z >= firstSlice && z < firstSlice + 2;
            return missing ? fill : hash(i) >>> 48;
          });
    }
  }

  @Test
  void fillValueMayBeNotANumber() {
    try (Volume volume = open("missing-nan")) {
      assertTrue(Double.isNaN(volume.channel(0).getAt(4, 3, 1).getRealDouble()));
      assertEquals(
          ((hash(5) >>> 44) - 500000.0) / 16, volume.channel(0).getAt(5, 0, 0).getRealDouble());
    }
  }

  @ParameterizedTest
  @CsvSource({"tczyx, 3, µm", "v3-tczyx, 2, nm"})
  void channelsAndOneTimePointAreUnderstood(String name, int channels, String unit) {
    try (Volume volume = open(name)) {
      assertEquals(channels, volume.channels());
      double x = unit.equals("nm") ? 4 : 0.004;
      assertEquals(new VoxelSize(x, 2 * x, 10 * x, unit), volume.voxelSize());
      assertValues(volume, shorts());
    }
  }

  @Test
  void axesInAnotherOrderAreFoundByName() {
    try (Volume volume = open("xyz")) {
      assertEquals(5, volume.width());
      assertEquals(7, volume.height());
      assertEquals(9, volume.depth());
      assertEquals(new VoxelSize(4, 8, 40, "nm"), volume.voxelSize());
      for (int x = 0; x < 5; x++) {
        for (int z = 0; z < 9; z++) {
          float found = volume.channel(0).getAt(x, 6, z).getRealFloat();
          assertEquals(hash((x * 7 + 6) * 9 + z) >>> 48, found);
        }
      }
    }
  }

  @Test
  void planeIsAVolumeOfOneSlice() {
    try (Volume volume = open("yx")) {
      assertEquals(1, volume.depth());
      assertValues(volume, of(h -> h >>> 56));
    }
  }

  @Test
  void arrayAloneHasTheVoxelSizeThatItsImageSays() {
    try (Volume volume = Volumes.open(folder.resolve("gzip-be.ome.zarr/0"))) {
      assertEquals(new VoxelSize(4, 8, 40, "nm"), volume.voxelSize());
      assertValues(volume, shorts());
    }
  }

  @Test
  void metadataFileStandsForItsFolder() {
    try (Volume volume = Volumes.open(folder.resolve("gzip-be.ome.zarr/.zattrs"))) {
      assertValues(volume, shorts());
    }
  }
}
