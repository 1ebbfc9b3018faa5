package org.uniem.volumes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

/** What every {@link Volume} promises, whatever it is read from. */
public abstract class VolumeContract {

  private static final int WIDTH = 5;
  private static final int HEIGHT = 14;
  private static final int DEPTH = 3;
  private static final VoxelSize SIZE = new VoxelSize(8, 4, 30, "nm");

  @TempDir Path folder;

  /**
   * Makes the volume under test.
   *
   * @param folder an empty folder to use
   * @param spec its size, type and voxel size
   * @param values pixels [channel][z][x + width · y]
   */
  protected abstract Volume make(Path folder, VolumeSpec spec, float[][][] values);

  /** Writes the values with a writer and opens the result. */
  protected static Volume writeAndOpen(Path path, VolumeSpec spec, float[][][] values) {
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      for (int z = 0; z < spec.depth(); z++) {
        float[][] slice = new float[spec.channels()][];
        for (int c = 0; c < slice.length; c++) {
          slice[c] = values[c][z];
        }
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    return Volumes.open(path);
  }

  /** The value of a voxel: every one differs from its neighbours, the first is the largest. */
  protected static float valueAt(PixelType type, int x, int y, int z) {
    int i = x + WIDTH * (y + HEIGHT * z);
    return switch (type) {
      case UINT8 -> 255 - i;
      case UINT16 -> 65535 - 257 * i;
      case UINT32 -> 0xffffff00L - 256L * i;
      case UINT64 -> 0x1p64f - (i + 1) * 0x1p40f;
      case FLOAT32 -> i % 2 == 0 ? (1 << 24) - i : -0.25f * i;
    };
  }

  /** The types of the volumes under test. */
  protected List<PixelType> types() {
    return PixelType.OF_STACKS;
  }

  private static float[][][] values(PixelType type) {
    float[][][] values = new float[1][DEPTH][WIDTH * HEIGHT];
    for (int z = 0; z < DEPTH; z++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          values[0][z][x + WIDTH * y] = valueAt(type, x, y, z);
        }
      }
    }
    return values;
  }

  private Volume volume(PixelType type) {
    assumeTrue(types().contains(type), type + " is not in this format");
    return make(folder, new VolumeSpec(WIDTH, HEIGHT, DEPTH, 1, type, SIZE), values(type));
  }

  @ParameterizedTest
  @EnumSource
  void sizeTypeAndVoxelSizeAreThoseOfTheSource(PixelType type) {
    try (Volume volume = volume(type)) {
      assertEquals(WIDTH, volume.width());
      assertEquals(HEIGHT, volume.height());
      assertEquals(DEPTH, volume.depth());
      assertEquals(1, volume.channels());
      assertEquals(type, volume.pixelType());
      assertEquals(SIZE, volume.voxelSize());
    }
  }

  @ParameterizedTest
  @EnumSource
  void readSliceGivesExactValuesInAnyOrder(PixelType type) {
    try (Volume volume = volume(type)) {
      for (int z : new int[] {2, 0, 1, 0}) {
        float[] slice = new float[WIDTH * HEIGHT];
        volume.readSlice(z, 0, slice);
        assertArrayEquals(values(type)[0][z], slice);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void channelHasAxesXyzFromZeroAndTheSameValues(PixelType type) {
    try (Volume volume = volume(type)) {
      RandomAccessibleInterval<? extends RealType<?>> xyz = volume.channel(0);
      assertArrayEquals(new long[] {0, 0, 0}, xyz.minAsLongArray());
      assertArrayEquals(new long[] {WIDTH, HEIGHT, DEPTH}, xyz.dimensionsAsLongArray());
      assertEquals(valueAt(type, 4, 3, 2), xyz.getAt(4, 3, 2).getRealFloat());
      Cursor<? extends RealType<?>> cursor = Views.flatIterable(xyz).localizingCursor();
      while (cursor.hasNext()) {
        float found = cursor.next().getRealFloat();
        int x = cursor.getIntPosition(0);
        int y = cursor.getIntPosition(1);
        assertEquals(valueAt(type, x, y, cursor.getIntPosition(2)), found);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void partsOfAChannelAreThoseOfTheWhole(PixelType type) {
    long seed = 20261122;
    Random random = new Random(seed);
    try (Volume volume = volume(type)) {
      for (int i = 0; i < 20; i++) {
        int[] min = {random.nextInt(WIDTH), random.nextInt(HEIGHT), random.nextInt(DEPTH)};
        long[] max = {
          min[0] + random.nextInt(WIDTH - min[0]),
          min[1] + random.nextInt(HEIGHT - min[1]),
          min[2] + random.nextInt(DEPTH - min[2])
        };
        var part = Views.interval(volume.channel(0), new long[] {min[0], min[1], min[2]}, max);
        Cursor<? extends RealType<?>> cursor = part.localizingCursor();
        while (cursor.hasNext()) {
          float found = cursor.next().getRealFloat();
          int x = cursor.getIntPosition(0);
          int y = cursor.getIntPosition(1);
          assertEquals(
              valueAt(type, x, y, cursor.getIntPosition(2)), found, "part " + i + ", seed " + seed);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UINT8", "UINT16", "UINT32"})
  void labelsAreTheSameNumbers(PixelType type) {
    try (Volume volume = volume(type)) {
      long[] labels = new long[WIDTH * HEIGHT];
      volume.readLabels(1, 0, labels);
      for (int i = 0; i < labels.length; i++) {
        assertEquals((long) values(type)[0][1][i], labels[i]);
      }
    }
  }

  @Test
  void floatsThatAreNoIdsAreRefusedAsLabels() {
    try (Volume volume = volume(PixelType.FLOAT32)) {
      BadInputException e =
          assertThrows(
              BadInputException.class, () -> volume.readLabels(0, 0, new long[WIDTH * HEIGHT]));
      assertTrue(
          e.getMessage().contains("expected a label, a whole number 0 … 16777216"), e.getMessage());
    }
  }

  @Test
  void manyThreadsReadTheSameValues() {
    try (Volume volume = volume(PixelType.UINT16);
        Job job = new Job(4, (name, done, total, unit) -> {})) {
      List<Callable<float[]>> tasks = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int z = i % DEPTH;
        tasks.add(
            () -> {
              float[] slice = new float[WIDTH * HEIGHT];
              volume.readSlice(z, 0, slice);
              return slice;
            });
      }
      List<float[]> slices = job.runAll(tasks);
      for (int i = 0; i < slices.size(); i++) {
        assertArrayEquals(values(PixelType.UINT16)[0][i % DEPTH], slices.get(i));
      }
    }
  }

  @Test
  void slicesHaveDifferentNames() {
    try (Volume volume = volume(PixelType.UINT8)) {
      List<String> names = IntStream.range(0, DEPTH).mapToObj(volume::sliceName).toList();
      assertEquals(List.of("z0000", "z0001", "z0002"), names);
    }
  }

  @Test
  void sliceOutsideIsRefused() {
    try (Volume volume = volume(PixelType.UINT8)) {
      float[] slice = new float[WIDTH * HEIGHT];
      assertThrows(IndexOutOfBoundsException.class, () -> volume.readSlice(DEPTH, 0, slice));
      assertThrows(IndexOutOfBoundsException.class, () -> volume.readSlice(0, 1, slice));
    }
  }

  @Test
  void specOfDescribesTheVolume() {
    try (Volume volume = volume(PixelType.UINT8)) {
      assertEquals(
          new VolumeSpec(WIDTH, HEIGHT, DEPTH, 1, PixelType.UINT8, SIZE), Volumes.specOf(volume));
    }
  }
}
