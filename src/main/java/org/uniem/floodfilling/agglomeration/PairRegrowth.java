package org.uniem.floodfilling.agglomeration;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Intervals;
import org.uniem.floodfilling.FloodFilling;
import org.uniem.floodfilling.GrownMask;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.Intensities;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.job.Job;

/**
 * Grows both objects of one pair anew in a subvolume around their decision point, all other objects
 * in their places. Not thread-safe.
 *
 * <p>Seeds are where an object is thickest in the subvolume, half a field of view away from its
 * faces. Attempts, margins, what is counted and where as in the program published with Januszewski
 * et al. 2018 (10.1038/s41592-018-0049-4). Deviations: a subvolume that would reach beyond the
 * volume is moved inwards instead of given up, and the second object is not grown if the first
 * decides against a merge.
 */
final class PairRegrowth {

  /** Image, labels, probabilities, mask, distances and what is computed on the way. */
  static final long BYTES_PER_VOXEL = 48;

  private final DecisionPoint point;
  private final RegrowthOptions options;
  private final AgglomerationInput input;
  private final Job job;
  private final FillingScene scene;
  private final Extent margin;
  private final boolean[] inA;
  private final boolean[] inB;
  private final int[] analysed;

  private PairRegrowth(
      DecisionPoint point,
      AgglomerationInput input,
      RegrowthOptions options,
      Extent margin,
      FillingScene scene,
      Job job) {
    this.point = point;
    this.input = input;
    this.options = options;
    this.margin = margin;
    this.scene = scene;
    this.job = job;
    inA = new boolean[scene.voxels()];
    inB = new boolean[scene.voxels()];
    int[] ids = LabelBox.read(input.segmentation().volume(), scene.box());
    for (int i = 0; i < ids.length; i++) {
      inA[i] = ids[i] == point.a();
      inB[i] = ids[i] == point.b();
      scene.labels()[i] = inA[i] || inB[i] ? FillingScene.FREE : ids[i];
    }
    analysed = voxelsAround();
  }

  /**
   * Grows a pair.
   *
   * @param intensities what the network sees of the image
   * @param criteria say when the second object need not be grown
   */
  static PairScores score(
      DecisionPoint point,
      AgglomerationInput input,
      MaskPredictor predictor,
      Intensities intensities,
      RegrowthOptions options,
      MergeCriteria criteria,
      Job job) {
    Interval box = subvolume(point.position(), input.size(), options.radius());
    FillingScene scene = read(input.image().channel(input.channel()), box, intensities);
    Extent margin = Extent.of(predictor.fieldOfView()).half();
    return new PairRegrowth(point, input, options, margin, scene, job).run(predictor, criteria);
  }

  @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
  private static <T extends RealType<T>> FillingScene read(
      RandomAccessibleInterval<? extends RealType<?>> image,
      Interval box,
      Intensities intensities) {
    return FillingScene.read((RandomAccessibleInterval<T>) image, box, intensities);
  }

  /** The box around a point, moved so that it does not reach beyond the volume. */
  static Interval subvolume(VoxelPosition at, long[] volume, Extent radius) {
    long[] centre = {at.x(), at.y(), at.z()};
    int[] radii = {radius.x(), radius.y(), radius.z()};
    long[] min = new long[3];
    long[] max = new long[3];
    for (int d = 0; d < 3; d++) {
      long length = Math.min(volume[d], 2L * radii[d] + 1);
      min[d] = Math.max(0, Math.min(centre[d] - radii[d], volume[d] - length));
      max[d] = min[d] + length - 1;
    }
    return Intervals.createMinMax(min[0], min[1], min[2], max[0], max[1], max[2]);
  }

  /** Voxels of the scene in which the result is compared. */
  private int[] voxelsAround() {
    Extent radius = options.analysisRadius();
    VoxelPosition at = point.position();
    Interval around =
        Intervals.intersect(
            scene.box(),
            Intervals.createMinMax(
                at.x() - radius.x(),
                at.y() - radius.y(),
                at.z() - radius.z(),
                at.x() + radius.x(),
                at.y() + radius.y(),
                at.z() + radius.z()));
    VoxelPosition origin = scene.origin();
    int[] voxels = new int[(int) Intervals.numElements(around)];
    int n = 0;
    for (long z = around.min(2); z <= around.max(2); z++) {
      for (long y = around.min(1); y <= around.max(1); y++) {
        int row = scene.voxel(0, (int) (y - origin.y()), (int) (z - origin.z()));
        for (long x = around.min(0); x <= around.max(0); x++) {
          voxels[n++] = row + (int) (x - origin.x());
        }
      }
    }
    return voxels;
  }

