package org.uniem.postprocess.agglomeration;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.imglib2.Dimensions;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.postprocess.affinities.Offset;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.SliceReader;

/**
 * Makes the graph of the regions of a stack that may exceed memory.
 *
 * <p>Slabs of slices are scanned in parallel; each thread holds the slices that the offsets reach
 * and the edges it found. The graph is the same for any number of threads and any slab, to the last
 * bit. Label 0 belongs to no region.
 */
public final class RegionGraphs {

  private RegionGraphs() {}

  /**
   * The graph with edge features from a map of boundaries. At each shared face the sample is the
   * larger of the two voxels' probabilities: the height of the pass from one region to the other,
   * as a watershed sees it.
   *
   * @param labels the over-segmentation, 64-bit ids
   * @param boundary probability 0 … 1 that a voxel is boundary
   * @param size width, height and depth of both
   * @param options histograms and slabs
   * @throws BadInputException if there are no regions or none touch
   */
  public static RegionGraph ofBoundary(
      LabelSlices labels, SliceReader boundary, Dimensions size, GraphOptions options, Job job) {
    return scan(
        size, options, () -> GraphScan.ofBoundary(labels, boundary, size, options, job), job);
  }

  /**
   * The graph with edge features from affinities. Wherever a voxel v and v + offset lie in two
   * regions that touch, the sample is 1 − affinity.
   *
   * @param labels the over-segmentation, 64-bit ids
   * @param affinities one reader per offset: probability 0 … 1 that v and v + offset belong
   *     together, at v
   * @param offsets one per reader; those longer than a voxel add samples to regions that touch, and
   *     make no edges
   * @param size width, height and depth
   * @param options histograms and slabs
   * @throws BadInputException if there are no regions or none touch
   */
  public static RegionGraph ofAffinities(
      LabelSlices labels,
      List<SliceReader> affinities,
      List<Offset> offsets,
      Dimensions size,
      GraphOptions options,
      Job job) {
    if (affinities.size() != offsets.size() || offsets.isEmpty()) {
      throw new BadParameterException(
          affinities.size()
              + " affinity maps and "
              + offsets.size()
              + " offsets were given: expected as many of each, and at least one.");
    }
    if (offsets.stream().noneMatch(Offset::isNeighbour)) {
      throw new BadParameterException(
          "None of the offsets "
              + Offset.format(offsets)
              + " is one voxel long: give maps of such offsets too, as they tell where regions"
              + " touch.");
    }
    return scan(
        size,
        options,
        () -> GraphScan.ofAffinities(labels, affinities, offsets, size, options, job),
        job);
  }

  private static RegionGraph scan(
      Dimensions size, GraphOptions options, Callable<GraphScan> scans, Job job) {
    long depth = size.dimension(2);
    long slab = options.slabSlices();
    Job.Stage progress = job.stage("Finding regions that touch", depth, "slices");
    AtomicLong next = new AtomicLong();
    Callable<EdgeTable> worker =
        () -> {
          GraphScan scan = scans.call();
          try {
            for (long z = next.getAndAdd(slab); z < depth; z = next.getAndAdd(slab)) {
              for (long slice = z; slice < Math.min(depth, z + slab); slice++) {
                scan.scan(slice);
                progress.advance(1);
              }
            }
          } catch (RuntimeException | Error e) {
            // The others need not finish what will not be used.
            next.set(depth);
            throw e;
          }
          return scan.table();
        };
    long slabs = (depth + slab - 1) / slab;
    List<EdgeTable> tables =
        job.runAll(Stream.generate(() -> worker).limit(Math.min(job.threads(), slabs)).toList());
    EdgeTable all = tables.get(0);
    tables.subList(1, tables.size()).forEach(all::addAll);
    RegionGraph graph = RegionGraph.of(all);
    requireEdges(graph);
    return graph;
  }

  private static void requireEdges(RegionGraph graph) {
    if (graph.nodes() == 0) {
      throw new BadInputException(
          "The labels are all 0: expected regions 1, 2, …. Give an over-segmentation, for example"
              + " the result of the watershed.");
    }
    if (graph.edges() == 0) {
      throw new BadInputException(
          "No two of the "
              + graph.nodes()
              + " regions touch: expected an over-segmentation without gaps. Give the result of the"
              + " watershed, without lines between its regions.");
    }
  }
}
