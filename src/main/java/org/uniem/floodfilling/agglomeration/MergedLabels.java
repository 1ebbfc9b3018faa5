package org.uniem.floodfilling.agglomeration;

import org.uniem.job.BadInputException;
import org.uniem.postprocess.indices.DisjointSets;
import org.uniem.volumes.LabelSlices;

/**
 * A segmentation with the merges of a table: objects that are linked, directly or through others,
 * get the smallest of their ids, all others keep theirs.
 *
 * <p>The segmentation itself stays as it is. So a merge is undone by taking its row out of the
 * table, or the word merge out of it, and applying the table again. Takes 4 bytes for each id up to
 * the largest. Immutable and thread-safe.
 */
public final class MergedLabels implements LabelSlices {

  private final Segmentation segmentation;
  private final int[] labels;
  private final long objects;

  private MergedLabels(Segmentation segmentation, int[] labels, long objects) {
    this.segmentation = segmentation;
    this.labels = labels;
    this.objects = objects;
  }

  /**
   * Applies a table.
   *
   * @throws BadInputException if it belongs to another segmentation, or has an id that is not in
   *     this one
   */
  public static MergedLabels of(Segmentation segmentation, MergeTable table) {
    DisjointSets sets = new DisjointSets(segmentation.largest() + 1);
    for (MergeTable.Row row : table.rows()) {
      requireSame(segmentation, table, row);
      requireThere(segmentation, table, row, row.a());
      requireThere(segmentation, table, row, row.b());
      if (row.merges()) {
        sets.unite((int) row.a(), (int) row.b());
      }
    }
    int[] labels = new int[sets.count()];
    long objects = 0;
    for (int id = 1; id < labels.length; id++) {
      labels[id] = sets.root(id);
      objects += labels[id] == id && segmentation.voxels(id) > 0 ? 1 : 0;
    }
    return new MergedLabels(segmentation, labels, objects);
  }

  private static void requireSame(Segmentation segmentation, MergeTable table, MergeTable.Row row) {
    if (!row.segmentation().isEmpty() && !row.segmentation().equals(segmentation.checksum())) {
      throw new BadInputException(
          table.file()
              + ", line "
              + row.line()
              + " belongs to the segmentation "
              + row.segmentation()
              + ": expected "
              + segmentation.checksum()
              + ", that of "
              + segmentation.volume().name()
              + ". Give the segmentation the table was made from, not one that is merged already.");
    }
  }

  private static void requireThere(
      Segmentation segmentation, MergeTable table, MergeTable.Row row, long id) {
    if (segmentation.voxels(id) == 0) {
      throw new BadInputException(
          table.file()
              + ", line "
              + row.line()
              + ": the segmentation "
              + segmentation.volume().name()
              + " has no object "
              + id
              + " (its ids go up to "
              + segmentation.largest()
              + "). Give the segmentation the table was made from, or correct the row.");
    }
  }

  /** Number of objects after the merges. */
  public long objects() {
    return objects;
  }

  /** The label that an object gets. */
  public long label(long id) {
    return labels[(int) id];
  }

  @Override
  public void read(long z, long[] target) {
    segmentation.slices().read(z, target);
    for (int i = 0; i < target.length; i++) {
      target[i] = labels[(int) target[i]];
    }
  }
}
