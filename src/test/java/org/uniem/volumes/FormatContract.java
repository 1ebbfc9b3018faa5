package org.uniem.volumes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;

/** What every {@link VolumeFormat} promises of what it writes and reads. */
public abstract class FormatContract extends VolumeContract {

  private static final VolumeSpec SMALL =
      new VolumeSpec(3, 2, 2, 1, PixelType.UINT8, VoxelSize.UNKNOWN);

  @TempDir Path place;

  /** How names of this format end. */
  protected abstract String ending();

  /** Begins to write. */
  protected VolumeWriter create(Path path, VolumeSpec spec) {
    return Volumes.create(path, spec);
  }

  @Override
  protected Volume make(Path folder, VolumeSpec spec, float[][][] values) {
    Path path = folder.resolve("volume" + ending());
    try (VolumeWriter writer = create(path, spec)) {
      for (float[] slice : values[0]) {
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    return Volumes.open(path);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private Path writeLabels(PixelType type, long... ids) {
    Path path = place.resolve("labels" + ending());
    VolumeSpec spec = new VolumeSpec(ids.length, 1, 1, 1, type, VoxelSize.UNKNOWN);
    try (VolumeWriter writer = create(path, spec)) {
      writer.writeLabels(ids);
      writer.commit();
    }
    return path;
  }

  @Test
  void outputAppearsAtCommitOnlyWhateverItsName() throws IOException {
    String name = "Würfel 大脳 (1)" + ending();
    try (VolumeWriter writer = create(place.resolve(name), SMALL)) {
      writer.writeSlice(new float[] {1, 2, 3, 4, 5, 6});
      writer.writeSlice(new float[6]);
      assertFalse(Files.exists(place.resolve(name)));
      writer.commit();
    }
    assertEquals(List.of(name), left());
    try (Volume volume = Volumes.open(place.resolve(name))) {
      float[] slice = new float[6];
      volume.readSlice(0, 0, slice);
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, slice);
    }
  }

  @Test
  void closingWithoutCommitLeavesNothing() throws IOException {
    try (VolumeWriter writer = create(place.resolve("new/deeper/v" + ending()), SMALL)) {
      writer.writeSlice(new float[] {1, 2, 3, 4, 5, 6});
    }
    assertEquals(List.of(), left());
  }

  @Test
  void commitWithMissingSlicesFailsAndLeavesNothing() throws IOException {
    try (VolumeWriter writer = create(place.resolve("v" + ending()), SMALL)) {
      writer.writeSlice(new float[6]);
      assertThrows(IllegalStateException.class, writer::commit);
    }
    assertEquals(List.of(), left());
  }

  @Test
  void whatIsThereAlreadyIsKept() throws IOException {
    Path path = place.resolve("v" + ending());
    Files.writeString(path, "precious");
    OutputException e = assertThrows(OutputException.class, () -> create(path, SMALL));
    assertTrue(e.getMessage().contains(path + " exists already"), e.getMessage());
    assertEquals("precious", Files.readString(path));
  }

  @Test
  void placeThatIsNotWritableIsRefused() throws IOException {
    Path file = Files.createFile(place.resolve("file"));
    OutputException e =
        assertThrows(OutputException.class, () -> create(file.resolve("v" + ending()), SMALL));
    assertTrue(e.getMessage().contains("Cannot write to the folder " + file), e.getMessage());
  }

  @Test
  void readOnlyFolderIsRefused() throws IOException {
    Path locked = Files.createDirectory(place.resolve("locked"));
    assumeTrue(locked.toFile().setWritable(false) && !Files.isWritable(locked), "runs as root");
    OutputException e =
        assertThrows(OutputException.class, () -> create(locked.resolve("v" + ending()), SMALL));
    assertTrue(e.getMessage().contains("Cannot write to the folder " + locked), e.getMessage());
    assertTrue(locked.toFile().setWritable(true));
  }

  @ParameterizedTest
  @EnumSource
  void idsAreExactUpToTheLargestOfTheType(PixelType type) {
    assumeTrue(types().contains(type));
    long largest = type == PixelType.UINT64 ? -1 : type.largestLabel();
    long[] ids = {0, 1, type.largestLabel(), type.largestLabel() - 1, largest};
    Path path = writeLabels(type, ids);
    try (Volume volume = Volumes.open(path)) {
      assertEquals(type, volume.pixelType());
      long[] found = new long[ids.length];
      volume.readLabels(0, 0, found);
      assertArrayEquals(ids, found);
    }
  }

  @ParameterizedTest
  @EnumSource
  void idThatDoesNotFitIsRefusedAndNothingWritten(PixelType type) throws IOException {
    assumeTrue(types().contains(type) && type != PixelType.UINT64);
    OutputException e =
        assertThrows(OutputException.class, () -> writeLabels(type, 0, type.largestLabel() + 1));
    assertTrue(e.getMessage().contains("does not fit"), e.getMessage());
    assertTrue(e.getMessage().contains("expected 0 to " + type.largestLabel()), e.getMessage());
    assertEquals(List.of(), left());
  }

  @Test
  protected void typesThatTheFormatLacksAreRefused() throws IOException {
    for (PixelType type : PixelType.values()) {
      VolumeSpec spec = new VolumeSpec(3, 2, 2, 1, type, VoxelSize.UNKNOWN);
      if (!types().contains(type)) {
        OutputException e =
            assertThrows(OutputException.class, () -> create(place.resolve("v" + ending()), spec));
        assertTrue(e.getMessage().contains("Give a name ending in .ome.zarr"), e.getMessage());
      }
    }
    assertEquals(List.of(), left());
  }

  @Test
  protected void labelTypeIsTheFirstThatHoldsTheIds() {
    Path path = place.resolve("v" + ending());
    assertEquals(PixelType.UINT8, Volumes.labelType(path, 255).orElseThrow());
    assertEquals(PixelType.UINT16, Volumes.labelType(path, 256).orElseThrow());
    boolean stack = types().equals(PixelType.OF_STACKS);
    assertEquals(
        stack ? PixelType.FLOAT32 : PixelType.UINT32, Volumes.labelType(path, 65536).orElseThrow());
    assertEquals(
        stack ? Optional.empty() : Optional.of(PixelType.UINT64),
        Volumes.labelType(path, 1L << 32));
  }

  @Test
  void truncatedFileIsRefusedByItsName() throws IOException {
    Random noise = new Random(7);
    VolumeSpec spec = new VolumeSpec(40, 30, 2, 1, PixelType.UINT16, VoxelSize.UNKNOWN);
    Path path = place.resolve("v" + ending());
    try (VolumeWriter writer = create(path, spec)) {
      for (int z = 0; z < 2; z++) {
        float[] slice = new float[1200];
        for (int i = 0; i < slice.length; i++) {
          slice[i] = noise.nextInt(65536);
        }
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    Path largest;
    try (Stream<Path> files = Files.walk(path)) {
      largest =
          files
              .filter(Files::isRegularFile)
              .max(Comparator.comparingLong(file -> file.toFile().length()))
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(largest);
    Files.write(largest, Arrays.copyOf(bytes, bytes.length / 2));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> {
              try (Volume volume = Volumes.open(path)) {
                volume.readSlice(0, 0, new float[1200]);
                volume.readSlice(1, 0, new float[1200]);
              }
            });
    assertTrue(e.getMessage().contains(path.toString()), e.getMessage());
    String name = path.equals(largest) ? path.toString() : path.relativize(largest).toString();
    assertTrue(
        e.getMessage().contains(name) || e.getMessage().contains(name.substring(2)),
        e.getMessage());
  }
}
