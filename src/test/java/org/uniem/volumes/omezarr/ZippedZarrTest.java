package org.uniem.volumes.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.omezarr.OmeZarrOptions.Compression;
import org.uniem.volumes.omezarr.OmeZarrOptions.Version;

/** Zip files of all the kinds that programs and people make of an OME-Zarr. */
class ZippedZarrTest {

  private static final VoxelSize SIZE = new VoxelSize(4, 4, 30, "nm");

  @TempDir Path folder;

  private Path image(Version version) {
    Path path = folder.resolve("plain" + version + ".ome.zarr");
    VolumeSpec spec = new VolumeSpec(5, 4, 3, 1, PixelType.UINT16, SIZE);
    OmeZarrOptions options =
        new OmeZarrOptions(version, Compression.ZSTD, 2, 2, 2, 2, Optional.empty());
    try (VolumeWriter writer =
        OmeZarrFormat.create(path, spec, List.of("c0"), options, Optional.empty())) {
      for (int z = 0; z < 3; z++) {
        writer.writeSlice(slice(z));
      }
      writer.commit();
    }
    return path;
  }

  private static float[] slice(int z) {
    float[] slice = new float[20];
    for (int i = 0; i < 20; i++) {
      slice[i] = 1 + 1000 * z + i;
    }
    return slice;
  }

