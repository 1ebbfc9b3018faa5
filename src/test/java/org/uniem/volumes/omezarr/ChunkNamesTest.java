package org.uniem.volumes.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadInputException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/**
 * Arrays of 2 x 2 x 2 chunks of one voxel each, with the values 1 … 8 in the order of the file,
 * whose files are named in all the ways that programs name them.
 */
class ChunkNamesTest {

  private static final long[] ALL = {1, 2, 3, 4, 5, 6, 7, 8};

  @TempDir Path folder;

  private Path array() throws IOException {
    return Files.createDirectories(folder.resolve("0"));
  }

  private void versionTwo(String separator) throws IOException {
    Files.writeString(
        array().resolve(".zarray"),
        "{\"zarr_format\": 2, \"shape\": [2, 2, 2], \"chunks\": [1, 1, 1], \"dtype\": \"|u1\","
            + " \"compressor\": null, \"fill_value\": 0, \"order\": \"C\", \"filters\": null"
            + (separator.isEmpty() ? "" : ", \"dimension_separator\": \"" + separator + "\"")
            + "}");
  }

  private void versionThree(String encoding, String codecs, int chunk) throws IOException {
    Files.writeString(
        array().resolve("zarr.json"),
        "{\"zarr_format\": 3, \"node_type\": \"array\", \"shape\": [2, 2, 2], \"data_type\":"
            + " \"uint8\", \"chunk_grid\": {\"name\": \"regular\", \"configuration\":"
            + (" {\"chunk_shape\": [1, 1, " + chunk + "]}}, \"chunk_key_encoding\": ")
            + encoding
            + ", \"fill_value\": 0, \"codecs\": ["
            + codecs
            + "]}");
  }

