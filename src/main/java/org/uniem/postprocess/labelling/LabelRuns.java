package org.uniem.postprocess.labelling;

import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;

/** Runs of equal labels. */
final class LabelRuns implements RunReader {

  private final LabelSlices labels;
  private final boolean gaps;
  private final long[] slice;

  LabelRuns(LabelSlices labels, boolean gaps, int sliceSize) {
    this.labels = labels;
    this.gaps = gaps;
    this.slice = new long[sliceSize];
  }

  @Override
  public void read(long z, SliceRuns runs, Job job) {
    labels.read(z, slice);
    for (int y = 0; y < runs.height(); y++) {
      job.checkCancelled();
      runs.startRow(y);
      int begin = y * runs.width();
      int end = begin + runs.width();
      int i = begin;
      while (i < end) {
        int start = i;
        long value = slice[i++];
        while (i < end && slice[i] == value) {
          i++;
        }
        if (gaps || value != SliceRuns.GAP) {
          runs.add(start - begin, i - 1 - begin, value);
        }
      }
    }
    runs.endRows();
  }
}
