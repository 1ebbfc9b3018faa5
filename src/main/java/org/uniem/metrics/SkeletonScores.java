package org.uniem.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.imglib2.Dimensions;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.VoxelSize;

/**
 * How far one can follow neurons drawn as skeletons through a segmentation before it errs.
 *
 * <p>An edge is omitted if one of its nodes lies in label 0; split if its nodes lie in different
 * labels; merged if its label also holds nodes of another skeleton; else correct. Januszewski et
 * al. 2018, doi:10.1038/s41592-018-0049-4. Scores are NaN where undefined. Immutable.
 *
 * @param expectedRunLength in the unit of the voxel size: Σ over skeletons and labels of (length of
 *     the skeleton's correct edges in the label)² / length of all skeletons; 0 or more. What a node
 *     chosen at random can be followed on average
 * @param normalizedRunLength the same / its value for a perfect segmentation, 0 … 1
 * @param correctEdges share of the length of all edges, 0 … 1
 * @param splitEdges likewise
 * @param mergedEdges likewise
 * @param omittedEdges likewise
 * @param mergers labels that hold nodes of more than one skeleton
 * @param length of all skeletons, in the unit of the voxel size
 */
public record SkeletonScores(
    double expectedRunLength,
    double normalizedRunLength,
    double correctEdges,
    double splitEdges,
    double mergedEdges,
    double omittedEdges,
    long mergers,
    double length) {

  /**
   * Scores a segmentation; each slice with nodes is read once.
   *
   * @param skeletons in the unit of the voxel size; the middle of the first voxel is at 0
   * @param segmentation labels, 0 = no object
   * @param size width, height and depth
   * @param voxel size of a voxel
   * @param job progress and cancel
   * @throws BadInputException if there is no skeleton, or a node lies outside of the segmentation
   */
  public static SkeletonScores of(
      List<Skeleton> skeletons,
      LabelSlices segmentation,
      Dimensions size,
      VoxelSize voxel,
      Job job) {
    if (skeletons.isEmpty()) {
      throw new BadInputException("There is no skeleton to compare with: give one or more.");
    }
    return score(skeletons, labels(skeletons, segmentation, size, voxel, job));
  }

  /** A node and the slice it lies in. */
  private record Place(int skeleton, int node, int pixel, long slice) {}

  private static long[][] labels(
      List<Skeleton> skeletons,
      LabelSlices segmentation,
      Dimensions size,
      VoxelSize voxel,
      Job job) {
    List<Place> places = new ArrayList<>();
    long[][] labels = new long[skeletons.size()][];
    for (int s = 0; s < labels.length; s++) {
      Skeleton skeleton = skeletons.get(s);
      labels[s] = new long[skeleton.nodes()];
      for (int node = 0; node < skeleton.nodes(); node++) {
        places.add(place(skeleton, s, node, size, voxel));
      }
    }
    places.sort(Comparator.comparingLong(Place::slice));
    Job.Stage stage = job.stage("Looking up skeletons", places.size(), "nodes");
    long[] slice = new long[Math.toIntExact(size.dimension(0) * size.dimension(1))];
    long read = -1;
    for (Place place : places) {
      if (place.slice() != read) {
        read = place.slice();
        segmentation.read(read, slice);
      }
      labels[place.skeleton()][place.node()] = slice[place.pixel()];
      stage.advance(1);
    }
    return labels;
  }

  private static Place place(
      Skeleton skeleton, int number, int node, Dimensions size, VoxelSize voxel) {
    long x = Math.round(skeleton.x()[node] / voxel.x());
    long y = Math.round(skeleton.y()[node] / voxel.y());
    long z = Math.round(skeleton.z()[node] / voxel.z());
    if (Math.min(x, Math.min(y, z)) < 0
        || x >= size.dimension(0)
        || y >= size.dimension(1)
        || z >= size.dimension(2)) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "Node %d of %s is at %s, %s, %s %s, voxel %d, %d, %d, outside of the segmentation of"
                  + " %d x %d x %d voxels. Check the voxel size, and that they belong together.",
              node,
              skeleton.name(),
              skeleton.x()[node],
              skeleton.y()[node],
              skeleton.z()[node],
              voxel.unit(),
              x,
              y,
              z,
              size.dimension(0),
              size.dimension(1),
              size.dimension(2)));
    }
    return new Place(number, node, Math.toIntExact(y * size.dimension(0) + x), z);
  }

  private static SkeletonScores score(List<Skeleton> skeletons, long[][] labels) {
    Set<Long> mergers = mergers(labels);
    double length = 0;
    double perfect = 0;
    double runs = 0;
    double[] shares = new double[4];
    for (int s = 0; s < labels.length; s++) {
      Skeleton skeleton = skeletons.get(s);
      Map<Long, Double> correct = new HashMap<>();
      double all = 0;
      for (int edge = 0; edge < skeleton.from().length; edge++) {
        double part = skeleton.length(edge);
        long a = labels[s][skeleton.from()[edge]];
        long b = labels[s][skeleton.to()[edge]];
        int kind = a == 0 || b == 0 ? 3 : a != b ? 1 : mergers.contains(a) ? 2 : 0;
        shares[kind] += part;
        all += part;
        if (kind == 0) {
          correct.merge(a, part, Double::sum);
        }
      }
      length += all;
      perfect += all * all;
      double[] lengths = correct.values().stream().mapToDouble(Double::doubleValue).toArray();
      runs += Arrays.stream(lengths).sorted().map(run -> run * run).sum();
    }
    return new SkeletonScores(
        runs / length,
        runs / perfect,
        shares[0] / length,
        shares[1] / length,
        shares[2] / length,
        shares[3] / length,
        mergers.size(),
        length);
  }

  private static Set<Long> mergers(long[][] labels) {
    Map<Long, Integer> owners = new HashMap<>();
    Set<Long> mergers = new HashSet<>();
    for (int s = 0; s < labels.length; s++) {
      for (long label : labels[s]) {
        Integer owner = owners.putIfAbsent(label, s);
        if (label != 0 && owner != null && owner != s) {
          mergers.add(label);
        }
      }
    }
    return mergers;
  }

  /** The scores under their report keys, null where undefined. */
  public Map<String, Object> asMap() {
    return ScoreMap.ofKeys(List.of("expectedRunLength", "normalizedRunLength"))
        .with("expectedRunLength", expectedRunLength)
        .with("normalizedRunLength", normalizedRunLength)
        .with("correctEdges", correctEdges)
        .with("splitEdges", splitEdges)
        .with("mergedEdges", mergedEdges)
        .with("omittedEdges", omittedEdges)
        .with("mergers", mergers)
        .with("skeletonLength", length)
        .map();
  }
}
