package org.uniem.postprocess.agglomeration;

import java.util.List;
import net.imglib2.Dimensions;
import org.uniem.job.Job;
import org.uniem.postprocess.affinities.Offset;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.SliceReader;

/** Gathers regions, contacts and samples of the slices that one thread scans. */
final class GraphScan {

  /** Measures the boundary probabilities of the pairs of voxels that begin in a slice. */
  private interface Sampler {
    void sample(long z);
  }

  private final int width;
  private final int height;
  private final long depth;
  private final boolean withinSlices;
  private final Job job;
  private final EdgeTable table;
  private final SliceWindow<long[]> labels;
  private long below;
  private long above = 1;
  private Sampler sampler;

  private GraphScan(LabelSlices labels, Dimensions size, GraphOptions options, Job job) {
    width = Math.toIntExact(size.dimension(0));
    height = Math.toIntExact(size.dimension(1));
    depth = size.dimension(2);
    withinSlices = options.withinSlices();
    this.job = job;
    table = new EdgeTable(options.histogramBins());
    int pixels = Math.multiplyExact(width, height);
    this.labels = new SliceWindow<>(labels::read, () -> new long[pixels]);
  }

  static GraphScan ofBoundary(
      LabelSlices labels, SliceReader boundary, Dimensions size, GraphOptions options, Job job) {
    GraphScan scan = new GraphScan(labels, size, options, job);
    int pixels = scan.width * scan.height;
    SliceWindow<float[]> maps = new SliceWindow<>(boundary::read, () -> new float[pixels]);
    scan.sampler =
        z -> {
          maps.moveTo(z, z + 1);
          scan.samplePasses(z, new Offset(1, 0, 0), maps);
          scan.samplePasses(z, new Offset(0, 1, 0), maps);
          scan.samplePasses(z, new Offset(0, 0, 1), maps);
        };
    return scan;
  }

  static GraphScan ofAffinities(
      LabelSlices labels,
      List<SliceReader> affinities,
      List<Offset> offsets,
      Dimensions size,
      GraphOptions options,
      Job job) {
    GraphScan scan = new GraphScan(labels, size, options, job);
    for (Offset offset : offsets) {
      scan.below = Math.min(scan.below, offset.z());
      scan.above = Math.max(scan.above, offset.z());
    }
    float[] map = new float[scan.width * scan.height];
    scan.sampler =
        z -> {
          for (int k = 0; k < offsets.size(); k++) {
            if (scan.reaches(z, offsets.get(k))) {
              affinities.get(k).read(z, map);
              scan.sampleAffinities(z, offsets.get(k), map);
            }
          }
        };
    return scan;
  }

  EdgeTable table() {
    return table;
  }

  void scan(long z) {
    labels.moveTo(z + below, z + above);
    countVoxels(labels.get(z));
    countContacts(z, new Offset(1, 0, 0));
    countContacts(z, new Offset(0, 1, 0));
    countContacts(z, new Offset(0, 0, 1));
    sampler.sample(z);
  }

  private boolean reaches(long z, Offset offset) {
    return (offset.z() == 0 || !withinSlices) && z + offset.z() >= 0 && z + offset.z() < depth;
  }

  private void countVoxels(long[] slice) {
    job.checkCancelled();
    int start = 0;
    for (int i = 1; i <= slice.length; i++) {
      if (i == slice.length || slice[i] != slice[start]) {
        if (slice[start] != 0) {
          table.features().addContacts(table.edge(slice[start], slice[start]), i - start);
        }
        start = i;
      }
    }
  }

  private void countContacts(long z, Offset offset) {
    visitPairs(z, offset, (i, j, edge) -> table.features().addContacts(edge, 1));
  }

  private void samplePasses(long z, Offset offset, SliceWindow<float[]> maps) {
    if (reaches(z, offset)) {
      float[] here = maps.get(z);
      float[] there = maps.get(z + offset.z());
      visitPairs(
          z, offset, (i, j, edge) -> table.features().addSample(edge, Math.max(here[i], there[j])));
    }
  }

  private void sampleAffinities(long z, Offset offset, float[] map) {
    visitPairs(z, offset, (i, j, edge) -> table.features().addSample(edge, 1 - map[i]));
  }

  /** Takes a pair of voxels of two regions. */
  private interface PairVisitor {

    /**
     * @param i index of the first in its slice
     * @param j index of the other in its own
     * @param edge of their regions
     */
    void visit(int i, int j, int edge);
  }

  private void visitPairs(long z, Offset offset, PairVisitor visitor) {
    if (!reaches(z, offset)) {
      return;
    }
    long[] here = labels.get(z);
    long[] there = labels.get(z + offset.z());
    int step = offset.y() * width + offset.x();
    int fromX = Math.max(0, -offset.x());
    int toX = Math.min(width, width - offset.x());
    for (int y = Math.max(0, -offset.y()); y < Math.min(height, height - offset.y()); y++) {
      job.checkCancelled();
      for (int i = y * width + fromX; i < y * width + toX; i++) {
        long a = here[i];
        long b = there[i + step];
        if (a != b && a != 0 && b != 0) {
          visitor.visit(i, i + step, table.edge(a, b));
        }
      }
    }
  }
}
