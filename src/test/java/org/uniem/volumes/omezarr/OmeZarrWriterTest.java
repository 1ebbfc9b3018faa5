package org.uniem.volumes.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.omezarr.OmeZarrOptions.Compression;
import org.uniem.volumes.omezarr.OmeZarrOptions.Version;

/** What only OME-Zarr has: resolutions, channels, compressors, metadata. */
class OmeZarrWriterTest {

  private static final VoxelSize CUBES = new VoxelSize(4, 4, 4, "nm");

  @TempDir Path folder;

  private Path path() {
    return folder.resolve("v.ome.zarr");
  }

  private static OmeZarrOptions options(Version version, Compression compression, int levels) {
    return new OmeZarrOptions(version, compression, 16, 8, 2, levels, Optional.empty());
  }

  private static float[] slice(Volume volume, long z, int channel) {
    float[] slice = new float[(int) (volume.width() * volume.height())];
    volume.readSlice(z, channel, slice);
    return slice;
  }

  private VolumeWriter create(VolumeSpec spec, OmeZarrOptions options) {
    List<String> names = spec.channels() == 1 ? List.of("em") : List.of("membrane", "mito");
    return OmeZarrFormat.create(path(), spec, names, options, Optional.empty());
  }

  @Test
  void coarserVoxelOfAnImageIsTheMeanOfThoseInIt() {
    VolumeSpec spec = new VolumeSpec(3, 2, 3, 1, PixelType.UINT8, CUBES);
    try (VolumeWriter writer = create(spec, options(Version.V0_4, Compression.RAW, 2))) {
      writer.writeSlice(new float[] {0, 10, 7, 20, 30, 9});
      writer.writeSlice(new float[] {1, 1, 0, 1, 1, 0});
      writer.writeSlice(new float[] {100, 100, 3, 102, 102, 4});
      writer.commit();
    }
    try (Volume fine = Volumes.open(path());
        Volume coarse = Volumes.open(path().resolve("1"))) {
      assertArrayEquals(new float[] {0, 10, 7, 20, 30, 9}, slice(fine, 0, 0));
      assertEquals(2, coarse.width());
      assertEquals(1, coarse.height());
      assertEquals(2, coarse.depth());
      // (0 + 10 + 20 + 30 + 4 · 1) / 8 and (7 + 9) / 4
      assertArrayEquals(new float[] {8, 4}, slice(coarse, 0, 0));
      // The last slice alone: 404 / 4 and 7 / 2, halves up.
      assertArrayEquals(new float[] {101, 4}, slice(coarse, 1, 0));
      assertEquals(new VoxelSize(8, 8, 8, "nm"), coarse.voxelSize());
      assertFalse(fine.holdsLabels());
    }
  }

  @Test
  void coarserVoxelOfLabelsIsTheMostFrequentOrTheSmallestObject() {
    VolumeSpec spec = new VolumeSpec(6, 2, 1, 1, PixelType.UINT64, CUBES);
    long huge = Long.MIN_VALUE + 5;
    try (VolumeWriter writer = create(spec, options(Version.V0_5, Compression.ZSTD, 2))) {
      writer.writeLabels(new long[] {7, huge, 0, 0, 3, 9, huge, huge, 4, 4, 9, 3});
      writer.commit();
    }
    try (Volume coarse = Volumes.open(path().resolve("1"))) {
      long[] found = new long[3];
      coarse.readLabels(0, 0, found);
      assertArrayEquals(new long[] {huge, 4, 3}, found);
      assertTrue(coarse.holdsLabels());
    }
  }

  @Test
  void longVoxelsAreKeptUntilTheOthersHaveCaughtUp() {
    List<Resolution> levels =
        Resolution.of(new long[] {4096, 3000, 100}, new double[] {8, 8, 40}, 0);
    assertEquals(5, levels.size());
    assertArrayEquals(new int[] {2, 2, 1}, levels.get(1).scale());
    assertArrayEquals(new int[] {4, 4, 1}, levels.get(2).scale());
    assertArrayEquals(new int[] {8, 8, 2}, levels.get(3).scale());
    assertEquals(256, levels.get(4).width());
    assertEquals(188, levels.get(4).height());
    assertEquals(25, levels.get(4).depth());
  }

