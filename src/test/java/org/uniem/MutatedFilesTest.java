package org.uniem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.UniemException;
import org.uniem.networks.Safetensors;
import org.uniem.networks.Weights;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/**
 * Files with bytes changed at random, most of them in their headers, are read or refused in words:
 * within seconds, within the heap, and never by an exception that the suite does not throw on
 * purpose. {@code -Duniem.mutations=20000} tries as many in all.
 */
class MutatedFilesTest {

  private static final int MUTATIONS = Integer.getInteger("uniem.mutations", 800);
  private static final int KINDS = 8;
  private static final int LIMIT_SECONDS = 10;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stack.tif",
        "slices",
        "image.ome.zarr",
        "new.ome.zarr",
        "data.h5",
        "data.mrc",
        "data.n5",
        "weights.safetensors"
      })
  void changedFilesAreReadOrRefusedInWords(String name) throws Exception {
    long seed = 20261201 + name.hashCode();
    Random random = new Random(seed);
    Path original = folder.resolve(name);
    write(original);
    List<Path> files = files(original);
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    for (Path file : files) {
      contents.put(file, Files.readAllBytes(file));
    }
    ExecutorService reader = Executors.newSingleThreadExecutor(MutatedFilesTest::daemon);
    int read = 0;
    for (int i = 0; i < MUTATIONS / KINDS; i++) {
      Path file = files.get(random.nextInt(files.size()));
      byte[] changed = mutate(contents.get(file), random);
      Files.write(file, changed);
      read += read(reader, original, seed + " round " + i + " " + file.getFileName()) ? 1 : 0;
      Files.write(file, contents.get(file));
    }
    reader.shutdownNow();
    assertEquals(files, files(original), "reading has left files behind");
    assertTrue(read < MUTATIONS / KINDS, "none was refused");
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "reader of changed files");
    thread.setDaemon(true);
    return thread;
  }

  /** Whether it could be read. */
  private static boolean read(ExecutorService reader, Path path, String what) throws Exception {
    Future<?> result = reader.submit(() -> readAll(path));
    try {
      result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UniemException refusal && refusal.getMessage() != null) {
        return false;
      }
      return fail("seed " + what + ": " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      return fail("seed " + what + ": not done after " + LIMIT_SECONDS + " s");
    }
  }

  private static void readAll(Path path) {
    if (path.toString().endsWith(".safetensors")) {
      Safetensors.read(path);
      return;
    }
    try (Volume volume = Volumes.open(path)) {
      // A header may promise any size; what is read must be there.
      long pixels = volume.width() * volume.height();
      if (pixels > 1 << 22) {
        return;
      }
      for (long z = 0; z < Math.min(8, volume.depth()); z++) {
        volume.readSlice(z, 0, new float[(int) pixels]);
      }
    }
  }

  private static void write(Path path) {
    if (path.toString().endsWith(".safetensors")) {
      Safetensors.write(
          path,
          new Weights(
              Map.of("a/b", new Weights.Tensor(new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}))));
      return;
    }
    VolumeSpec spec = new VolumeSpec(37, 23, 3, 1, PixelType.UINT16, new VoxelSize(4, 4, 30, "nm"));
    String refused = "";
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      float[] slice = new float[37 * 23];
      for (int z = 0; z < 3; z++) {
        for (int i = 0; i < slice.length; i++) {
          slice[i] = (i * 17 + z) % 4096;
        }
        writer.writeSlice(slice);
      }
      writer.commit();
    } catch (UniemException e) {
      refused = e.getMessage();
    }
    assumeTrue(refused.isEmpty(), "skipped: " + refused);
  }

  private static byte[] mutate(byte[] content, Random random) {
    byte[] changed = content.clone();
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && changed.length > 0; i++) {
      int most = random.nextInt(5) == 0 ? changed.length : Math.min(changed.length, 600);
      int place = random.nextInt(most);
      switch (random.nextInt(6)) {
        case 0 -> changed[place] ^= (byte) (1 << random.nextInt(8));
        case 1 -> changed[place] = (byte) random.nextInt();
        case 2 -> changed[place] = (byte) (random.nextBoolean() ? 0 : 0xff);
        case 3 -> changed = Arrays.copyOf(changed, place);
        case 4 -> extreme(changed, place, random);
        default -> changed = doubled(changed, place, random);
      }
    }
    return changed;
  }

  /** A number of four bytes, as sizes and offsets are, at the ends of its range. */
  private static void extreme(byte[] content, int place, Random random) {
    if (place + 4 <= content.length) {
      int[] values = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x10000};
      int value = values[random.nextInt(values.length)];
      ByteBuffer.wrap(content)
          .putInt(place, random.nextBoolean() ? value : Integer.reverseBytes(value));
    }
  }

  private static byte[] doubled(byte[] content, int place, Random random) {
    int length = Math.min(content.length - place, 1 + random.nextInt(16));
    byte[] longer = new byte[content.length + length];
    System.arraycopy(content, 0, longer, 0, place + length);
    System.arraycopy(content, place, longer, place + length, content.length - place);
    return longer;
  }

  private static List<Path> files(Path path) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }
}
