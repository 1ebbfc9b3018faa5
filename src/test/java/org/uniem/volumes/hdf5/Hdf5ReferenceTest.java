package org.uniem.volumes.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadInputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Files that h5py wrote; references.py beside references.zip says how. */
class Hdf5ReferenceTest {

  @TempDir static Path folder;

  @BeforeAll
  static void unpack() throws IOException {
    try (InputStream file = Hdf5ReferenceTest.class.getResourceAsStream("references.zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
      }
    }
  }

  private static Volume open(String name) {
    return Volumes.open(folder.resolve(name));
  }

  private static String refusal(String name) {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> {
              try (Volume volume = open(name)) {
                long size = volume.width() * volume.height();
                volume.readSlice(0, 0, new float[(int) size]);
              }
            });
    return e.getMessage();
  }

  private static long[] labels(Volume volume, int channel) {
    int size = (int) (volume.width() * volume.height());
    long[] all = new long[size * (int) volume.depth()];
    long[] slice = new long[size];
    for (int z = 0; z < volume.depth(); z++) {
      volume.readLabels(z, channel, slice);
      System.arraycopy(slice, 0, all, z * size, size);
    }
    return all;
  }

  /** Checks that the elements are numbered, x fastest. */
  private static void assertNumbered(Volume volume, long first, long mask) {
    long[] found = labels(volume, 0);
    for (int i = 0; i < found.length; i++) {
      assertEquals(first + i & mask, found[i], "element " + i);
    }
  }

  private static void assertSize(Volume volume, long width, long height, long depth) {
    assertArrayEquals(
        new long[] {width, height, depth},
        new long[] {volume.width(), volume.height(), volume.depth()});
  }

  @ParameterizedTest
  @CsvSource({
    "u1, UINT8",
    "i1, FLOAT32",
    "u2, UINT16",
    "i2, FLOAT32",
    "u4, UINT32",
    "i4, UINT32",
    "u8, UINT64",
    "i8, UINT64",
    "f2, FLOAT32",
    "f4, FLOAT32",
    "f8, FLOAT32"
  })
  void numbersOfBothByteOrdersAreExact(String name, PixelType type) {
    for (String order : new String[] {"", "be"}) {
      try (Volume volume = open("types.h5:/" + name + order)) {
        assertEquals(type, volume.pixelType());
        assertSize(volume, 5, 4, 3);
        assertNumbered(volume, 0, -1);
        assertEquals(VoxelSize.UNKNOWN, volume.voxelSize());
      }
    }
  }

  @Test
  void idsAreExactToTheLastOf64Bits() {
    try (Volume volume = open("types.h5:/ids")) {
      assertNumbered(volume, -60, -1);
    }
  }

  @Test
  void booleansAreZeroAndOne() {
    try (Volume volume = open("types.h5:/bool")) {
      assertEquals(PixelType.UINT8, volume.pixelType());
      long[] found = labels(volume, 0);
      for (int i = 0; i < found.length; i++) {
        assertEquals(i % 3 == 0 ? 1 : 0, found[i]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "negative, it has the value -",
    "wide, in the 32 bits that images are read in",
    "complex, it holds compounds of 2 parts",
    "texts, it holds strings: expected integers"
  })
  void valuesThatWouldChangeAreRefused(String name, String words) {
    String message = refusal("types.h5:/" + name);
    assertTrue(message.contains(words), message);
    assertFalse(message.contains("damaged"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "single, 5, 4, 3",
    "fixed, 7, 6, 5",
    "growing, 7, 6, 5",
    "growing-inside, 7, 6, 5",
    "growing-everywhere, 7, 6, 5",
    "limited, 7, 6, 5"
  })
  void chunksAreFoundInEveryKindOfIndex(String name, int width, int height, int depth) {
    for (String lib : new String[] {"earliest", "latest"}) {
      for (String packed : new String[] {"", "-packed"}) {
        try (Volume volume = open("indexes-" + lib + ".h5:/" + name + packed)) {
          assertSize(volume, width, height, depth);
          assertNumbered(volume, 0, -1);
        }
      }
    }
  }

  @Test
  void chunksAreFoundInPagesOfAnIndex() {
    try (Volume volume = open("indexes-latest.h5:/paged")) {
      assertSize(volume, 20, 20, 3);
      assertNumbered(volume, 0, 255);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lzf", "checked", "all"})
  void filtersAreUndone(String name) {
    try (Volume volume = open("filters.h5:/" + name)) {
      assertNumbered(volume, 0, -1);
    }
  }

  @Test
  void filterThatWasSkippedForAChunkIsNotUndone() {
    try (Volume noise = open("filters.h5:/noise");
        Volume packed = open("filters.h5:/lzf-skipped")) {
      assertArrayEquals(labels(noise, 0), labels(packed, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scaled, scaleoffset", "szip, szip"})
  void unknownFiltersAreRefusedByName(String pair) {
    String[] parts = pair.split(", ");
    String message = refusal("filters.h5:/" + parts[0]);
    assertTrue(message.contains("compressed with the filter " + parts[1]), message);
  }

  @Test
  void chunksThatWereNeverWrittenHaveTheFillValue() {
    try (Volume volume = open("filters.h5:/unwritten")) {
      long[] found = labels(volume, 0);
      for (int i = 0; i < found.length; i++) {
        assertEquals(i < 512 ? i : 513, found[i]);
      }
    }
    try (Volume volume = open("filters.h5:/never-written")) {
      float[] slice = new float[256];
      volume.readSlice(3, 0, slice);
      assertEquals(0.5f, slice[255]);
    }
  }

  @Test
  void wrongChecksumIsRefused() throws IOException {
    Path copy = Files.copy(folder.resolve("filters.h5"), folder.resolve("wrong.h5"));
    byte[] bytes = Files.readAllBytes(copy);
    // A run of the numbers 100, 101, 102, as the dataset "checked" has it, changed in all places.
    byte[] run = {100, 0, 101, 0, 102, 0};
    for (int i = 0; i + run.length < bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + run.length, run, 0, run.length)) {
        bytes[i] = 99;
      }
    }
    Files.write(copy, bytes);
    String message = refusal("wrong.h5:/checked");
    assertTrue(message.contains("checksum (fletcher32) is wrong"), message);
    Files.delete(copy);
  }

  @ParameterizedTest
  @CsvSource({
    "volumes/raw, 4, 8, 40, nm",
    "volumes/labels/neuron_ids, 4, 8, 40, nm",
    "um, 0.004, 0.008, 0.04, µm",
    "agree, 4, 8, 40, nm",
    "differ, 1, 1, 1, pixel",
    "too-small, 1, 1, 1, pixel",
    "units, 0.004, 0.008, 0.04, µm",
    "zero, 1, 1, 1, pixel",
    "scaled, 0.004, 0.008, 0.04, µm"
  })
  void voxelSizesOfAllConventionsAreRead(String name, double x, double y, double z, String unit) {
    try (Volume volume = open("conventions.h5:/" + name)) {
      VoxelSize size = volume.voxelSize();
      assertEquals(unit, size.unit());
      assertEquals(x, size.x(), 1e-12);
      assertEquals(y, size.y(), 1e-12);
      assertEquals(z, size.z(), 1e-12);
      assertNumbered(volume, 0, -1);
    }
  }

  @Test
  void labelsOfCremiAreLabels() {
    try (Volume ids = open("conventions.h5:/volumes/labels/neuron_ids");
        Volume raw = open("conventions.h5:/volumes/raw")) {
      assertTrue(ids.holdsLabels());
      assertFalse(raw.holdsLabels());
    }
  }

  @Test
  void namedAxesAreTakenInTheirOrder() {
    try (Volume volume = open("conventions.h5:/named")) {
      assertSize(volume, 3, 4, 5);
      assertEquals(new VoxelSize(4, 8, 40, "nm"), volume.voxelSize());
      // Element x, y, z has the number z + 5 (y + 4 x).
      assertEquals(1 + 5 * (2 + 4 * 2), volume.channel(0).getAt(2, 2, 1).getRealDouble());
    }
    try (Volume volume = open("conventions.h5:/labelled")) {
      assertSize(volume, 3, 4, 5);
    }
  }

  @Test
  void channelsAreTheAxisThatIsNamedSoOrShort() {
    try (Volume volume = open("conventions.h5:/zyxc")) {
      assertSize(volume, 4, 3, 2);
      assertEquals(2, volume.channels());
      assertEquals(1 + 2 * (3 + 4 * (2 + 3)), volume.channel(1).getAt(3, 2, 1).getRealDouble());
    }
    try (Volume volume = open("conventions.h5:/txyzc")) {
      assertSize(volume, 5, 4, 3);
      assertEquals(2, volume.channels());
      assertEquals(1 + 2 * (2 + 3 * (3 + 4 * 4)), volume.channel(1).getAt(4, 3, 2).getRealDouble());
    }
    try (Volume volume = open("conventions.h5:/first")) {
      assertSize(volume, 15, 14, 13);
      assertEquals(2, volume.channels());
    }
    try (Volume volume = open("conventions.h5:/ones")) {
      assertSize(volume, 5, 4, 3);
      assertEquals(1, volume.channels());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "times, it has 2 points in time",
    "cubic, which of its four axes",
    "colour, may be 'z, y, x or y, x and colours'"
  })
  void axesThatCannotBeToldApartAreRefused(String name, String words) {
    String message = refusal("conventions.h5:/" + name);
    assertTrue(message.contains(words.replace("'", "")), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"structure-earliest.h5", "structure-latest.h5"})
  void manyMembersAndAttributesAreFound(String name) {
    for (String path : new String[] {":/deep/er/image", "/deep/soft", ":deep/er", ":/deep"}) {
      try (Volume volume = open(name + path)) {
        assertNumbered(volume, 0, -1);
        assertEquals(
            path.equals("/deep/soft") ? name + ":/deep/soft" : name + ":/deep/er/image",
            volume.name());
        assertEquals(new VoxelSize(4, 8, 40, "nm"), volume.voxelSize());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    ":/circle, its links lead in a circle",
    ":/outside, outside is a link to another file: give that one",
    ":/flat/virtual, it is a virtual dataset",
    ":/nothing, There is no dataset /nothing in",
    ":/type, There is no dataset /type in",
    "'', holds 2 images: expected one"
  })
  void whatIsNoImageHereIsRefusedInWords(String path, String words) {
    for (String lib : new String[] {"earliest", "latest"}) {
      String message = refusal("structure-" + lib + ".h5" + path);
      assertTrue(message.contains(words), message);
    }
  }

  @Test
  void severalImagesAreListedWithSizeAndType() {
    String message = refusal("conventions.h5");
    assertTrue(message.contains("conventions.h5:/agree. There are:"), message);
    assertTrue(message.contains("\n  /volumes/raw [3, 4, 5] uint8"), message);
    assertTrue(message.contains("\n  /volumes/labels/neuron_ids [3, 4, 5] uint64"), message);
  }

  @Test
  void signedNumbersOfBigDataViewerAreUnsigned() {
    try (Volume volume = open("viewer.h5")) {
      assertEquals(PixelType.UINT16, volume.pixelType());
      assertNumbered(volume, 40000, -1);
      assertEquals(VoxelSize.UNKNOWN, volume.voxelSize());
    }
  }

  @Test
  void voxelSizesOfBigDataViewerAreInTheXmlBesideIt() throws IOException {
    Path copy = folder.resolve("calibrated.h5");
    Files.copy(folder.resolve("viewer.h5"), copy, StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(
        folder.resolve("calibrated.xml"),
        "<SpimData version=\"0.2\"><SequenceDescription><ViewSetups><ViewSetup><id>0</id>"
            + "<voxelSize><unit>\u00b5m</unit><size>0.004 0.008 0.04</size></voxelSize>"
            + "</ViewSetup></ViewSetups></SequenceDescription></SpimData>",
        StandardCharsets.UTF_8);
    try (Volume volume = open("calibrated.h5")) {
      assertEquals(new VoxelSize(0.004, 0.008, 0.04, "\u00b5m"), volume.voxelSize());
    }
    try (Volume coarse = open("calibrated.h5:/t00000/s00/1/cells")) {
      assertSize(coarse, 3, 2, 3);
      assertEquals(new VoxelSize(0.008, 0.016, 0.04, "\u00b5m"), coarse.voxelSize());
    }
  }

  @Test
  void truncatedFileIsRefusedWithItsSizes() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("types.h5"));
    Files.write(folder.resolve("short.h5"), Arrays.copyOf(bytes, bytes.length - 1));
    String message = refusal("short.h5:/u1");
    assertTrue(
        message.contains(
            "it is truncated: it has "
                + (bytes.length - 1)
                + " bytes, its header promises "
                + bytes.length),
        message);
  }

  @Test
  void otherContentUnderTheNameIsRefused() throws IOException {
    Files.writeString(folder.resolve("text.h5"), "no HDF5");
    String message = refusal("text.h5");
    assertTrue(message.contains("its signature is missing"), message);
    assertTrue(refusal("absent.h5:/raw").contains("No such file or folder"), "absent");
  }

  @Test
  void otherNamesAreReadByTheirContent() throws IOException {
    Path copy = Files.copy(folder.resolve("viewer.h5"), folder.resolve("odd.name"));
    try (Volume volume = Volumes.open(copy)) {
      assertEquals("odd.name:/t00000/s00/0/cells", volume.name());
    }
  }
}
