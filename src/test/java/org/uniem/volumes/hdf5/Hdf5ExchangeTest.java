package org.uniem.volumes.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.dataset.ChunkedDataset;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.OutputException;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.hdf5.structure.DatasetWriter;

/** Files go to and come from another implementation of the format, jHDF. */
class Hdf5ExchangeTest {

  private static final VoxelSize SIZE = new VoxelSize(4, 8, 40, "nm");

  @TempDir Path folder;

  private Path write(String name, VolumeSpec spec, long[]... slices) {
    Path path = folder.resolve(name);
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      for (long[] slice : slices) {
        writer.writeLabels(slice);
      }
      writer.commit();
    }
    return path;
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void idsOfAllTypesAreTheSameThere() {
    for (PixelType type : List.of(PixelType.UINT8, PixelType.UINT16, PixelType.UINT32)) {
      long most = type.largestLabel();
      VolumeSpec spec = new VolumeSpec(2, 1, 2, 1, type, SIZE);
      Path path =
          write(type + ".h5:/volumes/labels/ids", spec, new long[] {0, 1}, new long[] {2, most});
      try (HdfFile file = new HdfFile(Volumes.place(path))) {
        Dataset dataset = file.getDatasetByPath("/volumes/labels/ids");
        assertArrayEquals(new int[] {2, 1, 2}, dataset.getDimensions());
        // Java has no unsigned numbers: they come in the next wider type, in nested arrays.
        String values = Arrays.deepToString(new Object[] {dataset.getData()});
        assertEquals("[[[[0, 1]], [[2, " + most + "]]]]", values);
      }
    }
  }

  @Test
  void idsOf64BitsAreExactThere() {
    VolumeSpec spec = new VolumeSpec(2, 1, 1, 1, PixelType.UINT64, SIZE);
    Path path = write("ids.h5", spec, new long[] {-1, 1L << 53 | 1});
    try (HdfFile file = new HdfFile(path)) {
      BigInteger[][][] found = (BigInteger[][][]) file.getDatasetByPath("/data").getData();
      assertEquals(new BigInteger("18446744073709551615"), found[0][0][0]);
      assertEquals(BigInteger.valueOf(1L << 53 | 1), found[0][0][1]);
    }
  }

  @Test
  void voxelSizeAndAxesAreThoseThatProgramsLookFor() {
    Path path = write("a.h5", new VolumeSpec(1, 1, 1, 1, PixelType.UINT8, SIZE), new long[1]);
    try (HdfFile file = new HdfFile(path)) {
      Dataset data = file.getDatasetByPath("/data");
      assertArrayEquals(
          new double[] {0.04, 0.008, 0.004},
          (double[]) data.getAttribute("element_size_um").getData());
      assertArrayEquals(
          new double[] {40, 8, 4}, (double[]) data.getAttribute("resolution").getData());
      assertEquals("nm", data.getAttribute("unit").getData());
      String tags = (String) data.getAttribute("axistags").getData();
      assertTrue(tags.startsWith("{\"axes\":[{\"key\":\"z\",\"typeFlags\":2"), tags);
    }
  }

