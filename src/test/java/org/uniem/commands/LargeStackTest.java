package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Conversion, labelling and scores of a stack of more bytes than their process has memory. */
class LargeStackTest {

  private static final int HEAP_MEGABYTES = 64;

  /** Edge of a cube with the gap behind it. */
  private static final int CUBE = 40;

  private static final int GAP = 4;

  @TempDir Path folder;

  private void run(String... args) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                LargeStackRun.class.getName()));
    line.addAll(List.of(args));
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "ended");
    assertEquals(0, process.exitValue(), Files.readString(log));
  }

  /** Which cube a voxel is in, from 1 in scan order, 0 in the gaps. */
  private static long cube(long x, long y, long z, int cubes) {
    boolean gap = x % CUBE >= CUBE - GAP || y % CUBE >= CUBE - GAP || z % CUBE >= CUBE - GAP;
    return gap ? 0 : 1 + x / CUBE + cubes * (y / CUBE + cubes * (z / CUBE));
  }

  private interface Slice {
    /** The value of a voxel. */
    long at(int x, int y, int z);
  }

  /** Writes a stack of cubes × cubes × depth cubes, which must be larger than the heap. */
  private Path write(String name, PixelType type, int cubes, int depth, Slice slice) {
    int side = cubes * CUBE;
    int slices = depth * CUBE;
    assertTrue((long) side * side * slices * type.bytes() > (long) HEAP_MEGABYTES << 20, name);
    Path path = folder.resolve(name);
    VolumeSpec spec = new VolumeSpec(side, side, slices, 1, type, new VoxelSize(4, 4, 4, "nm"));
    long[] values = new long[side * side];
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      for (int z = 0; z < slices; z++) {
        for (int i = 0; i < values.length; i++) {
          values[i] = slice.at(i % side, i / side, z);
        }
        writer.writeLabels(values);
      }
      writer.commit();
    }
    return path;
  }

  private void assertSlice(Path labels, int z, Slice expected) {
    try (Volume volume = Volumes.open(labels)) {
      int side = (int) volume.width();
      long[] found = new long[side * side];
      volume.readLabels(z, 0, found);
      long[] ids = new long[found.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = expected.at(i % side, i / side, z);
      }
      assertArrayEquals(ids, found, "slice " + z);
    }
  }

  @Test
  void stackIsConvertedLabelledAndScored() throws Exception {
    int cubes = 10;
    int depth = 11;
    Path map =
        write(
            "map.tif",
            PixelType.UINT8,
            cubes,
            depth,
            (x, y, z) -> cube(x, y, z, cubes) == 0 ? 0 : 200);
    Path zarr = folder.resolve("map.ome.zarr");
    Path objects = folder.resolve("objects.ome.zarr");
    Path pieces = folder.resolve("pieces.tif");
    Path report = folder.resolve("scores.json");
    run(
        ("convert images=MAP output=ZARR levels=1 compression=blosc"
                + " -- label-objects images=ZARR output=OBJECTS"
                + " -- label-objects images=ZARR mode=labels connectivity=26 output=PIECES"
                + " -- evaluate segmentation=OBJECTS truth=PIECES mode=instance report=REPORT")
            .replace("MAP", map.toString())
            .replace("ZARR", zarr.toString())
            .replace("OBJECTS", objects.toString())
            .replace("PIECES", pieces.toString())
            .replace("REPORT", report.toString())
            .split(" "));
    for (int z : new int[] {0, CUBE - 1, (depth - 1) * CUBE + 7}) {
      assertSlice(objects, z, (x, y, k) -> cube(x, y, k, cubes));
    }
    JsonObject scores = JsonParser.parseString(Files.readString(report)).getAsJsonObject();
    assertEquals(1, scores.get("rand").getAsDouble());
    assertEquals(1, scores.get("averagePrecision75").getAsDouble());
  }
}