  @ParameterizedTest
  @EnumSource
  void everyCompressionGivesTheSameBack(Compression compression) {
    long seed = 3;
    for (Version version : Version.values()) {
      Random random = new Random(seed);
      Path path = folder.resolve(version + ".ome.zarr");
      VolumeSpec spec = new VolumeSpec(33, 17, 5, 2, PixelType.UINT16, CUBES);
      float[][][] slices = new float[5][2][33 * 17];
      try (Job job = new Job(3, ProgressListener.NONE);
          VolumeWriter writer =
              OmeZarrFormat.create(
                  path,
                  spec,
                  List.of("a", "b"),
                  options(version, compression, 1),
                  Optional.of(job))) {
        for (float[][] slice : slices) {
          for (float[] channel : slice) {
            for (int i = 0; i < channel.length; i++) {
              channel[i] = random.nextInt(i % 5 == 0 ? 65536 : 4);
            }
          }
          writer.writeSlice(slice);
        }
        writer.commit();
      }
      try (Volume volume = Volumes.open(path)) {
        assertEquals(2, volume.channels());
        for (int z = 4; z >= 0; z--) {
          for (int c = 0; c < 2; c++) {
            assertArrayEquals(slices[z][c], slice(volume, z, c), compression + ", seed " + seed);
          }
        }
      }
    }
  }

