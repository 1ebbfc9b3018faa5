package org.uniem.volumes.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadInputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Chunks that NumCodecs 0.11.0 made, fill values and metadata as other programs write them. */
class CodecsOfOthersTest {

  @TempDir Path folder;

  private static long[] squares() {
    long[] values = new long[12];
    Arrays.setAll(values, i -> 7L * i * i);
    return values;
  }

  /** Writes an array of 1 x 3 x 4 elements in one chunk. */
  private Path write(String type, String entries, String chunk) throws IOException {
    Path array = Files.createDirectories(folder.resolve("a.zarr"));
    Files.writeString(
        array.resolve(".zarray"),
        "{\"zarr_format\": 2, \"shape\": [1, 3, 4], \"chunks\": [1, 3, 4], \"dtype\": \""
            + type
            + "\", \"order\": \"C\", "
            + entries.replace('\'', '"')
            + "}");
    if (!chunk.isEmpty()) {
      Files.write(array.resolve("0.0.0"), Base64.getDecoder().decode(chunk));
    }
    return array;
  }

  private static long[] read(Path array) {
    try (Volume volume = Volumes.open(array)) {
      long[] found = new long[12];
      volume.readLabels(0, 0, found);
      return found;
    }
  }

  private static float[] readFloats(Path array) {
    try (Volume volume = Volumes.open(array)) {
      assertEquals(PixelType.FLOAT32, volume.pixelType());
      float[] found = new float[12];
      volume.readSlice(0, 0, found);
      return found;
    }
  }

