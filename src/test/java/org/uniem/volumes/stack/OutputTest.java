package org.uniem.volumes.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadParameterException;
import org.uniem.job.OutputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Outputs appear whole or not at all. */
class OutputTest {

  private static final VolumeSpec SPEC =
      new VolumeSpec(2, 1, 2, 1, PixelType.UINT8, VoxelSize.UNKNOWN);

  @TempDir Path folder;

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static String creatingFails(Path path) {
    return assertThrows(OutputException.class, () -> Volumes.create(path, SPEC)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a stack ä 画像.tif", "slices ä 画像"})
  void outputAppearsAtCommitOnly(String name) throws IOException {
    Path path = folder.resolve(name);
    try (VolumeWriter writer = Volumes.create(path, SPEC)) {
      writer.writeSlice(new float[] {1, 2});
      writer.writeSlice(new float[] {3, 4});
      assertFalse(Files.exists(path));
      writer.commit();
      assertTrue(Files.exists(path));
    }
    assertEquals(List.of(name), left());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stack.tif", "slices", "new/deeper/stack.tif", "new/deeper/slices"})
  void closingWithoutCommitLeavesNothing(String name) throws IOException {
    try (VolumeWriter writer = Volumes.create(folder.resolve(name), SPEC)) {
      writer.writeSlice(new float[] {1, 2});
    }
    assertEquals(List.of(), left());
  }

  @ParameterizedTest
  @ValueSource(strings = {"new/deeper/stack.tif", "new/deeper/slices"})
  void missingFoldersAboveAreMade(String name) {
    Path path = folder.resolve(name);
    try (VolumeWriter writer = Volumes.create(path, SPEC)) {
      writer.writeSlice(new float[] {1, 2});
      writer.writeSlice(new float[] {1, 2});
      writer.commit();
    }
    try (Volume volume = Volumes.open(path)) {
      assertEquals(SPEC, Volumes.specOf(volume));
    }
  }

  @Test
  void folderThatIsNotEmptyIsRefused() throws IOException {
    Files.createFile(folder.resolve("mine"));
    String message = creatingFails(folder);
    assertEquals(
        "The output folder " + folder + " is not empty: choose another or empty it.", message);
    assertEquals(List.of("mine"), left());
  }

  @Test
  void emptyFolderIsFilled() {
    try (VolumeWriter writer = Volumes.create(folder, SPEC)) {
      writer.writeSlice(new float[] {1, 2});
      writer.writeSlice(new float[] {1, 2});
      writer.commit();
    }
    assertTrue(Files.exists(folder.resolve("z0001.png")));
  }

  @Test
  void existingFileIsRefused() throws IOException {
    Path path = Files.writeString(folder.resolve("stack.tif"), "precious");
    assertTrue(creatingFails(path).contains("stack.tif exists already"));
    assertEquals("precious", Files.readString(path));
  }

  @Test
  void outputThatAppearsMeanwhileIsKept() throws IOException {
    Path path = folder.resolve("stack.tif");
    try (VolumeWriter writer = Volumes.create(path, SPEC)) {
      writer.writeSlice(new float[] {1, 2});
      writer.writeSlice(new float[] {1, 2});
      Files.writeString(path, "precious");
      assertThrows(OutputException.class, writer::commit);
    }
    assertEquals("precious", Files.readString(path));
    assertEquals(List.of("stack.tif"), left());
  }

  @Test
  void placeThatIsNotWritableIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String message = creatingFails(file.resolve("stack.tif"));
    assertTrue(message.contains("Cannot write to the folder " + file), message);
  }

  @Test
  void readOnlyFolderIsRefused() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assumeTrue(locked.toFile().setWritable(false) && !Files.isWritable(locked), "runs as root");
    try {
      String message = creatingFails(locked.resolve("stack.tif"));
      assertTrue(message.contains("Cannot write to the folder " + locked), message);
    } finally {
      locked.toFile().setWritable(true);
    }
  }

  @Test
  void failureMidwayNamesTheSliceAndLeavesNothing() throws IOException {
    Path path = folder.resolve("slices");
    try (VolumeWriter writer = Volumes.create(path, SPEC)) {
      writer.writeSlice(new float[] {1, 2});
      // Stands for a disk that fills up or goes away.
      Path temporary = folder.resolve(left().get(0));
      Files.delete(temporary.resolve("z0000.png"));
      Files.delete(temporary);
      OutputException e =
          assertThrows(OutputException.class, () -> writer.writeSlice(new float[] {1, 2}));
      assertTrue(e.getMessage().contains("slice 2 of 2 of " + path), e.getMessage());
    }
    assertEquals(List.of(), left());
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.6f, 255.5f, Float.NaN, Float.POSITIVE_INFINITY, 1e20f, -1e20f})
  void valueThatDoesNotFitIsRefused(float value) throws IOException {
    try (VolumeWriter writer = Volumes.create(folder.resolve("slices"), SPEC)) {
      OutputException e =
          assertThrows(OutputException.class, () -> writer.writeSlice(new float[] {0, value}));
      assertTrue(e.getMessage().contains("does not fit UINT8: expected 0 to 255"), e.getMessage());
    }
    assertEquals(List.of(), left());
  }

  @Test
  void valuesAreRoundedToTheNearest() {
    Path path = folder.resolve("stack.tif");
    try (VolumeWriter writer = Volumes.create(path, SPEC)) {
      writer.writeSlice(new float[] {0.49f, 0.5f});
      writer.writeSlice(new float[] {-0.4f, 255.4f});
      writer.commit();
    }
    try (Volume volume = Volumes.open(path)) {
      float[] found = new float[2];
      volume.readSlice(0, 0, found);
      assertArrayEquals(new float[] {0, 1}, found);
      volume.readSlice(1, 0, found);
      assertArrayEquals(new float[] {0, 255}, found);
    }
  }

  @Test
  void commitWithMissingSlicesFails() throws IOException {
    try (VolumeWriter writer = Volumes.create(folder.resolve("stack.tif"), SPEC)) {
      writer.writeSlice(new float[] {1, 2});
      assertThrows(IllegalStateException.class, writer::commit);
    }
    assertEquals(List.of(), left());
  }

  @Test
  void wrongArraysAreRefused() {
    try (VolumeWriter writer = Volumes.create(folder.resolve("stack.tif"), SPEC)) {
      assertThrows(IllegalArgumentException.class, () -> writer.writeSlice(new float[3]));
      assertThrows(
          IllegalArgumentException.class, () -> writer.writeSlice(new float[2], new float[2]));
    }
  }

  @Test
  void nameOfASingleImageIsRefused() {
    assertTrue(creatingFails(folder.resolve("out.png")).contains("expected the name of a folder"));
  }

  @Test
  void emptySizeAndWrongChannelNamesAreRefused() {
    Path path = folder.resolve("out");
    VolumeSpec flat = new VolumeSpec(0, 1, 1, 1, PixelType.UINT8, VoxelSize.UNKNOWN);
    assertThrows(BadParameterException.class, () -> Volumes.create(path, flat));
    assertThrows(BadParameterException.class, () -> Volumes.create(path, SPEC, List.of("a", "b")));
  }
}