  @Test
  void layersBeyondTheMemoryGoThroughAFileThatDoesNotStay() throws IOException {
    VolumeSpec spec = new VolumeSpec(20, 20, 5, 1, PixelType.UINT16, CUBES);
    try (VolumeWriter writer =
        new OmeZarrWriter(
            path(),
            spec,
            List.of("em"),
            options(Version.V0_4, Compression.RAW, 2),
            Optional.empty(),
            0)) {
      for (int z = 0; z < 5; z++) {
        float[] slice = new float[400];
        slice[399] = z + 1;
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    try (Volume volume = Volumes.open(path())) {
      for (int z = 0; z < 5; z++) {
        assertEquals(z + 1, slice(volume, z, 0)[399]);
        assertEquals(0, slice(volume, z, 0)[398]);
      }
    }
    try (Stream<Path> files = Files.walk(path())) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".partial")));
    }
  }

  @Test
  void chunksOfBackgroundAreNotStored() throws IOException {
    VolumeSpec spec = new VolumeSpec(32, 8, 2, 1, PixelType.UINT8, CUBES);
    try (VolumeWriter writer = create(spec, options(Version.V0_4, Compression.ZSTD, 1))) {
      for (int z = 0; z < 2; z++) {
        float[] slice = new float[256];
        slice[20] = 1;
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    assertFalse(Files.exists(path().resolve("0/0/0/0")));
    assertTrue(Files.exists(path().resolve("0/0/0/1")));
  }

  @Test
  void cancelledJobLeavesNothing() throws IOException {
    VolumeSpec spec = new VolumeSpec(4, 4, 8, 1, PixelType.UINT8, CUBES);
    try (Job job = new Job(2, ProgressListener.NONE);
        VolumeWriter writer =
            OmeZarrFormat.create(
                path(),
                spec,
                List.of("em"),
                options(Version.V0_5, Compression.ZSTD, 1),
                Optional.of(job))) {
      for (int z = 0; z < 4; z++) {
        writer.writeSlice(new float[16]);
      }
      job.cancel();
      assertThrows(CancellationException.class, () -> writer.writeSlice(new float[16]));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void keyOfPaintedLabelsTravels() {
    LabelKey key = LabelKey.parse("mitochondria,membrane");
    for (Version version : Version.values()) {
      Path path = folder.resolve(version + ".ome.zarr");
      VolumeSpec spec =
          new VolumeSpec(
              2,
              1,
              1,
              1,
              PixelType.UINT8,
              new VoxelSize(0.004, 0.004, 0.04, "µm"),
              Optional.of(key));
      try (VolumeWriter writer =
          OmeZarrFormat.create(
              path, spec, List.of("c0"), options(version, Compression.GZIP, 0), Optional.empty())) {
        writer.writeSlice(new float[] {255, 2});
        writer.commit();
      }
      try (Volume volume = Volumes.open(path)) {
        assertEquals(spec, Volumes.specOf(volume));
        assertTrue(volume.holdsLabels());
      }
    }
  }

  @Test
  void impossibleOptionsAreRefused() {
    BadParameterException none =
        assertThrows(
            BadParameterException.class,
            () -> new OmeZarrOptions(Version.V0_4, Compression.RAW, 0, 1, 1, 1, Optional.empty()));
    assertTrue(none.getMessage().contains("Chunks of 0 x 1 x 1 voxels"), none.getMessage());
    OmeZarrOptions huge =
        new OmeZarrOptions(Version.V0_4, Compression.RAW, 65536, 65536, 9, 1, Optional.empty());
    VolumeSpec spec = new VolumeSpec(2, 2, 2, 1, PixelType.UINT8, CUBES);
    BadParameterException large =
        assertThrows(BadParameterException.class, () -> create(spec, huge));
    assertTrue(large.getMessage().contains("less than 128 MB"), large.getMessage());
  }

  @Test
  void labelsOfFloatsAreRefused() {
    VolumeSpec spec = new VolumeSpec(1, 1, 1, 1, PixelType.FLOAT32, CUBES);
    try (VolumeWriter writer = create(spec, options(Version.V0_4, Compression.RAW, 1))) {
      BadParameterException e =
          assertThrows(BadParameterException.class, () -> writer.writeLabels(new long[] {1}));
      assertTrue(e.getMessage().contains("choose an integer type"), e.getMessage());
    }
  }

  private String openingFails(String file, String content) throws IOException {
    Path path = Files.createDirectories(folder.resolve("broken.ome.zarr"));
    Files.createDirectories(path.resolve(file).getParent());
    Files.writeString(path.resolve(file), content);
    return assertThrows(BadInputException.class, () -> Volumes.open(path)).getMessage();
  }

  @Test
  void damagedMetadataAreRefusedWithTheFileAndTheEntry() throws IOException {
    assertTrue(openingFails(".zgroup", "{}").contains("holds no OME-Zarr image"));
    String truncated = openingFails(".zattrs", "{\"multiscales\": [{\"da");
    assertTrue(truncated.contains(".zattrs: expected a JSON object"), truncated);
    String plate = openingFails(".zattrs", "{\"plate\": {}}");
    assertTrue(plate.contains("it is a plate: give one image in it"), plate);
    String missing =
        openingFails(
            ".zattrs",
            "{\"multiscales\": [{\"axes\": [{\"name\": \"y\"}, {\"name\": \"x\"}],"
                + " \"datasets\": [{\"path\": \"0\"}]}]}");
    assertTrue(missing.contains("The array 0 of"), missing);
    assertTrue(missing.contains("is missing"), missing);
    String array = "{\"zarr_format\": 2, \"shape\": [2, 2], \"chunks\": [2, 2], \"order\": \"C\",";
    String type = openingFails("0/.zarray", array + " \"dtype\": \"<c8\"}");
    assertTrue(type.contains("as \"dtype\", found \"<c8\""), type);
    String codec =
        openingFails(
            "0/.zarray", array + " \"dtype\": \"|u1\", \"compressor\": {\"id\": \"bz3\"}}");
    assertTrue(codec.contains("it needs the codec bz3, which is not supported"), codec);
    String chunks =
        openingFails(
            "0/.zarray", array.replace("[2, 2], \"o", "[0, 2], \"o") + " \"dtype\": \"|u1\"}");
    assertTrue(chunks.contains("as \"chunks\", found [0,2]"), chunks);
    String filters =
        openingFails(
            "0/.zarray", array + " \"dtype\": \"|u1\", \"filters\": [{\"id\": \"delta\"}]}");
    assertTrue(filters.contains("expected a text as \"dtype\""), filters);
  }
}
