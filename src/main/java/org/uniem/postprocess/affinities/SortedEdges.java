package org.uniem.postprocess.affinities;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.imglib2.Dimensions;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;

/**
 * The edges of a mutex watershed from the surest to the least sure, by counting sort: the slices
 * are read twice, the edges take 4 bytes each.
 *
 * <p>Edges of one class keep the order of slices, offsets and voxels, so the order does not depend
 * on the number of threads.
 */
final class SortedEdges {

  private SortedEdges() {}

  /**
   * Takes the sorted edges.
   *
   * @param codes of all edges
   * @param ends index after the last edge of each class
   */
  record Edges(int[] codes, int[] ends) {}

  static Edges sort(PixelEdges edges, Dimensions size, Job job) {
    long depth = size.dimension(2);
    int pixels = Math.toIntExact(size.dimension(0) * size.dimension(1));
    int slabs = (int) Math.min(depth, job.threads());
    Job.Stage progress = job.stage("Sorting affinities", 2 * depth, "slices");
    List<Callable<int[]>> counting = new ArrayList<>();
    for (int slab = 0; slab < slabs; slab++) {
      int number = slab;
      counting.add(
          () -> {
            int[] counts = new int[PixelEdges.CLASSES];
            float[] map = new float[pixels];
            for (long z = begin(number, slabs, depth); z < begin(number + 1, slabs, depth); z++) {
              edges.visit(z, map, (edgeClass, code) -> counts[edgeClass]++);
              progress.advance(1);
            }
            return counts;
          });
    }
    List<int[]> counts = job.runAll(counting);
    int[] ends = new int[PixelEdges.CLASSES];
    int[] codes = new int[toPlaces(counts, ends)];
    List<Callable<Void>> placing = new ArrayList<>();
    for (int slab = 0; slab < slabs; slab++) {
      int number = slab;
      placing.add(
          () -> {
            int[] places = counts.get(number);
            float[] map = new float[pixels];
            for (long z = begin(number, slabs, depth); z < begin(number + 1, slabs, depth); z++) {
              edges.visit(z, map, (edgeClass, code) -> codes[places[edgeClass]++] = code);
              progress.advance(1);
            }
            return null;
          });
    }
    job.runAll(placing);
    return new Edges(codes, ends);
  }

  private static long begin(int slab, int slabs, long depth) {
    return slab * depth / slabs;
  }

  /** Turns the counts of each slab to its first places; returns the number of all edges. */
  private static int toPlaces(List<int[]> counts, int[] ends) {
    long place = 0;
    for (int edgeClass = 0; edgeClass < ends.length; edgeClass++) {
      for (int[] slab : counts) {
        int count = slab[edgeClass];
        slab[edgeClass] = (int) place;
        place += count;
      }
      ends[edgeClass] = (int) place;
    }
    if (place > Integer.MAX_VALUE - 8) {
      throw new ResourceException(
          "The affinities have "
              + place
              + " edges: expected at most "
              + (Integer.MAX_VALUE - 8)
              + ". Give larger strides, or a part of the stack.");
    }
    return (int) place;
  }
}