  private PairScores run(MaskPredictor predictor, MergeCriteria criteria) {
    PairScores none = new PairScores(point, count(inA), count(inB), List.of(), 0, true);
    if (!none.hasBoth()) {
      return none;
    }
    Optional<Growth> fromA = grow(inA, none.voxelsA(), predictor);
    if (fromA.isEmpty()) {
      return none;
    }
    RegrownObject a = fromA.get().result();
    if (criteria.decidedBy(none, a)) {
      return new PairScores(point, none.voxelsA(), none.voxelsB(), List.of(a), 0, false);
    }
    Optional<Growth> fromB = grow(inB, none.voxelsB(), predictor);
    List<RegrownObject> grown = new ArrayList<>(List.of(a));
    BitSet shared = new BitSet();
    if (fromB.isPresent()) {
      grown.add(fromB.get().result());
      shared = fromA.get().mask;
      shared.and(fromB.get().mask);
    }
    return new PairScores(point, none.voxelsA(), none.voxelsB(), grown, shared.cardinality(), true);
  }

  private long count(boolean[] object) {
    long count = 0;
    for (int voxel : analysed) {
      count += object[voxel] ? 1 : 0;
    }
    return count;
  }

  /** Tries seeds in an object until enough of it was grown; empty where there is none. */
  private Optional<Growth> grow(boolean[] object, long voxels, MaskPredictor predictor) {
    double[] thickness = NearestLabels.inside(object, scene.size(), input.voxelSize(), job);
    Growth growth = null;
    int looks = 0;
    for (int attempt = 1; attempt <= options.attempts(); attempt++) {
      int seed = thickest(thickness);
      if (seed < 0) {
        break;
      }
      GrownMask mask = FloodFilling.grow(scene, seed, predictor, options.filling(), job);
      looks += mask.looks().size();
      growth = new Growth(seed, attempt, looks, mask);
      if (growth.recovered(object) >= options.recovery() * voxels) {
        break;
      }
      exclude(seed, thickness);
    }
    return Optional.ofNullable(growth);
  }

  /** The first of the voxels farthest from the border of the object, −1 where none may be tried. */
  private int thickest(double[] thickness) {
    int best = -1;
    for (int i = 0; i < thickness.length; i++) {
      if (thickness[i] > (best < 0 ? 0 : thickness[best]) && scene.isInside(i, margin)) {
        best = i;
      }
    }
    return best;
  }

  private void exclude(int seed, double[] thickness) {
    Extent radius = options.exclusion();
    Extent size = scene.size();
    int x = scene.x(seed);
    int y = scene.y(seed);
    int z = scene.z(seed);
    for (int k = Math.max(0, z - radius.z()); k <= Math.min(size.z() - 1, z + radius.z()); k++) {
      for (int j = Math.max(0, y - radius.y()); j <= Math.min(size.y() - 1, y + radius.y()); j++) {
        for (int i = Math.max(0, x - radius.x());
            i <= Math.min(size.x() - 1, x + radius.x());
            i++) {
          thickness[scene.voxel(i, j, k)] = 0;
        }
      }
    }
  }

  /** One attempt, counted around the decision point. */
  private final class Growth {

    private final int seed;
    private final int attempts;
    private final int looks;
    private final GrownMask grown;
    private final BitSet mask = new BitSet();

    Growth(int seed, int attempts, int looks, GrownMask grown) {
      this.seed = seed;
      this.attempts = attempts;
      this.looks = looks;
      this.grown = grown;
      for (int voxel : analysed) {
        if (grown.holds(voxel, options.maskProbability())) {
          mask.set(voxel);
        }
      }
    }

    long recovered(boolean[] object) {
      long count = 0;
      for (int voxel : analysed) {
        boolean found = grown.holds(voxel, options.filling().segmentProbability());
        count += found && object[voxel] ? 1 : 0;
      }
      return count;
    }

    RegrownObject result() {
      long ofA = mask.stream().filter(voxel -> inA[voxel]).count();
      long ofB = mask.stream().filter(voxel -> inB[voxel]).count();
      BitSet around = new BitSet();
      for (int voxel : analysed) {
        around.set(voxel);
      }
      long deleted =
          grown.looks().stream()
              .filter(look -> around.get(look.voxel()))
              .mapToLong(GrownMask.Look::deleted)
              .sum();
      return new RegrownObject(
          scene.position(seed), attempts, mask.cardinality(), ofA, ofB, deleted, looks);
    }
  }
}
