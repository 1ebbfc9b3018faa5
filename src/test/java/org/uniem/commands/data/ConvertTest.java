package org.uniem.commands.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class ConvertTest {

  private static final float[][] SLICES = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 65535}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 100, 200},
  };

  @TempDir Path folder;

  private Path stack(PixelType type) {
    return TestStacks.write(folder.resolve("大脳 stack.tif"), type, 4, SLICES);
  }

  private CommandLineRun convert(Path from, Path to, String... more) {
    List<String> arguments = new ArrayList<>(List.of("convert", "images=" + from, "output=" + to));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"0.4, zstd", "0.5, blosc"})
  void stackBecomesOmeZarrAndComesBack(String version, String compression) {
    Path zarr = folder.resolve("Würfel.ome.zarr");
    CommandLineRun there =
        convert(
            stack(PixelType.UINT16),
            zarr,
            "version=" + version,
            "compression=" + compression,
            "chunks=3,2,1",
            "levels=2");
    assertEquals(0, there.status(), there.err());
    assertEquals(zarr.toString(), there.lastLine());
    assertEquals(version.equals("0.5"), Files.exists(zarr.resolve("zarr.json")));
    assertTrue(Files.isDirectory(zarr.resolve("1")));
    assertTrue(Files.exists(zarr.resolve("provenance.json")));
    Path back = folder.resolve("back.tif");
    CommandLineRun again = convert(zarr, back);
    assertEquals(0, again.status(), again.err());
    try (Volume volume = Volumes.open(back)) {
      assertEquals(PixelType.UINT16, volume.pixelType());
      assertEquals(new VoxelSize(4, 4, 20, "nm"), volume.voxelSize());
      assertArrayEquals(SLICES[0], TestStacks.slice(volume, 0));
      assertArrayEquals(SLICES[1], TestStacks.slice(volume, 1));
    }
  }

  @Test
  void datasetInAnHdf5FileIsMadeAndComesBack() {
    Path hdf5 = folder.resolve("Würfel.h5");
    CommandLineRun there = convert(stack(PixelType.UINT16), Path.of(hdf5 + ":/volumes/raw"));
    assertEquals(0, there.status(), there.err());
    assertTrue(Files.exists(folder.resolve("Würfel-provenance.json")));
    Path back = folder.resolve("back.tif");
    CommandLineRun again = convert(Path.of(hdf5 + ":/volumes/raw"), back);
    assertEquals(0, again.status(), again.err());
    try (Volume volume = Volumes.open(back)) {
      assertEquals(PixelType.UINT16, volume.pixelType());
      assertEquals(new VoxelSize(4, 4, 20, "nm"), volume.voxelSize());
      assertArrayEquals(SLICES[1], TestStacks.slice(volume, 1));
    }
    CommandLineRun more = convert(back, Path.of(hdf5 + ":/more"));
    assertEquals(1, more.status());
    assertTrue(more.err().contains("the file exists"), more.err());
    CommandLineRun wrong = convert(Path.of(hdf5 + ":/nothing"), folder.resolve("no.tif"));
    assertTrue(wrong.err().contains("There is no dataset /nothing in"), wrong.err());
  }

  @Test
  void idsOf64BitsStayExact() {
    Path zarr = folder.resolve("ids.ome.zarr");
    long[] ids = {0, (1L << 24) + 1, (1L << 53) + 1, -1};
    VolumeSpec spec = new VolumeSpec(4, 1, 1, 1, PixelType.UINT64, VoxelSize.UNKNOWN);
    try (VolumeWriter writer = Volumes.create(zarr, spec)) {
      writer.writeLabels(ids);
      writer.commit();
    }
    Path copy = folder.resolve("copy.ome.zarr");
    CommandLineRun run = convert(zarr, copy, "version=0.5");
    assertEquals(0, run.status(), run.err());
    try (Volume volume = Volumes.open(copy)) {
      long[] found = new long[4];
      volume.readLabels(0, 0, found);
      assertArrayEquals(ids, found);
      assertTrue(volume.holdsLabels());
    }
    CommandLineRun stack = convert(zarr, folder.resolve("stack.tif"));
    assertEquals(1, stack.status());
    assertTrue(stack.err().contains("The label 16777217 does not fit a stack"), stack.err());
    assertFalse(Files.exists(folder.resolve("stack.tif")));
  }

  @Test
  void wideIntensitiesStayExactAndHaveCoarserVoxels() {
    Path zarr = folder.resolve("bright.ome.zarr");
    long[] values = {
      -1, -1, -1, -1, (1L << 24) + 1, (1L << 24) + 1, (1L << 24) + 1, (1L << 24) + 1
    };
    VolumeSpec spec = new VolumeSpec(2, 4, 1, 1, PixelType.UINT64, VoxelSize.UNKNOWN);
    try (VolumeWriter writer = Volumes.create(zarr, spec)) {
      writer.writeLabels(values);
      writer.commit();
    }
    Path copy = folder.resolve("copy.ome.zarr");
    CommandLineRun run = convert(zarr, copy, "labels=no", "levels=2");
    assertEquals(0, run.status(), run.err());
    try (Volume volume = Volumes.open(copy);
        Volume coarse = Volumes.open(copy.resolve("1"))) {
      long[] found = new long[8];
      volume.readLabels(0, 0, found);
      assertArrayEquals(values, found);
      assertFalse(volume.holdsLabels());
      assertArrayEquals(new float[] {0x1p64f, 1 << 24}, TestStacks.slice(coarse, 0), 0x1p41f);
    }
  }

  @Test
  void floatLabelsOfAStackBecomeIntegers() {
    Path zarr = folder.resolve("labels.ome.zarr");
    CommandLineRun run = convert(stack(PixelType.FLOAT32), zarr, "labels=yes");
    assertEquals(0, run.status(), run.err());
    try (Volume volume = Volumes.open(zarr)) {
      assertEquals(PixelType.UINT32, volume.pixelType());
      assertTrue(volume.holdsLabels());
    }
  }

  @Test
  void partIsThatOfTheOriginal() {
    Path output = folder.resolve("part.ome.zarr");
    CommandLineRun run =
        convert(stack(PixelType.UINT16), output, "part=1,1,1,2,2,1", "voxelSize=1,2,3,nm");
    assertEquals(0, run.status(), run.err());
    try (Volume volume = Volumes.open(output)) {
      assertEquals(1, volume.depth());
      assertEquals(new VoxelSize(1, 2, 3, "nm"), volume.voxelSize());
      assertArrayEquals(new float[] {4, 3, 0, 100}, TestStacks.slice(volume, 0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type=uint8 | The value 65535.0 of slice 1 of 2",
        "part=0,0,0,5,1,1 | The part from 0 to 4 along x is not inside",
        "part=1,2,3 | give six whole numbers x,y,z,width,height,depth",
        "chunks=0 | Chunks of 0 x 0 x 0 voxels are not possible",
        "chunks=big | chunks=big is not understood"
      })
  void whatCannotBeDoneIsRefusedAndNothingWritten(String argument, String message)
      throws Exception {
    Path images = stack(PixelType.UINT16);
    List<String> before = TestStacks.content(folder);
    CommandLineRun run = convert(images, folder.resolve("o.ome.zarr"), argument);
    assertTrue(run.status() != 0);
    assertTrue(run.err().contains(message), run.err());
    assertEquals(before, TestStacks.content(folder));
  }
}
