package org.uniem.postprocess.affinities;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import net.imglib2.Dimensions;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.JavaMemory;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.volumes.SliceReader;

/**
 * The mutex watershed: objects from affinities without seeds or thresholds.
 *
 * <p>Edges between neighbours attract by their affinity a, longer ones repel by 1 − a. From the
 * strongest to the weakest, an attractive edge joins the objects of its voxels unless a repulsive
 * one came before between them, and a repulsive one keeps them apart for good (Wolf et al. 2018,
 * 10.1007/978-3-030-01225-0_34; 2020, 10.1109/TPAMI.2020.2980827). Strengths are compared in steps
 * of 1/65535; of equal ones repulsive edges come first, then those of earlier slices, offsets and
 * voxels. The papers leave open which comes first, but in 8-bit maps much of either kind has the
 * full strength, and one wrong attraction merges two objects for good.
 *
 * <p>The order of all edges matters, so the whole result is in memory: 4 bytes per edge, 8 per
 * voxel and about 16 per pair of objects that must stay apart, also on the way; affinities are read
 * slice by slice, twice. Strides reduce the repulsive edges. A larger stack is cut into overlapping
 * parts by the caller, or over-segmented by a watershed and agglomerated by {@code
 * RegionGraphs.ofAffinities}, which stream. Sorting is parallel, joining is not; the result does
 * not depend on the number of threads.
 */
public final class MutexSegmentation {

  private static final int EDGES_PER_CHECK = 1 << 16;

  private MutexSegmentation() {}

  /**
   * The objects of a whole stack.
   *
   * @param affinities one reader per offset: probability 0 … 1 that v and v + offset belong
   *     together, at v; several slices are read at a time
   * @param offsets one per reader, at least one to a neighbour and one that is longer
   * @param size width, height and depth
   * @param options strides and size filter
   * @throws BadParameterException if the offsets do not fit
   * @throws ResourceException if the stack is too large for the memory
   */
  public static MutexLabels segment(
      List<SliceReader> affinities,
      List<Offset> offsets,
      Dimensions size,
      MutexOptions options,
      Job job) {
    return segment(affinities, offsets, size, options, new byte[0], job);
  }

  /**
   * The objects within a mask.
   *
   * @param mask not 0 at the voxels that belong to objects; others become 0
   * @see #segment(List, List, Dimensions, MutexOptions, Job)
   */
  public static MutexLabels segment(
      List<SliceReader> affinities,
      List<Offset> offsets,
      Dimensions size,
      MutexOptions options,
      SliceReader mask,
      Job job) {
    requireFits(offsets, affinities.size(), size, options);
    return segment(affinities, offsets, size, options, read(mask, size, job), job);
  }

  private static MutexLabels segment(
      List<SliceReader> affinities,
      List<Offset> offsets,
      Dimensions size,
      MutexOptions options,
      byte[] mask,
      Job job) {
    requireFits(offsets, affinities.size(), size, options);
    PixelEdges edges = new PixelEdges(affinities, offsets, size, options, mask, job);
    SortedEdges.Edges sorted = SortedEdges.sort(edges, size, job);
    int voxels = (int) (size.dimension(0) * size.dimension(1) * size.dimension(2));
    MutexSets sets = join(edges, sorted, voxels, job);
    int pixels = (int) (size.dimension(0) * size.dimension(1));
    return new MutexLabels(sets.roots(), pixels, mask, options.minVoxels());
  }

  private static MutexSets join(PixelEdges edges, SortedEdges.Edges sorted, int voxels, Job job) {
    int[] codes = sorted.codes();
    Job.Stage progress = job.stage("Joining voxels", codes.length, "edges");
    MutexSets sets = new MutexSets(voxels);
    int begin = 0;
    int reported = 0;
    for (int edgeClass = 0; edgeClass < sorted.ends().length; edgeClass++) {
      boolean attracts = edgeClass % 2 == 1;
      int end = sorted.ends()[edgeClass];
      while (begin < end) {
        int stop = Math.min(end, reported + EDGES_PER_CHECK);
        for (int i = begin; i < stop; i++) {
          int v = edges.voxel(codes[i]);
          int w = edges.otherVoxel(codes[i], v);
          if (attracts) {
            sets.attract(v, w);
          } else {
            sets.repel(v, w);
          }
        }
        begin = stop;
        if (begin == reported + EDGES_PER_CHECK) {
          progress.advance(EDGES_PER_CHECK);
          reported = begin;
        }
      }
    }
    job.checkCancelled();
    return sets;
  }

  private static byte[] read(SliceReader mask, Dimensions size, Job job) {
    int pixels = (int) (size.dimension(0) * size.dimension(1));
    int depth = (int) size.dimension(2);
    byte[] in = new byte[pixels * depth];
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int slice = 0; slice < depth; slice++) {
      int z = slice;
      tasks.add(
          () -> {
            job.checkCancelled();
            float[] values = new float[pixels];
            mask.read(z, values);
            for (int i = 0; i < pixels; i++) {
              in[z * pixels + i] = (byte) (values[i] != 0 ? 1 : 0);
            }
            return null;
          });
    }
    job.runAll(tasks);
    for (byte voxel : in) {
      if (voxel != 0) {
        return in;
      }
    }
    throw new BadInputException(
        "The mask is 0 everywhere: expected other values where objects are. Check the mask.");
  }

  private static void requireFits(
      List<Offset> offsets, int maps, Dimensions size, MutexOptions options) {
    if (offsets.size() != maps) {
      throw new BadParameterException(
          maps + " affinity maps and " + offsets.size() + " offsets: expected as many of each.");
    }
    long near = offsets.stream().filter(Offset::isNeighbour).count();
    if (near == 0 || near == offsets.size()) {
      throw new BadParameterException(
          "Of the offsets "
              + Offset.format(offsets)
              + (near == 0 ? " none is" : " all are")
              + " one voxel long: those attract, longer ones repel, and at least one of each is"
              + " needed, for example 1,0,0 0,1,0 9,0,0 0,9,0.");
    }
    double voxels = (double) size.dimension(0) * size.dimension(1) * size.dimension(2);
    double strides = (double) options.strideX() * options.strideY() * options.strideZ();
    double edges = voxels * (near + (offsets.size() - near) / strides);
    double bytes = 4 * edges + 12 * voxels;
    boolean tooMany = voxels * offsets.size() > 0xFFFFFFFFL || voxels > Integer.MAX_VALUE - 8;
    if (tooMany || bytes > Runtime.getRuntime().maxMemory()) {
      long megabytes = (long) (bytes * 1.5) >> 20;
      throw new ResourceException(
          String.format(
                  Locale.ROOT,
                  "%.0f voxels with %d affinities need about %d MB at once, and Java may use %d MB: ",
                  voxels,
                  offsets.size(),
                  megabytes,
                  Runtime.getRuntime().maxMemory() >> 20)
              + (tooMany ? "they are too many" : "give more, " + JavaMemory.howToGive(megabytes))
              + ", or give larger strides or a part of the stack.");
    }
  }
}
