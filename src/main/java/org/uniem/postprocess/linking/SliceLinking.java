package org.uniem.postprocess.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import net.imglib2.Dimensions;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.postprocess.indices.DisjointSets;
import org.uniem.postprocess.linking.LinkOptions.Method;
import org.uniem.postprocess.linking.SliceOverlaps.Objects;
import org.uniem.postprocess.linking.SliceOverlaps.Overlap;
import org.uniem.volumes.LabelSlices;

/**
 * Links the objects of single slices to objects of the stack.
 *
 * <p>An object of a slice is all pixels of one label there; the same label in another slice says
 * nothing. First neighbouring slices are linked; then, where gaps are allowed, objects that end are
 * compared with objects that begin one slice further up, two, and so on. Slices in between stay as
 * they are. The stack may exceed memory: the overlaps are kept, not the slices. Deterministic for
 * any number of threads.
 */
public final class SliceLinking {

  private final LinkOptions options;
  private final SliceOverlaps overlaps;
  private final int[] firstOfSlice;
  private final DisjointSets sets;
  private final boolean[] goesOn;
  private final boolean[] comesFrom;
  private int links;

  private SliceLinking(SliceOverlaps overlaps, LinkOptions options) {
    this.overlaps = overlaps;
    this.options = options;
    firstOfSlice = new int[overlaps.slices() + 1];
    for (int z = 0; z < overlaps.slices(); z++) {
      firstOfSlice[z + 1] = firstOfSlice[z] + overlaps.objects(z).ids().length;
    }
    sets = new DisjointSets(overlaps.count());
    goesOn = new boolean[overlaps.count()];
    comesFrom = new boolean[overlaps.count()];
  }

  /**
   * Links the objects of a stack.
   *
   * @param labels objects of each slice, 0 = none
   * @param size width, height and depth
   * @param options which belong together
   * @throws BadInputException if there is no object
   */
  public static LinkedObjects link(
      LabelSlices labels, Dimensions size, LinkOptions options, Job job) {
    SliceOverlaps overlaps = SliceOverlaps.of(labels, size, options.maxGap() + 1, job);
    if (overlaps.count() == 0) {
      throw new BadInputException(
          "The labels are all 0: expected objects in each slice, for example of label-objects with"
              + " connectivity=4.");
    }
    SliceLinking linking = new SliceLinking(overlaps, options);
    for (int distance = 1; distance <= options.maxGap() + 1; distance++) {
      for (int z = 0; z + distance < overlaps.slices(); z++) {
        job.checkCancelled();
        linking.link(z, distance);
      }
    }
    return linking.number();
  }

  private void link(int z, int distance) {
    Objects below = overlaps.objects(z);
    Objects above = overlaps.objects(z + distance);
    List<Overlap> candidates = new ArrayList<>();
    for (Overlap overlap : overlaps.overlaps(z, distance)) {
      boolean open =
          distance == 1
              || !goesOn[firstOfSlice[z] + overlap.first()]
                  && !comesFrom[firstOfSlice[z + distance] + overlap.second()];
      if (open
          && options.accepts(
              overlap.pixels(),
              below.pixels()[overlap.first()],
              above.pixels()[overlap.second()])) {
        candidates.add(overlap);
      }
    }
    List<Overlap> chosen =
        options.method() == Method.ASSIGNMENT ? assign(candidates, below, above) : candidates;
    for (Overlap overlap : chosen) {
      int a = firstOfSlice[z] + overlap.first();
      int b = firstOfSlice[z + distance] + overlap.second();
      goesOn[a] = true;
      comesFrom[b] = true;
      links++;
      sets.unite(a, b);
    }
  }

  /** Solves each group of pairs that share objects alone: they are small. */
  private static List<Overlap> assign(List<Overlap> candidates, Objects below, Objects above) {
    List<Overlap> chosen = new ArrayList<>();
    for (List<Overlap> group : OverlapGroups.of(candidates)) {
      int[] rows = group.stream().mapToInt(Overlap::first).sorted().distinct().toArray();
      int[] columns = group.stream().mapToInt(Overlap::second).sorted().distinct().toArray();
      double[][] gain = new double[rows.length][columns.length];
      Overlap[][] pairs = new Overlap[rows.length][columns.length];
      for (Overlap overlap : group) {
        int row = Arrays.binarySearch(rows, overlap.first());
        int column = Arrays.binarySearch(columns, overlap.second());
        long shared = overlap.pixels();
        long either = below.pixels()[overlap.first()] + above.pixels()[overlap.second()] - shared;
        gain[row][column] = (double) shared / either;
        pairs[row][column] = overlap;
      }
      int[] columnOf = Assignment.best(gain);
      for (int row = 0; row < rows.length; row++) {
        if (columnOf[row] != Assignment.NONE) {
          chosen.add(pairs[row][columnOf[row]]);
        }
      }
    }
    return chosen;
  }

  private LinkedObjects number() {
    // Roots are the smallest of their sets, so ids ascend with the first slice.
    TreeMap<Integer, Long> idOfRoot = new TreeMap<>();
    List<long[]> from = new ArrayList<>();
    List<long[]> to = new ArrayList<>();
    for (int z = 0; z < overlaps.slices(); z++) {
      long[] ids = new long[firstOfSlice[z + 1] - firstOfSlice[z]];
      for (int i = 0; i < ids.length; i++) {
        int root = sets.root(firstOfSlice[z] + i);
        ids[i] = idOfRoot.computeIfAbsent(root, r -> idOfRoot.size() + 1L);
      }
      from.add(overlaps.objects(z).ids());
      to.add(ids);
    }
    return new LinkedObjects(from, to, idOfRoot.size(), links);
  }
}
