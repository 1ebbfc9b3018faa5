package org.uniem.volumes.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Zarr v3 arrays written by hand: what other programs may write, and what none should. */
class OmeZarrMetadataTest {

  private static final String BYTES =
      "{\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}";

  @TempDir Path folder;

  /** Writes an image of one array and one chunk file. */
  private Path write(String shape, String type, String chunk, String codecs, byte[] content)
      throws IOException {
    Path image = folder.resolve("v.ome.zarr");
    Path file = image.resolve("0/c/0/0/0");
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.writeString(
        image.resolve("zarr.json"),
        "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {\"ome\": {\"version\":"
            + " \"0.5\", \"multiscales\": [{\"axes\": [{\"name\": \"z\", \"type\": \"space\"},"
            + " {\"name\": \"y\", \"type\": \"space\"}, {\"name\": \"x\", \"type\": \"space\"}],"
            + " \"datasets\": [{\"path\": \"0\", \"coordinateTransformations\": [{\"type\":"
            + " \"scale\", \"scale\": [1, 1, 1]}]}]}]}}}");
    Files.writeString(
        image.resolve("0/zarr.json"),
        "{\"zarr_format\": 3, \"node_type\": \"array\", \"shape\": "
            + shape
            + ", \"data_type\": \""
            + type
            + "\", \"chunk_grid\": {\"name\": \"regular\", \"configuration\": {\"chunk_shape\": "
            + chunk
            + "}}, \"chunk_key_encoding\": {\"name\": \"default\", \"configuration\":"
            + " {\"separator\": \"/\"}}, \"fill_value\": 3, \"codecs\": ["
            + codecs
            + "], \"attributes\": {}}");
    return image;
  }

  private static String refusal(Path image) {
    return assertThrows(BadInputException.class, () -> Volumes.open(image).close()).getMessage();
  }

  @Test
  void shardLargerThanAnArrayIsReadChunkByChunk() throws IOException {
    int chunks = 100 * 100;
    int chunk = 400 * 700;
    byte[] file = new byte[16 * chunks + chunk];
    Arrays.fill(file, 0, 16 * chunks, (byte) -1);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 16L * chunks).putLong(8, chunk);
    Arrays.fill(file, 16 * chunks, file.length, (byte) 7);
    String sharding =
        "{\"name\": \"sharding_indexed\", \"configuration\": {\"chunk_shape\": [1, 400, 700],"
            + " \"codecs\": ["
            + BYTES
            + "], \"index_codecs\": ["
            + BYTES
            + "], \"index_location\": \"start\"}}";
    String shape = "[1, 40000, 70000]";
    try (Volume volume = Volumes.open(write(shape, "uint8", shape, sharding, file))) {
      assertEquals(70000, volume.width());
      RandomAccess<? extends RealType<?>> pixels = volume.channel(0).randomAccess();
      assertEquals(7, pixels.setPositionAndGet(699, 399, 0).getRealDouble());
      assertEquals(3, pixels.setPositionAndGet(700, 399, 0).getRealDouble());
      assertEquals(3, pixels.setPositionAndGet(69999, 39999, 0).getRealDouble());
    }
  }

  @Test
  void negativeLabelIsNotCalledDamage() throws IOException {
    byte[] values = new byte[16];
    Arrays.fill(values, 8, 16, (byte) -1);
    try (Volume volume = Volumes.open(write("[1, 1, 2]", "int64", "[1, 1, 2]", BYTES, values))) {
      String message =
          assertThrows(BadInputException.class, () -> volume.readLabels(0, 0, new long[2]))
              .getMessage();
      assertTrue(
          message.contains("Save it as unsigned integers or floats of 32 bits first."), message);
      assertFalse(message.contains("damaged"), message);
    }
  }

  @Test
  void transposeOfNoAxisIsRefused() throws IOException {
    String transpose = "{\"name\": \"transpose\", \"configuration\": {\"order\": []}}, ";
    String message =
        refusal(write("[1, 1, 2]", "uint8", "[1, 1, 2]", transpose + BYTES, new byte[2]));
    assertTrue(message.contains("each axis once as \"order\""), message);
  }

  @Test
  void nullIsRefusedWithFileAndKey() throws IOException {
    String shape = refusal(write("[1, null, 2]", "uint8", "[1, 1, 2]", BYTES, new byte[2]));
    assertTrue(shape.contains("a list of whole numbers as \"shape\""), shape);
    assertTrue(shape.contains("zarr.json"), shape);
  }

  @Test
  void zstandardStreamIsReadAndADamagedOneRefusedByFileAndChunk() throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStreamNoFinalizer(stream)) {
      out.write(new byte[] {5, 6});
    }
    String codecs = BYTES + ", {\"name\": \"zstd\", \"configuration\": {\"level\": 0}}";
    Path image = write("[1, 1, 2]", "uint8", "[1, 1, 2]", codecs, stream.toByteArray());
    try (Volume volume = Volumes.open(image)) {
      long[] values = new long[2];
      volume.readLabels(0, 0, values);
      assertArrayEquals(new long[] {5, 6}, values);
    }
    byte[] cut = Arrays.copyOf(stream.toByteArray(), stream.size() - 1);
    try (Volume volume = Volumes.open(write("[1, 1, 2]", "uint8", "[1, 1, 2]", codecs, cut))) {
      String message =
          assertThrows(BadInputException.class, () -> volume.readLabels(0, 0, new long[2]))
              .getMessage();
      assertTrue(message.startsWith("Cannot read chunk [0, 0, 0] of " + image), message);
      assertTrue(message.contains("0/c/0/0/0") || message.contains("c/0/0/0"), message);
      assertTrue(message.contains("its Zstandard data end too soon"), message);
    }
  }

  private static byte[] doubles(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  @Test
  void idsIn64BitFloatsStayWhatTheyAre() throws IOException {
    double[] ids = {16777217, 0x1p53, 0x1p53 - 1, 0};
    Path image = write("[1, 1, 4]", "float64", "[1, 1, 4]", BYTES, doubles(ids));
    try (Volume volume = Volumes.open(image)) {
      long[] found = new long[4];
      volume.readLabels(0, 0, found);
      assertArrayEquals(new long[] {16777217, 1L << 53, (1L << 53) - 1, 0}, found);
      // As intensities they would become their neighbours.
      String message =
          assertThrows(BadInputException.class, () -> volume.readSlice(0, 0, new float[4]))
              .getMessage();
      assertTrue(message.contains("the value 16777217 in 64-bit floats"), message);
      assertTrue(message.contains("would become 16777216 in the 32 bits"), message);
    }
  }

  @Test
  void intensitiesIn64BitFloatsAreRounded() throws IOException {
    double[] values = {0.1, 16777216, 0x1p30, 1e30};
    Path image = write("[1, 1, 4]", "float64", "[1, 1, 4]", BYTES, doubles(values));
    try (Volume volume = Volumes.open(image)) {
      float[] found = new float[4];
      volume.readSlice(0, 0, found);
      assertArrayEquals(new float[] {0.1f, 16777216, 0x1p30f, 1e30f}, found);
    }
    Path large = write("[1, 1, 1]", "float64", "[1, 1, 1]", BYTES, doubles(1e40));
    try (Volume volume = Volumes.open(large)) {
      String message =
          assertThrows(BadInputException.class, () -> volume.readSlice(0, 0, new float[1]))
              .getMessage();
      assertTrue(message.contains("which would become infinite"), message);
    }
  }
}
