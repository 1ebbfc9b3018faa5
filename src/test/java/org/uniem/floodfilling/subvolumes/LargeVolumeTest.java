package org.uniem.floodfilling.subvolumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.ConstantUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.floodfilling.FakePredictor;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.joining.Reconciliation;
import org.uniem.floodfilling.joining.ReconciliationOptions;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.seeds.EmptySpaceSeeds;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class LargeVolumeTest {

  /** Less than the labels and the image of the whole volume would take. */
  private static final int HEAP_MEGABYTES = 104;

  @TempDir Path folder;

  @Test
  void volumeOfTwentyTimesTheMemoryIsFilledWithinIt() throws Exception {
    long volume = (long) LargeFilling.EDGE * LargeFilling.EDGE * LargeFilling.EDGE;
    assertTrue(volume >= 20 * LargeFilling.size().voxels(), "" + LargeFilling.size());
    assertTrue(9 * volume > (long) HEAP_MEGABYTES << 20);
    Path output = folder.resolve("out");
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeFilling.class.getName(),
                output.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "ended");
    assertEquals(0, process.exitValue(), Files.readString(log));
    assertCubesAreObjects(output);
  }

  private static void assertCubesAreObjects(Path output) {
    try (Job job = Job.silent()) {
      Reconciliation whole =
          Reconciliation.of(SegmentationFolder.open(output), ReconciliationOptions.DEFAULT, job);
      Set<Long> middles = new HashSet<>();
      int edge = LargeFilling.EDGE;
      int cube = LargeFilling.CUBE;
      whole.write(
          (z, labels) -> {
            if (z % cube == cube / 2) {
              for (int y = cube / 2; y < edge; y += cube) {
                for (int x = cube / 2; x < edge; x += cube) {
                  middles.add(labels[y * edge + x]);
                }
              }
            }
          },
          job);
      middles.remove(0L);
      assertEquals(LargeFilling.CUBES * LargeFilling.CUBES * LargeFilling.CUBES, middles.size());
    }
  }

  private static Volume dark(long width, long height, long depth) {
    RandomAccessibleInterval<UnsignedByteType> pixels =
        ConstantUtils.constantRandomAccessibleInterval(
            new UnsignedByteType(), new net.imglib2.FinalInterval(width, height, depth));
    return Volumes.of(pixels, VoxelSize.UNKNOWN, "dark");
  }

  private void fill(Volume image, Extent size) {
    try (Job job = Job.silent()) {
      SubvolumeFilling.fill(
          FillingInput.of(image),
          new FillingModel(FakePredictor.ofIntensities(5, 2), 0, 1, "fake"),
          new EmptySpaceSeeds(),
          FillingOptions.PUBLISHED,
          new SubvolumeOptions(size, new Extent(5, 5, 5), 1, 1L << 50),
          folder.resolve("out"),
          FillingListener.NONE,
          job);
    }
  }

  @Test
  void subvolumesOfMoreThanTheLargestArrayAreRefused() {
    Volume image = dark(3000, 3000, 3000);
    BadInputException e =
        assertThrows(BadInputException.class, () -> fill(image, new Extent(2000, 2000, 2000)));
    assertTrue(e.getMessage().contains("[2000, 2000, 2000] voxels cannot be"), e.getMessage());
    assertTrue(Files.notExists(folder.resolve("out")));
  }

  @Test
  void slicesOfMoreThanTheLargestArrayAreRefused() {
    Volume image = dark(1L << 17, 1L << 17, 5);
    BadInputException e =
        assertThrows(BadInputException.class, () -> fill(image, new Extent(50, 50, 5)));
    assertTrue(e.getMessage().contains("slices of at most 2147483639"), e.getMessage());
    assertTrue(Files.notExists(folder.resolve("out")));
  }
}
