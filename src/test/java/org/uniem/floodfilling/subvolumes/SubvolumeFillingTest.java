package org.uniem.floodfilling.subvolumes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.floodfilling.FakePredictor;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.Mirroring;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class SubvolumeFillingTest {

  private static final long SEED = 7;
  private static final Extent SIZE = new Extent(32, 30, 28);
  private static final Extent OVERLAP = new Extent(12, 12, 12);

  @TempDir Path folder;

  private final Job job = Job.silent();

  @AfterEach
  void endJob() {
    job.close();
  }

  private static FakePredictor network() {
    return FakePredictor.ofIntensities(5, 2);
  }

  private SegmentationFolder fill(Path output, Volume image, String model, Extent size) {
    return fill(output, image, new FillingModel(network(), 0, 1, model), size, 1L << 30);
  }

  private SegmentationFolder fill(
      Path output, Volume image, FillingModel model, Extent size, long memory) {
    return SubvolumeFilling.fill(
        FillingInput.of(image),
        model,
        SlowFilling.SEEDS,
        FillingOptions.PUBLISHED.withMinSegmentVoxels(20).withBatch(3),
        new SubvolumeOptions(size, OVERLAP, 2, memory),
        output,
        FillingListener.NONE,
        job);
  }

  private static Volume cells(long seed) {
    return CellsVolume.volume(CellsVolume.cells(seed));
  }

  private static void assertSame(SegmentationFolder expected, SegmentationFolder actual) {
    assertEquals(expected.made(), actual.made());
    for (int i = 0; i < expected.grid().count(); i++) {
      assertEquals(expected.finished(i).largestId(), actual.finished(i).largestId());
      try (SubvolumeLabels a = expected.labels(i);
          SubvolumeLabels b = actual.labels(i)) {
        for (long z = a.box().min(2); z <= a.box().max(2); z++) {
          assertArrayEquals(a.slice(z), b.slice(z), "subvolume " + i + ", slice " + z);
        }
      }
    }
  }

  @Test
  void resultDoesNotDependOnWhatIsInFlight() {
    SegmentationFolder one = SlowFilling.fill(folder.resolve("one"), SEED, network(), 1, 1);
    SegmentationFolder many = SlowFilling.fill(folder.resolve("many"), SEED, network(), 3, 4);
    assertEquals(3 * 3 * 2, one.grid().count());
    assertTrue(one.finished(0).largestId() > 2);
    assertSame(one, many);
  }

  @Test
  void subvolumesShareBatches() {
    FakePredictor network = network();
    SlowFilling.fill(folder.resolve("shared"), SEED, network, 3, 4);
    assertTrue(
        network.calls.get() * 3 < network.fields.get(),
        network.fields + " fields in " + network.calls + " calls");
  }

  @Test
  void killedRunGoesOnWithWhatIsNotFinished() throws Exception {
    Path output = folder.resolve("killed");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SlowFilling.class.getName(),
                output.toString(),
                String.valueOf(SEED))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    Path third = output.resolve("subvolume-000002.json");
    long until = System.nanoTime() + 60_000_000_000L;
    while (!Files.exists(third)) {
      assertTrue(process.isAlive(), () -> log());
      assertTrue(System.nanoTime() < until, "no subvolume was finished in a minute");
      Thread.sleep(5);
    }
    process.destroyForcibly().waitFor();
    SegmentationFolder left = SegmentationFolder.open(output);
    Map<Integer, FileTime> finished = new HashMap<>();
    for (int i = 0; i < left.grid().count(); i++) {
      if (left.isFinished(i)) {
        finished.put(i, Files.getLastModifiedTime(file(output, i)));
      }
    }
    assertTrue(finished.size() >= 3 && finished.size() < left.grid().count(), "" + finished);
    SegmentationFolder resumed = SlowFilling.fill(output, SEED, network(), 2, 3);
    for (Map.Entry<Integer, FileTime> entry : finished.entrySet()) {
      assertEquals(entry.getValue(), Files.getLastModifiedTime(file(output, entry.getKey())));
    }
    assertSame(SlowFilling.fill(folder.resolve("whole"), SEED, network(), 2, 3), resumed);
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Path file(Path output, int index) {
    return output.resolve("subvolume-00000" + index + ".json");
  }

  @Test
  void subvolumesOfAnotherImageModelOrSettingAreRefused() {
    Path output = folder.resolve("out");
    fill(output, cells(SEED), "a", SIZE);
    assertRefused("image checksum", () -> fill(output, cells(8), "a", SIZE));
    assertRefused("model a, mean 0.0", () -> fill(output, cells(SEED), "b", SIZE));
    assertRefused(
        "subvolume size [32, 30, 28] there, [40, 30, 28] now",
        () -> fill(output, cells(SEED), "a", new Extent(40, 30, 28)));
    fill(output, cells(SEED), "a", SIZE);
  }

  @Test
  void aSubvolumeCopiedFromAnotherFolderIsRefused() throws Exception {
    Path a = folder.resolve("a");
    Path b = folder.resolve("b");
    fill(a, cells(SEED), "a", SIZE);
    fill(b, cells(8), "a", SIZE);
    Files.copy(
        b.resolve("subvolume-000003.json"),
        a.resolve("subvolume-000003.json"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused("subvolume 3 of another segmentation", () -> fill(a, cells(SEED), "a", SIZE));
  }

  @Test
  void damagedSubvolumesAreNamed() throws Exception {
    SegmentationFolder out = fill(folder.resolve("out"), cells(SEED), "a", SIZE);
    Path labels = folder.resolve("out/subvolume-000001-labels.gz");
    byte[] bytes = Files.readAllBytes(labels);
    Files.write(labels, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(
        "subvolume-000001-labels.gz",
        () -> {
          try (SubvolumeLabels damaged = out.labels(1)) {
            damaged.slice(damaged.box().max(2));
          }
        });
    Files.writeString(folder.resolve("out/subvolume-000002.json"), "{");
    assertRefused("subvolume-000002.json", () -> out.isFinished(2));
    Files.delete(folder.resolve("out/subvolume-000000.json"));
    assertFalse(out.isFinished(0));
    assertRefused("Subvolume 0 of 18", () -> out.labels(0));
  }

  @Test
  void lostLabelsAreSaidToBeMissing() throws Exception {
    SegmentationFolder out = fill(folder.resolve("out"), cells(SEED), "a", SIZE);
    Files.delete(folder.resolve("out/subvolume-000001-labels.gz"));
    assertRefused("is missing, though its .json", () -> out.labels(1).close());
    Files.writeString(folder.resolve("out/subvolume-000001-labels.gz"), "no gzip");
    assertRefused("It is damaged", () -> out.labels(1).close());
  }

  @Test
  void interruptedRunEndsAndStaysInterrupted() {
    Thread own = Thread.currentThread();
    FillingModel model =
        new FillingModel(
            new FakePredictor(
                new int[] {5, 5, 5},
                new int[] {2, 2, 2},
                (image, centre, mask) -> {
                  own.interrupt();
                  return image == centre ? 4 : -4;
                }),
            0,
            1,
            "a");
    Path output = folder.resolve("out");
    assertThrows(
        CancellationException.class, () -> fill(output, cells(SEED), model, SIZE, 1L << 30));
    assertTrue(Thread.interrupted(), "the flag is left for the caller");
    assertFalse(SegmentationFolder.open(output).isFinished(17));
  }

  @Test
  void folderWithoutSubvolumesIsRefused() {
    assertRefused("holds no subvolumes", () -> SegmentationFolder.open(folder));
  }

  @Test
  void subvolumesBeyondMemoryAreRefusedWithOnesThatFit() {
    FillingModel model = new FillingModel(network(), 0, 1, "a");
    ResourceException e =
        assertThrows(
            ResourceException.class,
            () -> fill(folder.resolve("out"), cells(SEED), model, SIZE, (64L << 20) + 22000));
    assertTrue(e.getMessage().contains("for example 10,10,10"), e.getMessage());
    assertFalse(Files.exists(folder.resolve("out")), "nothing is written before");
  }

  @Test
  void largestSubvolumesFitIntoMemory() {
    for (long memory = 300L << 20; memory < 1L << 34; memory *= 3) {
      Extent size = SubvolumeOptions.largestSize(new long[] {10000, 3000, 50}, memory, 2);
      assertTrue(2 * SubvolumeOptions.bytes(size) <= memory, size + " for " + memory);
      assertTrue(2 * SubvolumeOptions.bytes(size) > 0.7 * memory, size + " for " + memory);
    }
    assertEquals(
        new Extent(30, 20, 10), SubvolumeOptions.largestSize(new long[] {30, 20, 10}, 1L << 33, 1));
    long memory = SubvolumeOptions.bytes(new Extent(100, 100, 100));
    Extent within =
        SubvolumeOptions.largestSize(new long[] {1000, 1000, 1000}, new int[] {8, 8, 2}, memory, 1);
    assertEquals(new Extent(84, 84, 96), within);
    assertEquals(
        new Extent(30, 20, 10),
        SubvolumeOptions.largestSize(new long[] {30, 20, 10}, new int[] {8, 8, 2}, memory, 1));
  }

  @Test
  void masksOfAnotherSizeAreRefused() {
    Volume mask = Volumes.of(ArrayImgs.unsignedBytes(3, 4, 5), VoxelSize.UNKNOWN, "mask");
    assertRefused(
        "mask mask 3 x 4 x 5",
        () -> new FillingInput(cells(SEED), 0, Optional.of(mask), Mirroring.NONE));
  }

  @Test
  void subvolumesSmallerThanTheFieldOfViewAreRefused() {
    FillingModel model = new FillingModel(FakePredictor.ofIntensities(31, 2), 0, 1, "a");
    assertRefused(
        "31,31,31", () -> fill(folder.resolve("out"), cells(SEED), model, SIZE, 1L << 30));
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void failureOfTheNetworkEndsAllInFlight() {
    MaskPredictor broken =
        new FakePredictor(
            new int[] {5, 5, 5},
            new int[] {2, 2, 2},
            (image, centre, mask) -> {
              throw new IllegalStateException("out of memory");
            });
    FillingModel model = new FillingModel(broken, 0, 1, "a");
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> fill(folder.resolve("out"), cells(SEED), model, SIZE, 1L << 30));
    assertEquals("out of memory", e.getMessage());
  }

  @Test
  void cancelledRunKeepsWhatIsFinished() {
    Path output = folder.resolve("out");
    FakePredictor cancelling =
        new FakePredictor(
            new int[] {5, 5, 5},
            new int[] {2, 2, 2},
            (image, centre, mask) -> {
              if (Files.exists(output.resolve("subvolume-000001.json"))) {
                job.cancel();
              }
              return image == centre ? 4 : -4;
            });
    FillingModel model = new FillingModel(cancelling, 0, 1, "a");
    assertThrows(
        CancellationException.class, () -> fill(output, cells(SEED), model, SIZE, 1L << 30));
    SegmentationFolder left = SegmentationFolder.open(output);
    assertTrue(left.isFinished(1));
    assertFalse(left.isFinished(17));
  }

  private static void assertRefused(String words, Executable run) {
    BadInputException e = assertThrows(BadInputException.class, run);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }
}
