package org.uniem.networks.floodfilling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uniem.floodfilling.FilledObject;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.FillingResult;
import org.uniem.floodfilling.FloodFilling;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.floodfilling.seeds.PointSeeds;
import org.uniem.job.Job;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Normalisation;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.checkpoints.TensorFlowCheckpoint;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Objects of the published segmentation, grown anew with the published network. */
class PublishedObjectsTest {

  private static final Path DATA = Path.of("../shared/data");

  @TempDir static Path folder;

  private static FloodFillingNetwork network;

  @BeforeAll
  static void importNetwork() {
    assumeTrue(Files.exists(DATA), "skipped: ../shared/data not present");
    new PublishedNetwork(TensorFlowCheckpoint.open(DATA.resolve("ffn_fib25_model")), 12)
        .save(
            folder,
            FloodFillingSettings.of(List.of(33, 33, 33), List.of(8, 8, 8)),
            Normalisation.intensity(128, 33));
    network = new FloodFillingNetwork(ModelFolder.open(folder), new TensorFlowRuntime("cpu", 2));
  }

  @AfterAll
  static void closeNetwork() {
    if (network != null) {
      network.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, 16, 19, 228, 7, 25434",
    "3, 16, 24, 204, 1, 1757",
    "7, 16, 56, 145, 8, 4986",
    "10, 16, 118, 128, 11, 2979",
    "12, 16, 166, 195, 23, 21241",
    "18, 17, 209, 231, 1, 1968",
    "21, 18, 145, 88, 1, 3020"
  })
  void objectHasThePublishedVoxels(int id, int z, int y, int x, int iterations, int voxels) {
    int[] published = published();
    int[] labels = Arrays.stream(published).map(label -> label < id ? label : 0).toArray();
    FillingResult result = grow(labels, List.of(new VoxelPosition(x, y, z)), 1);
    FilledObject object = result.objects().get(0);
    assertEquals(iterations, object.iterations());
    assertEquals(voxels, object.voxels());
    int different = 0;
    for (int i = 0; i < labels.length; i++) {
      boolean here = labels[i] == object.id();
      different += here != (published[i] == id) ? 1 : 0;
    }
    assertEquals(0, different, "voxels that differ");
  }

  @Test
  void objectsDoNotDependOnTheBatch() {
    List<VoxelPosition> seeds =
        List.of(
            new VoxelPosition(204, 24, 16),
            new VoxelPosition(231, 209, 17),
            new VoxelPosition(88, 145, 18));
    int[] one = new int[250 * 250 * 250];
    int[] three = new int[one.length];
    FillingResult single = grow(one, seeds, 1);
    FillingResult together = grow(three, seeds, 3);
    assertEquals(3, together.objects().size());
    assertEquals(
        single.objects().stream().map(FilledObject::iterations).toList(),
        together.objects().stream().map(FilledObject::iterations).toList());
    assertEquals(-1, Arrays.mismatch(one, three));
  }

  private static FillingResult grow(int[] labels, List<VoxelPosition> seeds, int batch) {
    try (Volume raw = Volumes.open(DATA.resolve("fib25/raw.tif"));
        Job job = Job.silent()) {
      return segment(raw.channel(0), labels, new PointSeeds(seeds), batch, job);
    }
  }

  @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
  private static <T extends RealType<T>> FillingResult segment(
      RandomAccessibleInterval<? extends RealType<?>> raw,
      int[] labels,
      PointSeeds seeds,
      int batch,
      Job job) {
    return FloodFilling.segment(
        (RandomAccessibleInterval<T>) raw,
        ArrayImgs.ints(labels, 250, 250, 250),
        new FillingModel(network, 128, 33, "fib25"),
        seeds,
        FillingOptions.PUBLISHED.withBatch(batch),
        job);
  }

  private static int[] published() {
    int[] labels = new int[250 * 250 * 250];
    float[] slice = new float[250 * 250];
    try (Volume reference = Volumes.open(DATA.resolve("fib25/ffn-reference.tif"))) {
      for (int z = 0; z < 250; z++) {
        reference.readSlice(z, 0, slice);
        for (int i = 0; i < slice.length; i++) {
          labels[z * slice.length + i] = (int) slice[i];
        }
      }
    }
    return labels;
  }
}