  @Test
  void chunksOfADeepIndexAreFoundThereAndHere() throws IOException {
    Path path = folder.resolve("deep.h5");
    int[][][] expected = new int[40][60][81];
    try (DatasetWriter writer =
        new DatasetWriter(path, new long[] {40, 60, 81}, new int[] {1, 3, 4}, PixelType.UINT16)) {
      for (int number = 0; number < 40 * 20 * 21; number++) {
        ByteBuffer chunk = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 12; i++) {
          int z = number / 420;
          int y = number % 420 / 21 * 3 + i / 4;
          int x = number % 21 * 4 + i % 4;
          chunk.putShort((short) (1000 * z + 81 * y + x));
          if (x < 81) {
            expected[z][y][x] = 1000 * z + 81 * y + x;
          }
        }
        writer.write(number, chunk.array());
      }
      writer.finish("/data", List.of());
    }
    try (HdfFile file = new HdfFile(path);
        Volume volume = Volumes.open(path)) {
      ChunkedDataset there = (ChunkedDataset) file.getDatasetByPath("/data");
      assertArrayEquals(new int[] {1, 3, 4}, there.getChunkDimensions());
      assertArrayEquals(expected, (int[][][]) there.getData());
      float[] slice = new float[60 * 81];
      for (int z = 0; z < 40; z++) {
        volume.readSlice(z, 0, slice);
        for (int i = 0; i < slice.length; i++) {
          assertEquals(expected[z][i / 81][i % 81], slice[i]);
        }
      }
    }
  }

  @Test
  void missingChunkIsNoticed() throws IOException {
    try (DatasetWriter writer =
        new DatasetWriter(
            folder.resolve("a.h5"), new long[] {2, 1}, new int[] {1, 1}, PixelType.UINT8)) {
      writer.write(1, new byte[1]);
      assertThrows(IllegalStateException.class, () -> writer.finish("/data", List.of()));
    }
  }

  @Test
  void filesFromThereAreRead() {
    short[][][] data = new short[3][40][50];
    for (int i = 0; i < 6000; i++) {
      data[i / 2000][i / 50 % 40][i % 50] = (short) (11 * i);
    }
    Path path = folder.resolve("there.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putDataset("plain", data);
      file.putDataset(
          "packed",
          data,
          DatasetCreationOptions.builder()
              .chunkDimensions(2, 16, 16)
              .deflate(6)
              .unsigned()
              .build());
    }
    try (Volume plain = Volumes.open(folder.resolve("there.h5:/plain"));
        Volume packed = Volumes.open(folder.resolve("there.h5:/packed"))) {
      assertEquals(PixelType.FLOAT32, plain.pixelType());
      assertEquals(PixelType.UINT16, packed.pixelType());
      for (int z = 0; z < 3; z++) {
        float[] signed = new float[2000];
        float[] unsigned = new float[2000];
        plain.readSlice(z, 0, signed);
        packed.readSlice(z, 0, unsigned);
        for (int i = 0; i < 2000; i++) {
          assertEquals(data[z][i / 50][i % 50], signed[i]);
          assertEquals(data[z][i / 50][i % 50] & 0xffff, unsigned[i]);
        }
      }
    }
  }

  @Test
  void channelsAndPaintedClassesComeBack() {
    LabelKey key = new LabelKey(255, List.of("background", "a b", "Gehäuse"));
    VolumeSpec spec = new VolumeSpec(2, 2, 1, 2, PixelType.UINT8, SIZE, Optional.of(key));
    Path path = folder.resolve("c.hdf5");
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      writer.writeLabels(new long[] {0, 1, 2, 255}, new long[] {4, 5, 6, 7});
      writer.commit();
    }
    try (Volume volume = Volumes.open(path)) {
      assertEquals(spec, Volumes.specOf(volume));
      assertTrue(volume.holdsLabels());
      long[] ids = new long[4];
      volume.readLabels(0, 1, ids);
      assertArrayEquals(new long[] {4, 5, 6, 7}, ids);
    }
  }

  @Test
  void unitsAreKeptAndUnknownSizesStayUnknown() {
    for (VoxelSize size :
        List.of(
            new VoxelSize(0.0057, 0.0057, 0.05, "µm"),
            new VoxelSize(1e-6, 2e-6, 3e-6, "mm"),
            new VoxelSize(2, 3, 4, "furlongs"),
            VoxelSize.ofPlane(4, 5, "nm"),
            VoxelSize.UNKNOWN)) {
      Path path = folder.resolve("u" + size.unit() + ".h5");
      write(path.toString(), new VolumeSpec(1, 1, 1, 1, PixelType.UINT8, size), new long[1]);
      try (Volume volume = Volumes.open(path)) {
        assertEquals(size, volume.voxelSize());
        assertTrue(volume.holdsLabels());
      }
    }
  }

  @Test
  void imagesAreNoLabels() {
    Path path = folder.resolve("i.h5");
    try (VolumeWriter writer =
        Volumes.create(path, new VolumeSpec(1, 1, 1, 1, PixelType.UINT16, SIZE))) {
      writer.writeSlice(new float[] {7});
      writer.commit();
    }
    try (Volume volume = Volumes.open(path)) {
      assertFalse(volume.holdsLabels());
    }
  }

  @Test
  void layersBeyondTheMemoryGoThroughFilesThatAreGoneThen() throws IOException {
    Path path = folder.resolve("spilled.h5");
    VolumeSpec spec = new VolumeSpec(200, 150, 40, 2, PixelType.UINT16, SIZE);
    try (Hdf5Writer writer = new Hdf5Writer(Hdf5Path.ofName(path).orElseThrow(), spec, 0)) {
      for (int z = 0; z < 40; z++) {
        assertEquals(3, left().size());
        float[][] slice = new float[2][200 * 150];
        for (int i = 0; i < slice[0].length; i++) {
          slice[0][i] = (31 * z + i) % 65536;
          slice[1][i] = (77 * z + i) % 65536;
        }
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    assertEquals(List.of("spilled.h5"), left());
    try (Volume volume = Volumes.open(path)) {
      float[] slice = new float[200 * 150];
      volume.readSlice(39, 1, slice);
      for (int i = 0; i < slice.length; i++) {
        assertEquals((77 * 39 + i) % 65536, slice[i]);
      }
    }
  }

  @Test
  void existingFileIsNotAddedTo() throws IOException {
    Path file = Files.writeString(folder.resolve("a.h5"), "precious");
    VolumeSpec spec = new VolumeSpec(1, 1, 1, 1, PixelType.UINT8, SIZE);
    OutputException e =
        assertThrows(
            OutputException.class, () -> Volumes.create(folder.resolve("a.h5:/more"), spec));
    assertTrue(e.getMessage().contains(file + " exists already"), e.getMessage());
  }

  @Test
  void pathsGoOnBehindTheFile() {
    for (String path : List.of("d/x.h5:/a/b", "d/x.h5:a/b", "d/x.h5/a/b", "d/x.h5:/a/b/")) {
      Hdf5Path split = Hdf5Path.ofName(folder.resolve(path)).orElseThrow();
      assertEquals(folder.resolve("d/x.h5"), split.file());
      assertEquals("/a/b", split.inner());
      assertEquals(split.file(), Volumes.place(folder.resolve(path)));
    }
    assertEquals("", Hdf5Path.ofName(Path.of("x.HDF5")).orElseThrow().inner());
    assertEquals("", Hdf5Path.ofName(Path.of("x.hdf:/")).orElseThrow().inner());
    assertTrue(Hdf5Path.ofName(Path.of("x.h5.tif")).isEmpty());
    assertTrue(Hdf5Path.ofName(Path.of("h5/x.tif")).isEmpty());
    assertTrue(Hdf5Path.ofName(Path.of(".h5")).isEmpty());
  }

  @Test
  void folderOfThatNameIsAFolder() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("old.h5")).resolve("x.tif");
    assertTrue(Hdf5Path.ofName(inside).isEmpty());
    assertEquals(inside, Volumes.place(inside));
  }
}
