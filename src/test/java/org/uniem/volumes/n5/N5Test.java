package org.uniem.volumes.n5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4BlockOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.codecs.Blosc;

/** Containers written by hand: 5 x 4 x 3 voxels in blocks of 3 x 2 x 2, cut at the far ends. */
class N5Test {

  private static final int[] SIZE = {5, 4, 3};
  private static final int[] BLOCK = {3, 2, 2};

  @TempDir Path folder;

  private Path container() {
    return folder.resolve("em.n5");
  }

  private static int value(int x, int y, int z) {
    return 1000 + x + 10 * y + 100 * z;
  }

  private static void attributes(Path group, String json) throws IOException {
    Files.createDirectories(group);
    Files.writeString(group.resolve("attributes.json"), json.replace('\'', '"'));
  }

  private static String described(String type, String compression) {
    return "'dimensions': [5, 4, 3], 'blockSize': [3, 2, 2], 'dataType': '"
        + type
        + "', 'compression': "
        + compression;
  }

  /** Writes all blocks of a dataset of 16 bits. */
  private Path dataset(Path path, String compression, String codec) throws IOException {
    attributes(path, "{" + described("uint16", compression) + "}");
    for (int z = 0; z < 2; z++) {
      for (int y = 0; y < 2; y++) {
        for (int x = 0; x < 2; x++) {
          Path file = path.resolve(x + "/" + y + "/" + z);
          Files.createDirectories(file.getParent());
          Files.write(file, block(x, y, z, codec));
        }
      }
    }
    return path;
  }

  private static byte[] block(int x, int y, int z, String codec) throws IOException {
    int[] size = {
      Math.min(BLOCK[0], SIZE[0] - x * BLOCK[0]),
      Math.min(BLOCK[1], SIZE[1] - y * BLOCK[1]),
      Math.min(BLOCK[2], SIZE[2] - z * BLOCK[2])
    };
    ByteBuffer numbers = ByteBuffer.allocate(2 * size[0] * size[1] * size[2]);
    for (int k = 0; k < size[2]; k++) {
      for (int j = 0; j < size[1]; j++) {
        for (int i = 0; i < size[0]; i++) {
          numbers.putShort((short) value(x * BLOCK[0] + i, y * BLOCK[1] + j, z * BLOCK[2] + k));
        }
      }
    }
    byte[] content = encoded(numbers.array(), codec);
    ByteBuffer file = ByteBuffer.allocate(16 + content.length);
    file.putShort((short) 0).putShort((short) 3);
    return file.putInt(size[0]).putInt(size[1]).putInt(size[2]).put(content).array();
  }

