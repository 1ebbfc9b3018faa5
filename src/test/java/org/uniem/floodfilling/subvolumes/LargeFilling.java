package org.uniem.floodfilling.subvolumes;

import java.nio.file.Path;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;
import org.uniem.floodfilling.FakePredictor;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.seeds.GridSeeds;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/**
 * Fills a volume many times as large as the subvolumes that its memory allows, in a process of its
 * own. The volume is computed where it is read: cubes side by side, each of an intensity of its
 * own.
 */
public final class LargeFilling {

  /** Edge of a cube. */
  static final int CUBE = 60;

  /** Cubes along an axis. */
  static final int CUBES = 4;

  /** Edge of the volume. */
  static final int EDGE = CUBE * CUBES;

  /** What subvolumes may take; 64 MiB of it are for objects that grow. */
  static final long MEMORY = 78L << 20;

  private LargeFilling() {}

  /** Takes the output folder. */
  public static void main(String[] args) {
    try (Job job = new Job(2, ProgressListener.NONE);
        MaskPredictor network = FakePredictor.ofIntensities(17, 8)) {
      Extent size = size();
      SubvolumeFilling.fill(
          FillingInput.of(volume()),
          new FillingModel(network, 0, 1, "fake"),
          new GridSeeds(CUBE / 2, List.of(CUBE / 4), false),
          FillingOptions.PUBLISHED,
          new SubvolumeOptions(size, new Extent(24, 24, 24), 1, MEMORY),
          Path.of(args[0]),
          FillingListener.NONE,
          job);
    }
  }

  /** The largest subvolumes in that memory. */
  static Extent size() {
    return SubvolumeOptions.largestSize(new long[] {EDGE, EDGE, EDGE}, MEMORY, 1);
  }

  /** Which cube it is, from 1. */
  static int cube(long x, long y, long z) {
    return (int) (1 + x / CUBE + CUBES * (y / CUBE + CUBES * (z / CUBE)));
  }

  private static Volume volume() {
    RandomAccessibleInterval<UnsignedByteType> cubes =
        Views.interval(
            new FunctionRandomAccessible<>(
                3,
                (at, value) ->
                    value.set(
                        cube(at.getLongPosition(0), at.getLongPosition(1), at.getLongPosition(2))),
                UnsignedByteType::new),
            new long[3],
            new long[] {EDGE - 1, EDGE - 1, EDGE - 1});
    return Volumes.of(cubes, VoxelSize.UNKNOWN, "cubes");
  }
}