  private static String refusal(Path array) {
    return assertThrows(BadInputException.class, () -> read(array)).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bz2 | QlpoOTFBWSZTWaN2VPUAAABunPiAAAQAgIAAgIBAAAAAgARAAAAEIAAinpAGntUKYAAsr4Nz4YyaNCqoj4u5"
            + "IpwoSFG7KnqA",
        "lzma | /Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAXAAAHABwAPwBwAK8A/ABXAcABNwK8Ak8DAIommMTLUe25"
            + "AAEwGI4brOwftvN9AQAAAAAEWVo=",
        "lzma','format':2,'check':'-1 | XQAAgAD//////////wAAYBp/uzUfwOxvaTtd9yUYRW06UCH62VXj2dAcn"
            + "R//26IAAA==",
        "lz4 | GAAAAPAJAAAHABwAPwBwAK8A/ABXAcABNwK8Ak8D",
        "crc32 | FpcFvwAABwAcAD8AcACvAPwAVwHAATcCvAJPAw==",
        "adler32 | 4AQTMgAABwAcAD8AcACvAPwAVwHAATcCvAJPAw=="
      })
  void everyCompressorAndChecksumIsRead(String id, String chunk) throws IOException {
    String codec = "{'id': '" + id.strip() + "'}";
    assertArrayEquals(squares(), read(write("<u2", "'compressor': " + codec, chunk.strip())));
    byte[] bytes = Base64.getDecoder().decode(chunk.strip());
    bytes[bytes.length / 2] ^= 90;
    Path damaged =
        write("<u2", "'filters': [" + codec + "]", Base64.getEncoder().encodeToString(bytes));
    if (!id.strip().equals("lz4") && !id.contains("format")) {
      assertTrue(refusal(damaged).contains("0.0.0: its "), refusal(damaged));
    }
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 9);
    Path truncated =
        write("<u2", "'compressor': " + codec, Base64.getEncoder().encodeToString(cut));
    assertTrue(refusal(truncated).contains("Cannot read chunk [0, 0, 0]"), refusal(truncated));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'id': 'delta', 'dtype': '<u2', 'astype': '<u2'} | AAAHABUAIwAxAD8ATQBbAGkAdwCFAJMA",
        "{'id': 'delta', 'dtype': '<u2', 'astype': '<i4'} | AAAAAAcAAAAVAAAAIwAAADEAAAA/AAAATQAA"
            + "AFsAAABpAAAAdwAAAIUAAACTAAAA",
        "{'id': 'shuffle', 'elementsize': 2} | AAccP3Cv/FfAN7xPAAAAAAAAAAEBAgID",
        "{'id': 'astype', 'encode_dtype': '<u4', 'decode_dtype': '<u2'} | AAAAAAcAAAAcAAAAPwAAAHA"
            + "AAACvAAAA/AAAAFcBAADAAQAANwIAALwCAABPAwAA",
        "{'id': 'delta', 'dtype': '<u2'}, {'id': 'zlib', 'level': 1} | eAFjYGBnEGVQZjBksGfwZYhmyG"
            + "QoZ2hlmMwAABvEA1A=",
        "{'id': 'bitround', 'keepbits': 5} | AAAHABwAPwBwAK8A/ABXAcABNwK8Ak8D"
      })
  void filtersThatLoseNothingAreUndone(String filters, String chunk) throws IOException {
    String entries = "'compressor': null, 'filters': [" + filters.strip() + "]";
    assertArrayEquals(squares(), read(write("<u2", entries, chunk.strip())));
  }

  @Test
  void scaledNumbersAreThoseThatTheProgramReads() throws IOException {
    String whole =
        "'filters': [{'id': 'fixedscaleoffset', 'scale': 0.5, 'offset': -7, 'dtype': '<u2',"
            + " 'astype': '>i2'}]";
    assertArrayEquals(
        new long[] {1, 7, 29, 63, 113, 175, 253, 343, 449, 567, 701, 847},
        read(write("<u2", whole, "AAQABwASACMAPABbAIIArwDkAR8BYgGr")));
    String floats =
        "'filters': [{'id': 'fixedscaleoffset', 'scale': 4, 'offset': 1000, 'dtype': '<f4',"
            + " 'astype': '|u1'}]";
    float[] found = readFloats(write("<f4", floats, "AAECAwQFBgcICQoL"));
    for (int i = 0; i < 12; i++) {
      assertEquals(1000 + i / 4f, found[i]);
    }
  }

  @Test
  void packedBitsAreTakenApart() throws IOException {
    long[] thirds = {1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0};
    assertArrayEquals(thirds, read(write("|b1", "'filters': [{'id': 'packbits'}]", "BJJA")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base64", "pcodec", "zfpy", "categorize", "vlen-utf8", "imagecodecs_lzw"})
  void otherCodecsAreRefusedByName(String id) throws IOException {
    String message = refusal(write("<u2", "'compressor': {'id': '" + id + "'}", "AAAA"));
    assertTrue(message.contains(".zarray: it needs the codec " + id + ", which"), message);
    String filter = refusal(write("<u2", "'filters': [{'id': '" + id + "'}]", "AAAA"));
    assertTrue(filter.contains("it needs the codec " + id), filter);
  }

  @ParameterizedTest
  @CsvSource({
    "<u8, 18446744073709551615, -1",
    "<u8, 9007199254740993, 9007199254740993",
    "<u8, '\"18446744073709551614\"', -2",
    ">i8, 4611686018427387905, 4611686018427387905",
    "<u4, 4294967295, 4294967295",
    "<u2, 1.0, 1",
    "|u1, 2.55e2, 255",
    "|b1, true, 1",
    "|u1, null, 0",
    "<f8, 16777217, 16777217",
    "<f8, '\"0x4170000010000000\"', 16777217"
  })
  void fillValueIsExact(String type, String value, long id) throws IOException {
    long[] expected = new long[12];
    Arrays.fill(expected, id);
    assertArrayEquals(expected, read(write(type, "'fill_value': " + value, "")));
  }

  @ParameterizedTest
  @CsvSource({
    "<f4, '\"NaN\"', NaN",
    "<f4, NaN, NaN",
    ">f8, '\"-Infinity\"', -Infinity",
    "<f2, 0.1, 0.099975586",
    "<f2, '\"0x3c00\"', 1",
    ">f2, '\"NaN\"', NaN",
    "<f4, '\"0x7fc00000\"', NaN",
    "<f4, 0.1, 0.1",
    "|i1, -128, -128",
    ">i2, -300, -300"
  })
  void fillValueMayBeAnyNumber(String type, String value, float expected) throws IOException {
    float[] all = new float[12];
    Arrays.fill(all, expected);
    assertArrayEquals(all, readFloats(write(type, "'fill_value': " + value, "")));
  }

  @ParameterizedTest
  @CsvSource({
    "|u1, 256",
    "|u1, -1",
    "<u8, 18446744073709551616",
    "<i4, 2147483648",
    "<u2, 0.5",
    "<u2, '\"NaN\"'",
    "<u2, 1e999999999",
    "<u2, '\"AAAA\"'",
    "<f4, '\"0x123456789\"'",
    "|u1, '[1, 2]'",
    "|b1, 2"
  })
  void fillValueThatIsNoneOfTheTypeIsRefused(String type, String value) throws IOException {
    String message = refusal(write(type, "'fill_value': " + value, ""));
    assertTrue(message.contains("expected a value of type"), message);
    assertTrue(message.contains("as \"fill_value\", found "), message);
  }

  @Test
  void floatsOf16BitsAreExact() throws IOException {
    // 1, -2, 65504, the smallest, infinity, not a number, then zeros.
    byte[] bytes = {
      0, 60, 0, -64, -1, 123, 1, 0, 0, 124, 1, 126, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    float[] found = readFloats(write("<f2", "'x': 0", Base64.getEncoder().encodeToString(bytes)));
    assertArrayEquals(
        new float[] {1, -2, 65504, 0x1p-24f, Float.POSITIVE_INFINITY, Float.NaN, 0, 0, 0, 0, 0, 0},
        found);
  }

  @Test
  void metadataCollectedInTheGroupStandForMissingOnes() throws IOException {
    write("<u2", "'fill_value': 5", "");
    Path array = Files.move(folder.resolve("a.zarr"), folder.resolve("0"));
    String entry = Files.readString(array.resolve(".zarray"));
    Files.delete(array.resolve(".zarray"));
    String group =
        "{\"multiscales\": [{\"axes\": [{\"name\": \"z\", \"unit\": \"nanometer\"}, {\"name\":"
            + " \"y\", \"unit\": \"nanometer\"}, {\"name\": \"x\", \"unit\": \"nanometer\"}],"
            + " \"datasets\": [{\"path\": \"0\", \"coordinateTransformations\": [{\"type\":"
            + " \"scale\", \"scale\": [30, 4, 4]}]}]}]}";
    Files.writeString(
        folder.resolve(".zmetadata"),
        "{\"zarr_consolidated_format\": 1, \"metadata\": {\".zgroup\": {\"zarr_format\": 2},"
            + (" \".zattrs\": " + group + ", \"0/.zarray\": " + entry + "}}"));
    for (Path path : new Path[] {folder, array}) {
      try (Volume volume = Volumes.open(path)) {
        assertEquals(30, volume.voxelSize().z());
        assertEquals(5, volume.channel(0).getAt(3, 2, 0).getRealDouble());
      }
    }
    // What the array itself says is the newer.
    Files.writeString(
        array.resolve(".zarray"), entry.replace("\"fill_value\": 5", "\"fill_value\": 6"));
    try (Volume volume = Volumes.open(folder)) {
      assertEquals(6, volume.channel(0).getAt(3, 2, 0).getRealDouble());
    }
  }

  @Test
  void axesOfAPlainArrayAreThoseOfXarray() throws IOException {
    Path array = write("<u2", "'compressor': null", "AAAHABwAPwBwAK8A/ABXAcABNwK8Ak8D");
    Files.writeString(array.resolve(".zattrs"), "{\"_ARRAY_DIMENSIONS\": [\"z\", \"x\", \"Y\"]}");
    try (Volume volume = Volumes.open(array)) {
      assertEquals(3, volume.width());
      assertEquals(4, volume.height());
      assertEquals(28, volume.channel(0).getAt(0, 2, 0).getRealDouble());
    }
  }
}
