package org.uniem.floodfilling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.ConstantUtils;
import net.imglib2.util.Intervals;
import org.junit.jupiter.api.Test;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.floodfilling.seeds.PointSeeds;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;

class FillingLimitsTest {

  private static final PointSeeds CENTRE = new PointSeeds(List.of(new VoxelPosition(5, 5, 5)));

  private static FillingScene scene(Interval box) {
    RandomAccessibleInterval<UnsignedByteType> image =
        ConstantUtils.constantRandomAccessibleInterval(new UnsignedByteType(1), box);
    return FillingScene.read(image, box, 0, 1);
  }

  @Test
  void batchesBeyondTheLargestArrayAreRefused() {
    FakePredictor network = FakePredictor.ofIntensities(129, 32);
    FillingOptions options = FillingOptions.PUBLISHED.withBatch(1024);
    BadParameterException e =
        assertThrows(
            BadParameterException.class,
            () ->
                FloodFilling.requireFits(
                    scene(Intervals.createMinSize(0, 0, 0, 9, 9, 9)).size(), network, options));
    assertEquals(
        "batch=1024 fields of view of [129, 129, 129] voxels are more than 2147483639 voxels: give"
            + " a batch of 1000 or less.",
        e.getMessage());
  }

  @Test
  void boxesOfMoreThanTheLargestArrayAreRefused() {
    Interval box = Intervals.createMinSize(0, 0, 0, 2048, 2048, 512);
    BadInputException e = assertThrows(BadInputException.class, () -> scene(box));
    assertEquals(
        "A box of [2048, 2048, 512] voxels cannot be filled at once: expected x, y, z and at most"
            + " 2147483639 voxels. Fill it in smaller subvolumes.",
        e.getMessage());
    Interval huge = Intervals.createMinSize(0, 0, 0, 1L << 31, 1L << 31, 1L << 31);
    assertThrows(BadInputException.class, () -> scene(huge));
  }

  @Test
  void cancelAfterTheLastObjectDoesNotLoseThem() {
    AtomicReference<Job> running = new AtomicReference<>();
    ProgressListener cancelling =
        (stage, done, total, unit) -> {
          if (done == total) {
            running.get().cancel();
          }
        };
    try (Job job = new Job(1, cancelling)) {
      running.set(job);
      FillingScene scene = scene(Intervals.createMinSize(0, 0, 0, 11, 11, 11));
      FillingResult result =
          FloodFilling.fill(
              scene,
              FakePredictor.ofIntensities(5, 2),
              CENTRE,
              FillingOptions.PUBLISHED.withMinSegmentVoxels(10),
              FillingListener.NONE,
              job.stage("Test", scene.voxels(), "voxels"),
              job);
      assertTrue(job.isCancelled());
      assertEquals(1, result.objects().size());
    }
  }

  @Test
  void cancelBeforeTheLastSeedEndsTheFilling() {
    try (Job job = Job.silent()) {
      job.cancel();
      assertThrows(
          CancellationException.class,
          () ->
              FloodFilling.segment(
                  ArrayImgs.unsignedBytes(11, 11, 11),
                  ArrayImgs.ints(11, 11, 11),
                  new FillingModel(FakePredictor.ofIntensities(5, 2), 0, 1, "fake"),
                  CENTRE,
                  FillingOptions.PUBLISHED,
                  job));
    }
  }
}
