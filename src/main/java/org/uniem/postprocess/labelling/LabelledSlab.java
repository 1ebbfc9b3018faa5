package org.uniem.postprocess.labelling;

import java.util.Arrays;
import java.util.List;

/**
 * Successive slices that were labelled on their own, with what is needed to join them with the
 * slabs before and after.
 *
 * @param labels of the slab, numbered from 0
 * @param linker that labelled it
 * @param first runs of the first slice
 * @param firstLabels a label per run of the first slice
 * @param last runs of the last slice
 * @param lastLabels a label per run of the last slice
 */
record LabelledSlab(
    ProvisionalLabels labels,
    RunLinker linker,
    SliceRuns first,
    int[] firstLabels,
    SliceRuns last,
    int[] lastLabels) {

  /**
   * Joins the slabs of a stack.
   *
   * @param slabs in ascending order; they must not be used afterwards
   * @return the labels of all, those of a slab after those of the slabs before
   */
  static ProvisionalLabels join(List<LabelledSlab> slabs) {
    LabelledSlab before = slabs.get(0);
    ProvisionalLabels all = before.labels();
    int offset = 0;
    for (LabelledSlab slab : slabs.subList(1, slabs.size())) {
      int next = all.append(slab.labels());
      int[] below = plus(before.lastLabels(), offset);
      int[] above = plus(slab.firstLabels(), next);
      slabs.get(0).linker().joinSeam(before.last(), below, slab.first(), above);
      slabs.get(0).linker().joinValues(slab.linker(), next);
      before = slab;
      offset = next;
    }
    return all;
  }

  private static int[] plus(int[] labels, int offset) {
    return Arrays.stream(labels).map(label -> label + offset).toArray();
  }
}