  private Path zip(String name, boolean stored, String... parts) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < parts.length; i += 2) {
        addTree(zip, Path.of(parts[i]), parts[i + 1], stored);
      }
    }
    return file;
  }

  private static void addTree(ZipOutputStream zip, Path tree, String prefix, boolean stored)
      throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(tree)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path path : files) {
      String name = tree.relativize(path).toString().replace('\\', '/');
      boolean windows = prefix.endsWith("\\");
      add(zip, prefix + (windows ? name.replace('/', '\\') : name), path, stored);
    }
  }

  private static void add(ZipOutputStream zip, String name, Path path, boolean stored)
      throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    ZipEntry entry = new ZipEntry(name);
    if (stored) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(crc.getValue());
    }
    zip.putNextEntry(entry);
    zip.write(bytes);
  }

  private static void assertImage(Path path) {
    try (Volume volume = Volumes.open(path)) {
      assertEquals(SIZE, volume.voxelSize());
      assertEquals(PixelType.UINT16, volume.pixelType());
      for (int z : new int[] {2, 0, 1}) {
        float[] found = new float[20];
        volume.readSlice(z, 0, found);
        assertArrayEquals(slice(z), found);
      }
    }
  }

  private static String refusal(Path path) {
    return assertThrows(BadInputException.class, () -> Volumes.open(path).close()).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "V0_4, true, ''",
    "V0_4, false, ''",
    "V0_5, true, ''",
    "V0_5, false, image.ome.zarr/",
    "V0_4, true, a/b/image.zarr/",
    "V0_4, false, image.zarr\\"
  })
  void imageIsReadWithoutUnpacking(Version version, boolean stored, String prefix)
      throws IOException {
    Path image = image(version);
    assertImage(zip("image.ozx", stored, image.toString(), prefix));
    assertImage(zip("image.ome.zarr.zip", stored, image.toString(), prefix));
    assertImage(zip("IMAGE.ZIP", stored, image.toString(), prefix));
    try (Volume half = Volumes.open(Path.of(folder.resolve("image.ozx") + ":/1"))) {
      assertEquals(3, half.width());
      assertEquals(8, half.voxelSize().x());
      assertEquals("1", half.name());
    }
    try (Volume half = Volumes.open(folder.resolve("image.ozx/1"))) {
      assertEquals(3, half.width());
    }
  }

  @Test
  void filesOfMacOsBesideTheImageDoNotMatter() throws IOException {
    Path junk = Files.createDirectories(folder.resolve("junk"));
    Files.writeString(junk.resolve(".zattrs"), "no JSON");
    String image = image(Version.V0_4).toString();
    assertImage(zip("i.zarr.zip", true, junk.toString(), "__MACOSX/", image, "i.zarr/"));
  }

  @Test
  void severalImagesAreToldAndChosenByTheirPath() throws IOException {
    String image = image(Version.V0_4).toString();
    Path file = zip("two.zip", true, image, "a.zarr/", image, "b.zarr/");
    String message = refusal(file);
    assertTrue(message.contains("holds 2 groups: a.zarr/, b.zarr/. Give one"), message);
    assertTrue(message.contains(file + ":/a.zarr."), message);
    assertImage(Path.of(file + ":/b.zarr"));
    assertImage(file.resolve("a.zarr"));
  }

  @Test
  void chunksUnderAnotherNameAreFoundAndForeignOnesRefused() throws IOException {
    Path image = image(Version.V0_4);
    Path array = image.resolve(".zattrs").resolveSibling("0/.zarray");
    String metadata = Files.readString(array);
    Files.writeString(array, metadata.replace("\"dimension_separator\": \"/\"", "\"x\": 0"));
    assertImage(zip("i.ozx", true, image.toString(), ""));
    Files.createDirectories(image.resolve("0/9/0"));
    Files.move(image.resolve("0/0/0/0"), image.resolve("0/9/0/0"));
    Path file = zip("j.ozx", true, image.toString(), "");
    try (Volume volume = Volumes.open(file)) {
      String message =
          assertThrows(BadInputException.class, () -> volume.readSlice(0, 0, new float[20]))
              .getMessage();
      assertTrue(message.contains("the file 9/0/0 is outside the grid of 2 x 2 x 3"), message);
      assertTrue(message.contains(file.toString()), message);
    }
  }

  @Test
  void moreEntriesThanTheOldFormatHoldsAreRead() throws IOException {
    Path file = folder.resolve("many.ozx");
    Path image = image(Version.V0_4);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 66_000; i++) {
        zip.putNextEntry(new ZipEntry("beside/" + i));
      }
      addTree(zip, image, "", true);
    }
    assertImage(file);
  }

  @Test
  void ofTwoFilesOfOneNameTheLastCounts() throws IOException {
    Path image = image(Version.V0_4);
    Path file = folder.resolve("twice.ozx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, ".zattrX", image.resolve("0/.zarray"), true);
      addTree(zip, image, "", true);
    }
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, bytes.replace(".zattrX", ".zattrs"), StandardCharsets.ISO_8859_1);
    assertImage(file);
  }

  @Test
  void truncatedFileIsRefusedByItsName() throws IOException {
    Path file = zip("cut.ozx", true, image(Version.V0_5).toString(), "");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    String message = refusal(file);
    assertTrue(message.startsWith("Cannot read " + file + " as a zip file: "), message);
  }

  @Test
  void zipWithoutZarrIsRefusedOrLeftToOthers() throws IOException {
    Path notes = Files.createDirectories(folder.resolve("notes"));
    Files.writeString(notes.resolve("a.txt"), "text");
    String message = refusal(zip("notes.ozx", false, notes.toString(), ""));
    assertTrue(message.contains("holds no OME-Zarr: expected zarr.json"), message);
    assertFalse(Volumes.canOpen(zip("notes.zip", false, notes.toString(), "")));
  }

  @Test
  void closedVolumeLeavesTheFileFree() throws IOException {
    Path file = zip("i.ozx", true, image(Version.V0_4).toString(), "");
    Volumes.open(file).close();
    Files.delete(file);
    assertFalse(Files.exists(file));
  }

  @Test
  void writingIsRefusedInsteadOfMakingAFolder() {
    VolumeSpec spec = new VolumeSpec(1, 1, 1, 1, PixelType.UINT8, SIZE);
    for (String name : new String[] {"a.ozx", "a.ome.zarr.zip"}) {
      OutputException e =
          assertThrows(
              OutputException.class, () -> Volumes.create(folder.resolve(name), spec).close());
      assertTrue(e.getMessage().contains("zip files are read, not written"), e.getMessage());
    }
  }
}
