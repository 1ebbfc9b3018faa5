package org.uniem.benchmarks.classical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import net.imglib2.img.array.ArrayImgs;
import org.uniem.filters.distance.DistanceOptions;
import org.uniem.filters.distance.DistanceTransform;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.phantom.Phantom;
import org.uniem.volumes.phantom.PhantomOptions;

/**
 * Cubes of raw numbers in a folder, x fastest, little-endian: {@code labels}, {@code other} and
 * {@code seeds} of 32-bit, {@code mask} and {@code boundary} of 8-bit.
 *
 * <p>The labels are tiles of real neurons, or of the phantom's cells where those are not there;
 * each tile has ids of its own. The mask is where they are farther from their border than one
 * voxel, so that those which touch are apart; the boundary map falls off with the distance from the
 * border, and seeds are what is farther from it than two voxels. The other labels are the same
 * moved by some voxels, every fourth id joined with the next.
 */
final class BenchmarkData {

  private static final Path NEURONS = Path.of("../shared/data/fib25/neurons.tif");
  private static final float MASK_DISTANCE = 1;
  private static final float SEED_DISTANCE = 2;

  private final Path folder;
  private final int size;

  BenchmarkData(Path folder, int size) {
    this.folder = folder;
    this.size = size;
  }

  int size() {
    return size;
  }

  int[] labels() {
    return readInts("labels");
  }

  int[] other() {
    return readInts("other");
  }

  int[] seeds() {
    return readInts("seeds");
  }

  byte[] mask() {
    return readBytes("mask");
  }

  byte[] boundary() {
    return readBytes("boundary");
  }

  /** Makes the volumes. */
  void make(Job job) throws IOException {
    Files.createDirectories(folder);
    int[] tile;
    int[] shape;
    if (Files.exists(NEURONS)) {
      try (Volume neurons = Volumes.open(NEURONS)) {
        shape = new int[] {(int) neurons.width(), (int) neurons.height(), (int) neurons.depth()};
        tile = read(neurons, shape);
      }
    } else {
      shape = new int[] {256, 256, 128};
      tile = cells(shape, job);
    }
    int[] labels = tiled(tile, shape);
    float[] distance = new float[labels.length];
    DistanceTransform.ofLabels(
        ArrayImgs.ints(labels, size, size, size),
        ArrayImgs.floats(distance, size, size, size),
        DistanceOptions.VOXELS,
        job);
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) (distance[i] > MASK_DISTANCE ? 1 : 0);
    }
    write("mask", bytes);
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) Math.max(0, Math.round(255 - 12 * distance[i]));
    }
    write("boundary", bytes);
    write("labels", labels);
    int[] ints = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      ints[i] = distance[i] > SEED_DISTANCE ? labels[i] : 0;
    }
    write("seeds", ints);
    int moved = ((size + 2) * size) + 3;
    for (int i = 0; i < labels.length; i++) {
      int id = labels[Math.max(0, i - moved)];
      ints[i] = id % 4 == 0 && id > 0 ? id + 1 : id;
    }
    write("other", ints);
  }

  private static int[] read(Volume volume, int[] shape) {
    int slice = shape[0] * shape[1];
    int[] tile = new int[slice * shape[2]];
    float[] values = new float[slice];
    for (int z = 0; z < shape[2]; z++) {
      volume.readSlice(z, 0, values);
      for (int i = 0; i < slice; i++) {
        tile[z * slice + i] = (int) values[i];
      }
    }
    return tile;
  }

  private static int[] cells(int[] shape, Job job) {
    Phantom phantom =
        Phantom.plan(
            new PhantomOptions(
                shape[0], shape[1], shape[2], new VoxelSize(8, 8, 8, "nm"), 1, 0, 0, 0.75),
            job);
    int slice = shape[0] * shape[1];
    int[] tile = new int[slice * shape[2]];
    for (int z = 0; z < shape[2]; z++) {
      System.arraycopy(phantom.slice(z, job).cells(), 0, tile, z * slice, slice);
    }
    return tile;
  }

  private int[] tiled(int[] tile, int[] shape) {
    int most = renumber(tile);
    int[] labels = new int[Math.multiplyExact(Math.multiplyExact(size, size), size)];
    int[] tiles = Arrays.stream(shape).map(length -> (size + length - 1) / length).toArray();
    for (int z = 0; z < size; z++) {
      for (int y = 0; y < size; y++) {
        int row = (z % shape[2] * shape[1] + y % shape[1]) * shape[0];
        int at = (z * size + y) * size;
        int tileYz = z / shape[2] * tiles[1] + y / shape[1];
        for (int x = 0; x < size; x++) {
          int id = tile[row + x % shape[0]];
          labels[at + x] = id == 0 ? 0 : id + most * (tileYz * tiles[0] + x / shape[0]);
        }
      }
    }
    return labels;
  }

  /** Makes ids 1, 2, …; returns the largest. */
  private static int renumber(int[] ids) {
    int[] known = Arrays.stream(ids).filter(id -> id != 0).distinct().sorted().toArray();
    for (int i = 0; i < ids.length; i++) {
      ids[i] = ids[i] == 0 ? 0 : Arrays.binarySearch(known, ids[i]) + 1;
    }
    return known.length;
  }

  private int[] readInts(String name) {
    int[] values = new int[size * size * size];
    int slice = size * size;
    try (FileChannel channel = FileChannel.open(path(name))) {
      ByteBuffer buffer = ByteBuffer.allocate(4 * slice).order(ByteOrder.LITTLE_ENDIAN);
      for (int z = 0; z < size; z++) {
        fill(buffer.clear(), channel);
        buffer.flip().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values, z * slice, slice);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  private byte[] readBytes(String name) {
    byte[] values = new byte[size * size * size];
    try (FileChannel channel = FileChannel.open(path(name))) {
      fill(ByteBuffer.wrap(values), channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  private static void fill(ByteBuffer buffer, FileChannel channel) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException("The file ends too early: make the data again.");
      }
    }
  }

  private void write(String name, byte[] values) throws IOException {
    Files.write(path(name), values);
  }

  private void write(String name, int[] values) throws IOException {
    int slice = size * size;
    ByteBuffer buffer = ByteBuffer.allocate(4 * slice).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel =
        FileChannel.open(
            path(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (int z = 0; z < size; z++) {
        buffer.clear();
        buffer.asIntBuffer().put(values, z * slice, slice);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    }
  }

  private Path path(String name) {
    return folder.resolve(name + ".raw");
  }
}
