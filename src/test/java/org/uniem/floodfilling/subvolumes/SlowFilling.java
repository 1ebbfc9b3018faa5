package org.uniem.floodfilling.subvolumes;

import java.nio.file.Path;
import java.util.List;
import org.uniem.floodfilling.FakePredictor;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.seeds.GridSeeds;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;

/** Fills the cells in a process of its own, slowly enough to be killed. */
public final class SlowFilling {

  static final GridSeeds SEEDS = new GridSeeds(4, List.of(3), false);

  private SlowFilling() {}

  /** Takes the output folder and the seed of the cells. */
  public static void main(String[] args) {
    MaskPredictor slow =
        new FakePredictor(
            new int[] {5, 5, 5},
            new int[] {2, 2, 2},
            (image, centre, mask) -> image == centre ? 4 : -4) {
          @Override
          public float[] predict(float[] images, float[] masks, int n) {
            try {
              Thread.sleep(1);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.predict(images, masks, n);
          }
        };
    fill(Path.of(args[0]), Long.parseLong(args[1]), slow, 2, 3);
  }

  static SegmentationFolder fill(
      Path folder, long seed, MaskPredictor network, int inFlight, int batch) {
    try (Job job = new Job(2, ProgressListener.NONE)) {
      return SubvolumeFilling.fill(
          FillingInput.of(CellsVolume.volume(CellsVolume.cells(seed))),
          new FillingModel(network, 0, 1, "fake"),
          SEEDS,
          FillingOptions.PUBLISHED.withMinSegmentVoxels(20).withBatch(batch),
          new SubvolumeOptions(new Extent(32, 30, 28), new Extent(12, 12, 12), inFlight, 1L << 30),
          folder,
          FillingListener.NONE,
          job);
    }
  }
}
