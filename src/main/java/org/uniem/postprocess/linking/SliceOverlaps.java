package org.uniem.postprocess.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import net.imglib2.Dimensions;
import org.uniem.job.Job;
import org.uniem.metrics.ContingencyTable;
import org.uniem.volumes.LabelSlices;

/**
 * The objects of each slice and how many pixels they share with those of the next slices.
 *
 * <p>Immutable and thread-safe.
 */
final class SliceOverlaps {

  private static final int SLAB = 16;

  /**
   * The objects of a slice.
   *
   * @param ids ascending, without 0
   * @param pixels of each
   */
  record Objects(long[] ids, long[] pixels) {

    int index(long id) {
      return Arrays.binarySearch(ids, id);
    }
  }

  /**
   * A pair of objects of two slices.
   *
   * @param first index in its slice
   * @param second index in its slice
   * @param pixels that both have
   */
  record Overlap(int first, int second, long pixels) {}

  private final List<Objects> objects = new ArrayList<>();
  // By slice, then by distance less one.
  private final List<List<List<Overlap>>> overlaps = new ArrayList<>();

  private SliceOverlaps() {}

  /**
   * Compares every slice with the next ones.
   *
   * @param reach how many
   */
  static SliceOverlaps of(LabelSlices labels, Dimensions size, int reach, Job job) {
    int depth = Math.toIntExact(size.dimension(2));
    int pixels = Math.toIntExact(size.dimension(0) * size.dimension(1));
    Job.Stage progress = job.stage("Comparing slices", depth, "slices");
    List<Callable<List<ContingencyTable[]>>> tasks = new ArrayList<>();
    for (int begin = 0; begin < depth; begin += SLAB) {
      int from = begin;
      int to = Math.min(depth, begin + SLAB);
      tasks.add(() -> compare(labels, from, to, depth, reach, pixels, progress));
    }
    SliceOverlaps all = new SliceOverlaps();
    List<ContingencyTable[]> tables = job.runAll(tasks).stream().flatMap(List::stream).toList();
    tables.forEach(table -> all.objects.add(objects(table[0])));
    for (int z = 0; z < depth; z++) {
      List<List<Overlap>> distances = new ArrayList<>();
      for (int distance = 1; distance < tables.get(z).length; distance++) {
        distances.add(
            overlaps(tables.get(z)[distance], all.objects.get(z), all.objects.get(z + distance)));
      }
      all.overlaps.add(distances);
    }
    return all;
  }

  /** Per slice the table of it with itself and with each of the next. */
  private static List<ContingencyTable[]> compare(
      LabelSlices labels, int from, int to, int depth, int reach, int pixels, Job.Stage progress) {
    long[][] ring = new long[reach + 1][pixels];
    for (int z = from; z < Math.min(depth, from + reach); z++) {
      labels.read(z, ring[z % ring.length]);
    }
    List<ContingencyTable[]> tables = new ArrayList<>();
    for (int z = from; z < to; z++) {
      int last = Math.min(depth - 1, z + reach);
      if (z + reach < depth) {
        labels.read(last, ring[last % ring.length]);
      }
      ContingencyTable[] table = new ContingencyTable[last - z + 1];
      for (int distance = 0; distance < table.length; distance++) {
        table[distance] = new ContingencyTable();
        table[distance].add(ring[z % ring.length], ring[(z + distance) % ring.length]);
      }
      tables.add(table);
      progress.advance(1);
    }
    return tables;
  }

  private static Objects objects(ContingencyTable withItself) {
    List<long[]> found = new ArrayList<>();
    withItself.forEach(
        (id, same, count) -> {
          if (id != 0) {
            found.add(new long[] {id, count});
          }
        });
    found.sort((a, b) -> Long.compare(a[0], b[0]));
    return new Objects(
        found.stream().mapToLong(object -> object[0]).toArray(),
        found.stream().mapToLong(object -> object[1]).toArray());
  }

  private static List<Overlap> overlaps(ContingencyTable table, Objects first, Objects second) {
    List<Overlap> found = new ArrayList<>();
    table.forEach(
        (a, b, count) -> {
          if (a != 0 && b != 0) {
            found.add(new Overlap(first.index(a), second.index(b), count));
          }
        });
    found.sort(
        (a, b) ->
            a.first != b.first
                ? Integer.compare(a.first, b.first)
                : Integer.compare(a.second, b.second));
    return found;
  }

  int slices() {
    return objects.size();
  }

  Objects objects(int z) {
    return objects.get(z);
  }

  /** The pairs of a slice and the one at a distance above it; none beyond the last slice. */
  List<Overlap> overlaps(int z, int distance) {
    List<List<Overlap>> distances = overlaps.get(z);
    return distance <= distances.size() ? distances.get(distance - 1) : List.of();
  }

  /** Number of objects in all slices. */
  int count() {
    return IntStream.range(0, slices()).map(z -> objects(z).ids().length).sum();
  }
}
