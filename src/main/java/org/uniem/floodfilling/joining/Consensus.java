package org.uniem.floodfilling.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import net.imglib2.Dimensions;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.metrics.ContingencyTable;
import org.uniem.volumes.LabelSlices;

/**
 * What two segmentations agree on: objects are split wherever either of them splits, so that a
 * merger must be in both to remain (Januszewski et al. 2018, 10.1038/s41592-018-0049-4, and the
 * program published with it).
 *
 * <p>Each pair of labels is a fragment. The largest fragment of a label of the first segmentation
 * keeps that label (of equally large ones that with the smaller second label), the others get
 * labels of their own above all of the first, in the order of the second label, then the first.
 * Voxels without label in the first have none here; those without label in the second are a
 * fragment like any other. Smaller fragments than a minimum are removed. Memory is about 100 bytes
 * per fragment; stacks may exceed memory. Immutable and thread-safe; a third segmentation can be
 * taken together with the result.
 */
public final class Consensus implements LabelSlices {

  private final LabelSlices first;
  private final LabelSlices second;
  private final Map<Pair, Long> labels;
  private final long largest;
  private final long removed;

  private record Pair(long first, long second) {}

  private Consensus(
      LabelSlices first, LabelSlices second, Map<Pair, Long> labels, long largest, long removed) {
    this.first = first;
    this.second = second;
    this.labels = labels;
    this.largest = largest;
    this.removed = removed;
  }

  /**
   * Finds what two segmentations agree on.
   *
   * @param first its labels are kept where possible
   * @param second of the same size
   * @param size width, height and depth of both
   * @param minVoxels smaller fragments are removed, 0 or more; 1000 is recommended
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public static Consensus split(
      LabelSlices first, LabelSlices second, Dimensions size, long minVoxels, Job job) {
    if (minVoxels < 0) {
      throw new BadParameterException(
          "minVoxels=" + minVoxels + " is too small: give 0 or more voxels.");
    }
    ContingencyTable table = count(first, second, size, job);
    // By second label, then by first, as the published program numbers new fragments.
    Map<Long, TreeMap<Long, Long>> bySecond = new TreeMap<>();
    Map<Long, Long> keeper = new HashMap<>();
    Map<Long, Long> most = new HashMap<>();
    long[] largest = {0};
    table.forEach(
        (a, b, voxels) -> {
          bySecond.computeIfAbsent(b, key -> new TreeMap<>()).put(a, voxels);
          largest[0] = Math.max(largest[0], a);
        });
    bySecond.forEach(
        (b, ofB) ->
            ofB.forEach(
                (a, voxels) -> {
                  if (voxels > most.getOrDefault(a, 0L)) {
                    most.put(a, voxels);
                    keeper.put(a, b);
                  }
                }));
    Map<Pair, Long> labels = new HashMap<>();
    long removed = 0;
    for (Map.Entry<Long, TreeMap<Long, Long>> ofB : bySecond.entrySet()) {
      for (Map.Entry<Long, Long> fragment : ofB.getValue().entrySet()) {
        long a = fragment.getKey();
        if (a != 0 && fragment.getValue() >= minVoxels) {
          boolean keeps = keeper.get(a).equals(ofB.getKey());
          labels.put(new Pair(a, ofB.getKey()), keeps ? a : ++largest[0]);
        } else if (a != 0) {
          removed++;
        }
      }
    }
    return new Consensus(first, second, labels, largest[0], removed);
  }

  private static ContingencyTable count(
      LabelSlices first, LabelSlices second, Dimensions size, Job job) {
    int pixels = Math.toIntExact(size.dimension(0) * size.dimension(1));
    long depth = size.dimension(2);
    Job.Stage progress = job.stage("Comparing segmentations", depth, "slices");
    AtomicLong next = new AtomicLong();
    Callable<ContingencyTable> worker =
        () -> {
          ContingencyTable table = new ContingencyTable();
          long[] a = new long[pixels];
          long[] b = new long[pixels];
          for (long z = next.getAndIncrement(); z < depth; z = next.getAndIncrement()) {
            job.checkCancelled();
            first.read(z, a);
            second.read(z, b);
            table.add(a, b);
            progress.advance(1);
          }
          return table;
        };
    List<Callable<ContingencyTable>> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(job.threads(), depth); i++) {
      workers.add(worker);
    }
    ContingencyTable all = new ContingencyTable();
    job.runAll(workers).forEach(all::addAll);
    return all;
  }

  /** Number of fragments kept. */
  public long fragments() {
    return labels.size();
  }

  /** Number of fragments removed because they are small. */
  public long removed() {
    return removed;
  }

  /** An upper bound of the labels. */
  public long largestLabel() {
    return largest;
  }

  @Override
  public void read(long z, long[] target) {
    long[] b = new long[target.length];
    first.read(z, target);
    second.read(z, b);
    long lastA = 0;
    long lastB = 0;
    long label = 0;
    for (int i = 0; i < target.length; i++) {
      // Neighbours are mostly of the same fragment.
      if (target[i] != lastA || b[i] != lastB) {
        lastA = target[i];
        lastB = b[i];
        label = labels.getOrDefault(new Pair(lastA, lastB), 0L);
      }
      target[i] = label;
    }
  }
}
