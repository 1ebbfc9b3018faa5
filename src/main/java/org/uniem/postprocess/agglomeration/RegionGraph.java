package org.uniem.postprocess.agglomeration;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Which regions of an over-segmentation touch, and how likely a boundary lies between them.
 *
 * <p>Nodes are the regions in the order of their ids, edges the pairs of regions of which at least
 * one pair of voxels shares a face, in the order of their nodes. Every edge has samples: boundary
 * probabilities 0 … 1, measured where the regions meet. Immutable and thread-safe; see {@link
 * RegionGraphs} for how it is made. Memory: 16 bytes per node, 48 per edge and 8 per histogram bin.
 */
public final class RegionGraph {

  private final long[] ids;
  private final long[] voxels;
  private final int[] first;
  private final int[] second;
  private final EdgeFeatures features;

  private RegionGraph(long[] ids, long[] voxels, int[] first, int[] second, EdgeFeatures features) {
    this.ids = ids;
    this.voxels = voxels;
    this.first = first;
    this.second = second;
    this.features = features;
  }

  /** The graph of a table's regions that touch and have samples. */
  static RegionGraph of(EdgeTable table) {
    int[] nodes =
        IntStream.range(0, table.count())
            .filter(i -> table.lower(i) == table.higher(i))
            .boxed()
            .sorted((a, b) -> Long.compare(table.lower(a), table.lower(b)))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] ids = Arrays.stream(nodes).mapToLong(table::lower).toArray();
    long[] voxels = Arrays.stream(nodes).mapToLong(table.features()::contacts).toArray();
    int[] edges =
        IntStream.range(0, table.count())
            .filter(i -> table.lower(i) != table.higher(i))
            .filter(i -> table.features().contacts(i) > 0 && table.features().samples(i) > 0)
            .boxed()
            .sorted(
                (a, b) -> {
                  int order = Long.compare(table.lower(a), table.lower(b));
                  return order != 0 ? order : Long.compare(table.higher(a), table.higher(b));
                })
            .mapToInt(Integer::intValue)
            .toArray();
    return new RegionGraph(
        ids,
        voxels,
        Arrays.stream(edges).map(i -> Arrays.binarySearch(ids, table.lower(i))).toArray(),
        Arrays.stream(edges).map(i -> Arrays.binarySearch(ids, table.higher(i))).toArray(),
        table.features().select(edges));
  }

  /** Number of regions. */
  public int nodes() {
    return ids.length;
  }

  /** Number of pairs of regions that touch. */
  public int edges() {
    return first.length;
  }

  /** The id of a region; ascending with the node. */
  public long id(int node) {
    return ids[node];
  }

  /** Number of voxels of a region. */
  public long voxels(int node) {
    return voxels[node];
  }

  /** The node of a region's id, negative where there is none. */
  public int node(long id) {
    return Arrays.binarySearch(ids, id);
  }

  /** The node of an edge with the smaller id. */
  public int first(int edge) {
    return first[edge];
  }

  /** The node of an edge with the larger id. */
  public int second(int edge) {
    return second[edge];
  }

  /** Number of voxel faces that the two regions share. */
  public long contacts(int edge) {
    return features.contacts(edge);
  }

  /** Number of boundary probabilities measured, 1 or more. */
  public long samples(int edge) {
    return features.samples(edge);
  }

  /** Mean of the boundary probabilities, exact to 2⁻³¹. */
  public double mean(int edge) {
    return features.mean(edge);
  }

  /** Smallest boundary probability. */
  public float smallest(int edge) {
    return features.smallest(edge);
  }

  /** Largest boundary probability. */
  public float largest(int edge) {
    return features.largest(edge);
  }

  /**
   * The boundary probability below which a share of the samples lies, interpolated within a bin of
   * the histogram.
   *
   * @param share 0 … 1; 0.5 is the median
   * @throws IllegalStateException if the graph was made without histograms
   */
  public double quantile(int edge, double share) {
    if (features.bins() == 0) {
      throw new IllegalStateException(
          "The graph has no histograms: make it with GraphOptions.QUANTILES.");
    }
    return features.quantile(edge, share);
  }

  LongStream ids() {
    return Arrays.stream(ids);
  }

  int[] firstNodes() {
    return first.clone();
  }

  int[] secondNodes() {
    return second.clone();
  }

  /** A copy that may be changed. */
  EdgeFeatures featuresToChange() {
    return features.select(IntStream.range(0, edges()).toArray());
  }
}
