package org.uniem.floodfilling.seeds;

import java.util.List;
import java.util.stream.IntStream;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;

/**
 * Seeds on regular grids that start at the corner of the box, one grid after the other.
 *
 * @param step distance of the points of a grid along each axis, in voxels, 1 or more
 * @param offsets where each grid starts along each axis, in voxels, 0 … step−1
 * @param everySlice whether grids are two-dimensional and repeated in every slice
 */
public record GridSeeds(int step, List<Integer> offsets, boolean everySlice) implements SeedPolicy {

  public GridSeeds {
    offsets = List.copyOf(offsets);
    if (step < 1 || offsets.stream().anyMatch(offset -> offset < 0)) {
      throw new BadParameterException(
          "A grid cannot have step "
              + step
              + " and offsets "
              + offsets
              + ": give 1 or more and 0 or more.");
    }
  }

  /** The published grids of three dimensions: step 16, offsets 0, 8, 4, 12, 2, 10, 14. */
  public static GridSeeds volume() {
    return new GridSeeds(16, List.of(0, 8, 4, 12, 2, 10, 14), false);
  }

  /** The published grids of two dimensions: step 16, offsets 0, 8, 4, 12, 2, 6, 10, 14. */
  public static GridSeeds slices() {
    return new GridSeeds(16, List.of(0, 8, 4, 12, 2, 6, 10, 14), true);
  }

  @Override
  public int[] seeds(FillingScene scene, Job job) {
    return offsets.stream().flatMapToInt(offset -> grid(scene, offset)).toArray();
  }

  private IntStream grid(FillingScene scene, int offset) {
    Extent size = scene.size();
    IntStream slices = everySlice ? IntStream.range(0, size.z()) : steps(offset, size.z());
    return slices.flatMap(
        z ->
            steps(offset, size.y())
                .flatMap(y -> steps(offset, size.x()).map(x -> scene.voxel(x, y, z))));
  }

  private IntStream steps(int offset, int end) {
    return IntStream.iterate(offset, at -> at < end, at -> at + step);
  }

  @Override
  public String describe() {
    return (everySlice ? "grid in slices" : "grid") + ", step " + step + ", offsets " + offsets;
  }
}