  /** Writes the chunk z, y, x under a name with Z, Y, X in place of its numbers. */
  private void chunk(String spelling, int z, int y, int x) throws IOException {
    String name =
        spelling.replace("Z", "" + z).replace("Y", "" + y).replace("X", "" + x).replace('!', '/');
    Path file = array().resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {(byte) (1 + x + 2 * y + 4 * z)});
  }

  private void chunks(String spelling) throws IOException {
    for (int i = 0; i < 8; i++) {
      chunk(spelling, i / 4, i / 2 % 2, i % 2);
    }
  }

  private long[] read() {
    long[] values = new long[8];
    try (Volume volume = Volumes.open(folder.resolve("0"))) {
      for (int z = 0; z < 2; z++) {
        long[] slice = new long[4];
        volume.readLabels(z, 0, slice);
        System.arraycopy(slice, 0, values, 4 * z, 4);
      }
    }
    return values;
  }

  private String refusal() {
    return assertThrows(BadInputException.class, this::read).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "/, Z/Y/X",
    "/, Z.Y.X",
    "., Z.Y.X",
    "., Z/Y/X",
    "'', Z.Y.X",
    "'', Z/Y/X",
    "/, c/Z/Y/X",
    "., c.Z.Y.X",
    "/, c/Z.Y.X"
  })
  void filesOfVersionTwoAreFoundUnderAnySpelling(String says, String spelling) throws IOException {
    versionTwo(says);
    chunks(spelling);
    assertArrayEquals(ALL, read());
  }

  @ParameterizedTest
  @CsvSource({
    "default, /, c/Z/Y/X",
    "default, /, Z/Y/X",
    "default, /, Z.Y.X",
    "default, /, c.Z.Y.X",
    "default, /, c/Z.Y.X",
    "default, ., c.Z.Y.X",
    "default, ., c/Z/Y/X",
    "default, ., Z.Y.X",
    "default, '', c/Z/Y/X",
    "v2, ., Z.Y.X",
    "v2, ., c/Z/Y/X",
    "v2, /, Z/Y/X",
    "v2, /, Z.Y.X",
    "v2, '', Z.Y.X",
    "v2, '', Z/Y/X"
  })
  void filesOfVersionThreeAreFoundUnderAnySpelling(String name, String says, String spelling)
      throws IOException {
    String configuration =
        says.isEmpty() ? "" : ", \"configuration\": {\"separator\": \"" + says + "\"}";
    versionThree("{\"name\": \"" + name + "\"" + configuration + "}", "\"bytes\"", 1);
    chunks(spelling);
    assertArrayEquals(ALL, read());
  }

  @ParameterizedTest
  @ValueSource(strings = {"c/Z/Y/0", "Z.Y.0", "Z/Y/0", "c.Z.Y.0"})
  void shardsAreFoundUnderAnySpelling(String spelling) throws IOException {
    String sharding =
        "{\"name\": \"sharding_indexed\", \"configuration\": {\"chunk_shape\": [1, 1, 1],"
            + " \"codecs\": [\"bytes\"], \"index_codecs\": [\"bytes\"]}}";
    versionThree("{\"name\": \"default\"}", sharding, 2);
    for (int z = 0; z < 2; z++) {
      for (int y = 0; y < 2; y++) {
        chunk(spelling, z, y, 0);
        Path file = array().resolve(spelling.replace("Z", "" + z).replace("Y", "" + y));
        byte first = Files.readAllBytes(file)[0];
        ByteBuffer shard = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
        shard.put(first).put((byte) (first + 1)).putLong(0).putLong(1).putLong(1).putLong(1);
        Files.write(file, shard.array());
      }
    }
    assertArrayEquals(ALL, read());
    Files.delete(array().resolve(spelling.replace("Z", "1").replace("Y", "0")));
    assertArrayEquals(new long[] {1, 2, 3, 4, 0, 0, 7, 8}, read());
    chunk("3.0.0", 0, 0, 0);
    assertTrue(refusal().contains("the file 3.0.0 is outside the grid of 2 x 2 x 1 chunks"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Z/Y/X", "Z.Y.X"})
  void chunkOfAnArrayWithOthersMayBeLeftOut(String spelling) throws IOException {
    versionTwo("/");
    chunk(spelling, 0, 0, 0);
    chunk(spelling, 1, 0, 1);
    assertArrayEquals(new long[] {1, 0, 0, 0, 0, 6, 0, 0}, read());
  }

  @Test
  void eachChunkMayHaveItsOwnSpelling() throws IOException {
    versionTwo("/");
    chunk("Z/Y/X", 0, 0, 0);
    chunk("Z.Y.X", 1, 0, 1);
    chunk("c/Z/Y/X", 1, 1, 1);
    assertArrayEquals(new long[] {1, 0, 0, 0, 0, 6, 0, 8}, read());
  }

  @Test
  void arrayWithoutAnyFileHasTheFillValue() throws IOException {
    versionTwo("/");
    assertArrayEquals(new long[8], read());
    for (String beside : new String[] {".zattrs", ".DS_Store", "Thumbs.db", "desktop.ini"}) {
      Files.writeString(array().resolve(beside), "{}");
    }
    assertArrayEquals(new long[8], read());
  }

  @Test
  void notesBesideChunksDoNotMatter() throws IOException {
    versionTwo("/");
    chunk("Z/Y/X", 0, 0, 0);
    Files.writeString(array().resolve("README.txt"), "thresholded");
    Files.createDirectories(array().resolve("preview"));
    assertArrayEquals(new long[] {1, 0, 0, 0, 0, 0, 0, 0}, read());
  }

  @ParameterizedTest
  @CsvSource({
    "5.0.0, the file 5.0.0 is outside the grid of 2 x 2 x 2 chunks",
    "0/2/0, the file 0/2/0 is outside the grid of 2 x 2 x 2 chunks",
    "c/0/0/7, the file c/0/0/7 is outside the grid of 2 x 2 x 2 chunks",
    "0.0.0.0, the file 0.0.0.0 is not named like the chunk 0/0/0",
    "0/0/1/0, the file 0/0/1/0 is not named like the chunk 0/0/0",
    "0/1, the file 0/1 is not named like the chunk 0/0/0",
    "0.1, the file 0.1 is not named like the chunk 0/0/0",
    "7, the file 7 is not named like the chunk 0/0/0",
    "chunks/0/0/0, the file chunks/0/0/0 is not named like the chunk 0/0/0",
    "0.0.01, the file 0.0.01 is not named like the chunk 0/0/0",
    "0/0/1.partial, the file 0/0/1.partial seems to be an unfinished chunk",
    "0/0/.1.aB3x9Q, the file 0/0/.1.aB3x9Q seems to be an unfinished chunk",
    "0.0.1 (1), the file 0.0.1 (1) seems to be an unfinished chunk",
    ".0.0.1.kB2b0a, the file .0.0.1.kB2b0a seems to be an unfinished chunk",
    "slice.tif, 'there is no chunk, only slice.tif'",
    "a/b/notes.txt, 'there is no chunk, only a/b/notes.txt'"
  })
  void missingChunkIsRefusedWhereTheOtherFilesDoNotFit(String name, String says)
      throws IOException {
    versionTwo("/");
    chunk(name, 0, 0, 0);
    String message = refusal();
    assertTrue(message.startsWith("Cannot read chunk [0, 0, 0] of " + array()), message);
    assertTrue(message.contains("in 0/0/0: it is missing, and what lies there"), message);
    assertTrue(message.contains(says + ". Copy the metadata and all chunks again"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.0.0", "0/2/0", "0.0.0.0", "0/0/1.partial", "chunks/0/0/0"})
  void chunksThatFitDoNotExcuseThoseThatDoNot(String name) throws IOException {
    versionTwo("/");
    chunk("Z/Y/X", 1, 1, 1);
    chunk(name, 0, 0, 0);
    assertTrue(refusal().contains("what lies there does not fit"), refusal());
  }

  @Test
  void emptyFoldersOfChunksAreNoEmptyArray() throws IOException {
    versionTwo("/");
    Files.createDirectories(array().resolve("0/0"));
    Files.createDirectories(array().resolve("0/1"));
    assertTrue(refusal().contains("there is no chunk, only empty folders like 0/"), refusal());
  }

  @Test
  void folderInPlaceOfAChunkIsRefused() throws IOException {
    versionTwo("/");
    chunk("0/0/0/0", 0, 0, 0);
    assertTrue(refusal().contains("expected a file, found a folder of that name"), refusal());
  }

  @Test
  void separatorThatIsNoneIsRefused() throws IOException {
    versionTwo("-");
    assertTrue(refusal().contains("expected / or . as \"dimension_separator\""), refusal());
  }
}