  private static byte[] encoded(byte[] raw, String codec) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (codec.equals("blosc")) {
      return new Blosc("lz4", 5, 2).encode(raw);
    }
    try (OutputStream out =
        switch (codec) {
          case "gzip" -> new GZIPOutputStream(bytes);
          case "zlib" -> new DeflaterOutputStream(bytes);
          case "bzip2" -> new BZip2CompressorOutputStream(bytes);
          case "xz" -> new XZOutputStream(bytes, new LZMA2Options(6));
          case "lz4" -> new LZ4BlockOutputStream(bytes);
          case "zstd" -> new ZstdOutputStreamNoFinalizer(bytes);
          default -> bytes;
        }) {
      out.write(raw);
    }
    return bytes.toByteArray();
  }

  private static void assertValues(Path path) {
    try (Volume volume = Volumes.open(path)) {
      assertEquals(List.of(5L, 4L, 3L), List.of(volume.width(), volume.height(), volume.depth()));
      assertEquals(PixelType.UINT16, volume.pixelType());
      long[] slice = new long[20];
      for (int z = 0; z < 3; z++) {
        volume.readLabels(z, 0, slice);
        for (int i = 0; i < 20; i++) {
          assertEquals(value(i % 5, i / 5, z), slice[i]);
        }
      }
    }
  }

  private static String refusal(Path path) {
    return assertThrows(
            BadInputException.class,
            () -> {
              try (Volume volume = Volumes.open(path)) {
                volume.readLabels(0, 0, new long[20]);
              }
            })
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "raw, {'type': 'raw'}",
    "raw, 'null, ''compressionType'': ''raw'''",
    "gzip, '{''type'': ''gzip'', ''level'': -1, ''useZlib'': false}'",
    "zlib, '{''type'': ''gzip'', ''useZlib'': true}'",
    "gzip, {'type': 'gzip'}",
    "bzip2, '{''type'': ''bzip2'', ''blockSize'': 9}'",
    "xz, '{''type'': ''xz'', ''preset'': 6}'",
    "lz4, '{''type'': ''lz4'', ''blockSize'': 65536}'",
    "zstd, {'type': 'zstd'}",
    "blosc, '{''type'': ''blosc'', ''cname'': ''lz4''}'"
  })
  void everyCompressionIsReadAndATruncatedBlockRefused(String codec, String entry)
      throws IOException {
    Path path = dataset(container().resolve("raw"), entry, codec);
    assertValues(path);
    Path block = path.resolve("0/0/0");
    byte[] bytes = Files.readAllBytes(block);
    Files.write(block, Arrays.copyOf(bytes, bytes.length - 9));
    String message = refusal(path);
    assertTrue(message.startsWith("Cannot read block [0, 0, 0] of " + path), message);
    assertTrue(message.contains(" in 0/0/0: it"), message);
  }

  @Test
  void pathsGoOnInTheContainer() throws IOException {
    dataset(container().resolve("volumes/raw/s0"), "{'type': 'raw'}", "raw");
    for (String path :
        new String[] {
          "em.n5",
          "em.n5/volumes",
          "em.n5:/volumes/raw",
          "em.n5:volumes/raw/s0",
          "em.n5/volumes/raw/s0/attributes.json"
        }) {
      assertValues(folder.resolve(path));
    }
    dataset(container().resolve("volumes/raw/s1"), "{'type': 'raw'}", "raw");
    assertValues(container());
    dataset(container().resolve("volumes/labels/s0"), "{'type': 'raw'}", "raw");
    String several = refusal(container());
    assertTrue(several.contains("is no dataset and holds 2: expected one"), several);
    assertTrue(several.contains("volumes/labels/s0, volumes/raw/s0, volumes/raw/s1"), several);
    String missing = refusal(Path.of(container() + ":/volumes/em"));
    assertTrue(missing.contains("There is no volumes/em in " + container()), missing);
  }

  @Test
  void datasetIsKnownWithoutTheEndingOfItsContainer() throws IOException {
    assertValues(dataset(folder.resolve("plain"), "{'type': 'raw'}", "raw"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'pixelResolution': {'unit': 'nm', 'dimensions': [4, 5, 30]} | 4 | 5 | 30 | nm",
        "'resolution': [4, 5, 30], 'units': ['nm', 'nm', 'nm'] | 4 | 5 | 30 | nm",
        "'pixelResolution': [4, 5, 0.03], 'units': ['nm', 'nm', 'um'] | 4 | 5 | 30 | nm",
        "'resolution': [4, 5, 30] | 4 | 5 | 30 | pixel",
        "'pixelResolution': {'unit': 'micrometer', 'dimensions': [0.5, 1, 2]},"
            + " 'downsamplingFactors': [2, 2, 1] | 1 | 2 | 2 | µm",
        "'transform': {'axes': ['z', 'y', 'x'], 'scale': [30, 5, 4], 'translate': [0, 0, 0],"
            + " 'units': ['nm', 'nm', 'nm']}, 'pixelResolution': {'unit': 'nm',"
            + " 'dimensions': [1, 1, 1]} | 4 | 5 | 30 | nm",
        "'x': 0 | 1 | 1 | 1 | pixel"
      })
  void voxelSizeIsReadInAllWaysOfTheField(String entry, double x, double y, double z, String unit)
      throws IOException {
    Path path = container().resolve("s0");
    attributes(path, "{" + described("uint8", "{'type': 'raw'}") + ", " + entry + "}");
    try (Volume volume = Volumes.open(path)) {
      assertEquals(new VoxelSize(x, y, z, unit), volume.voxelSize());
      assertEquals(0, volume.channel(0).getAt(4, 3, 2).getRealDouble());
    }
  }

  @Test
  void voxelSizeOfTheGroupHoldsForItsResolutions() throws IOException {
    Path path = container().resolve("c0/s1");
    attributes(
        container(),
        "{'n5': '2.5.0', 'pixelResolution': {'unit': 'nm', 'dimensions': [4, 4, 40]}}");
    attributes(
        path, "{" + described("uint8", "{'type': 'raw'}") + ", 'downsamplingFactors': [2, 2, 1]}");
    try (Volume volume = Volumes.open(path)) {
      assertEquals(new VoxelSize(8, 8, 40, "nm"), volume.voxelSize());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"uint64", "int64", "float64", "float32", "int16", "uint32"})
  void numbersAreBigEndianAndIdsExact(String type) throws IOException {
    Path path = container().resolve(type);
    attributes(
        path,
        "{'dimensions': [1, 1, 1], 'blockSize': [1, 1, 1], 'dataType': '"
            + type
            + "', 'compression': {'type': 'raw'}}");
    ByteBuffer block = ByteBuffer.allocate(24).putShort((short) 0).putShort((short) 3);
    block.putInt(1).putInt(1).putInt(1);
    long id = type.equals("int16") ? 300 : type.equals("float32") ? 1 << 24 : 16777217;
    int size = 8;
    switch (type) {
      case "float64" -> block.putDouble(id);
      case "float32" -> size = block.putFloat(id).position() - 16;
      case "int16" -> size = block.putShort((short) id).position() - 16;
      case "uint32" -> size = block.putInt((int) id).position() - 16;
      default -> block.putLong(id);
    }
    Files.createDirectories(path.resolve("0/0"));
    Files.write(path.resolve("0/0/0"), Arrays.copyOf(block.array(), 16 + size));
    try (Volume volume = Volumes.open(path)) {
      long[] found = new long[1];
      volume.readLabels(0, 0, found);
      assertArrayEquals(new long[] {id}, found);
    }
  }

  @Test
  void missingBlocksAreZeroWhereTheOthersFit() throws IOException {
    Path path = dataset(container().resolve("raw"), "{'type': 'raw'}", "raw");
    Files.delete(path.resolve("1/1/1"));
    try (Volume volume = Volumes.open(path)) {
      assertEquals(0, volume.channel(0).getAt(4, 3, 2).getRealDouble());
      assertEquals(value(2, 3, 2), volume.channel(0).getAt(2, 3, 2).getRealDouble());
    }
    Files.createDirectories(path.resolve("0/0"));
    Files.copy(path.resolve("0/0/0"), path.resolve("0/0/7"));
    try (Volume volume = Volumes.open(path)) {
      String message =
          assertThrows(BadInputException.class, () -> volume.readLabels(2, 0, new long[20]))
              .getMessage();
      assertTrue(message.contains("the file 0/0/7 is outside the grid of 2 x 2 x 2"), message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 3, 2, 1, 'says 1 elements along axis 2: expected 2 to 2'",
    "0, 3, 99, 2, 2, 'says 99 elements along axis 0: expected 3 to 3'",
    "0, 3, -1, 2, 2, 'says -1 elements along axis 0'",
    "0, 4, 3, 2, 2, 'says 4 axes: expected 3'",
    "2, 3, 3, 2, 2, 'its blocks are of mode 2'",
    "1, 3, 3, 2, 2, 'as blocks of other things than images do'"
  })
  void headerThatDoesNotFitIsRefused(int mode, int axes, int x, int y, int z, String says)
      throws IOException {
    Path path = dataset(container().resolve("raw"), "{'type': 'raw'}", "raw");
    ByteBuffer block = ByteBuffer.wrap(Files.readAllBytes(path.resolve("0/0/0")));
    block.putShort((short) mode).putShort((short) axes).putInt(x).putInt(y).putInt(z);
    Files.write(path.resolve("0/0/0"), block.array());
    assertTrue(refusal(path).contains(says), refusal(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'dataType': 'string' | an integer of 8 to 64 bits or a float as \"dataType\"",
        "'blockSize': [3, 2] | 3 sizes of blocks of less than 2 GB as \"blockSize\"",
        "'blockSize': [3, 2, 2000000000] | 3 sizes of blocks of less than 2 GB",
        "'dimensions': [5, 4, -3] | sizes of 1 or more as \"dimensions\"",
        "'dimensions': [5] | 2 to 6 axes as \"dimensions\"",
        "'compression': {'type': 'jpeg'} | it needs the compression jpeg, which",
        "'isLabelMultiset': true | it needs label multisets of Paintera",
        "'dimensions': [5, 4, 3, 2], 'blockSize': [5, 4, 3, 2] | whose axis 3 is none of them"
      })
  void attributesThatAreNotSupportedAreRefused(String entry, String says) throws IOException {
    // Of two entries of one name the last counts.
    attributes(
        container().resolve("raw"),
        "{" + described("uint16", "{'type': 'raw'}") + ", " + entry + "}");
    assertTrue(refusal(container().resolve("raw")).contains(says), refusal(container()));
  }

  @Test
  void writingIsRefusedBeforeTheWork() {
    OutputException e =
        assertThrows(
            OutputException.class,
            () ->
                Volumes.create(
                    container(), new VolumeSpec(1, 1, 1, 1, PixelType.UINT8, VoxelSize.UNKNOWN)));
    assertTrue(e.getMessage().contains("N5 is read, not written"), e.getMessage());
  }
}
