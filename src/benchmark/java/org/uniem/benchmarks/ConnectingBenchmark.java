package org.uniem.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.imglib2.FinalDimensions;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.postprocess.affinities.MutexLabels;
import org.uniem.postprocess.affinities.MutexOptions;
import org.uniem.postprocess.affinities.MutexSegmentation;
import org.uniem.postprocess.affinities.Offset;
import org.uniem.postprocess.agglomeration.Agglomeration;
import org.uniem.postprocess.agglomeration.EdgeScore;
import org.uniem.postprocess.agglomeration.GraphOptions;
import org.uniem.postprocess.agglomeration.MergeTree;
import org.uniem.postprocess.agglomeration.MulticutOptions;
import org.uniem.postprocess.agglomeration.MulticutSegmentation;
import org.uniem.postprocess.agglomeration.RegionGraph;
import org.uniem.postprocess.agglomeration.RegionGraphs;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.SliceReader;

/**
 * Times the mutex watershed, region graphs, agglomeration and multicut on cells that are computed:
 * affinities and boundaries of a jittered grid, with noise, the offsets those of the ISBI 2012 test
 * of the mutex watershed's authors.
 */
public final class ConnectingBenchmark {

  private static final String OFFSETS =
      "1,0,0 0,1,0 0,0,1 9,0,0 0,9,0 9,9,0 9,-9,0 9,4,0 4,9,0 4,-9,0 9,-4,0 27,0,0 0,27,0"
          + " 0,0,2 0,0,3 1,0,1 0,1,1";

  private final int width;
  private final int height;
  private final int depth;
  private final int cell;

  private ConnectingBenchmark(int width, int height, int depth, int cell) {
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.cell = cell;
  }

  /**
   * Runs the benchmark and prints a line for each part.
   *
   * @param arguments width, height, depth, for example {@code 512 512 30}
   */
  public static void main(String[] arguments) {
    int width = Integer.parseInt(arguments[0]);
    int height = Integer.parseInt(arguments[1]);
    int depth = Integer.parseInt(arguments[2]);
    ConnectingBenchmark cells = new ConnectingBenchmark(width, height, depth, 24);
    ConnectingBenchmark regions = new ConnectingBenchmark(width, height, depth, 6);
    int threads = Runtime.getRuntime().availableProcessors();
    try (Job job = new Job(threads, ProgressListener.NONE)) {
      for (int round = 0; round < 2; round++) {
        cells.mutexWatershed(job);
        cells.regions(regions, job);
      }
    }
  }

  private void mutexWatershed(Job job) {
    List<Offset> offsets = Offset.parse(OFFSETS);
    List<SliceReader> affinities = new ArrayList<>();
    long edges = 0;
    for (Offset offset : offsets) {
      affinities.add(stored((z, target) -> affinities(z, offset, target)));
      edges +=
          (long) (width - Math.abs(offset.x()))
              * (height - Math.abs(offset.y()))
              * (depth - Math.abs(offset.z()));
    }
    long start = System.nanoTime();
    MutexLabels labels =
        MutexSegmentation.segment(affinities, offsets, size(), MutexOptions.ALL, job);
    report("mutex watershed", start, edges, "edges", labels.count());
  }

  private void regions(ConnectingBenchmark fragments, Job job) {
    long[][] stored = new long[depth][width * height];
    for (int z = 0; z < depth; z++) {
      fragments.label(z, stored[z]);
    }
    LabelSlices labels =
        (z, target) -> System.arraycopy(stored[(int) z], 0, target, 0, target.length);
    SliceReader boundary = stored(this::boundary);
    long start = System.nanoTime();
    RegionGraph graph = RegionGraphs.ofBoundary(labels, boundary, size(), GraphOptions.MEANS, job);
    report("region graph", start, (long) width * height * depth, "voxels", graph.edges());
    start = System.nanoTime();
    MergeTree tree = Agglomeration.run(graph, EdgeScore.MEAN, 0.5, job);
    report("agglomeration", start, graph.edges(), "edges", tree.segments(0.5).segments());
    start = System.nanoTime();
    long objects = MulticutSegmentation.segments(graph, MulticutOptions.DEFAULT, job).segments();
    report("multicut", start, graph.edges(), "edges", objects);
  }

  /** The slices as 8-bit maps in memory, so that making them is not timed. */
  private SliceReader stored(SliceReader maps) {
    byte[][] slices = new byte[depth][width * height];
    float[] values = new float[width * height];
    for (int z = 0; z < depth; z++) {
      maps.read(z, values);
      for (int i = 0; i < values.length; i++) {
        slices[z][i] = (byte) Math.round(255 * values[i]);
      }
    }
    return (z, target) -> {
      byte[] slice = slices[(int) z];
      for (int i = 0; i < target.length; i++) {
        target[i] = (slice[i] & 0xFF) / 255f;
      }
    };
  }

  private FinalDimensions size() {
    return new FinalDimensions(width, height, depth);
  }

  private static void report(String what, long start, long units, String unit, long result) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-16s %8.2f s  %7.2f M %s/s  (%d)%n",
        what,
        seconds,
        units / seconds / 1e6,
        unit,
        result);
  }

  /** Cells of a grid whose lines wave, so that borders lie at all angles. */
  private long cell(long x, long y, long z) {
    long waved = x + Math.round(cell / 4.0 * Math.sin(y / (cell * 0.7) + z * 0.3));
    long rows = y + Math.round(cell / 4.0 * Math.sin(x / (cell * 0.9) - z * 0.2));
    long columns = width / cell + 3L;
    return (z / 8 * (height / cell + 3L) + rows / cell + 1) * columns + waved / cell + 1;
  }

  private void label(long z, long[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = cell(i % width, i / width, z);
    }
  }

  private void boundary(long z, float[] target) {
    for (int i = 0; i < target.length; i++) {
      long x = i % width;
      long y = i / width;
      boolean inside = cell(x, y, z) == cell(x + 1, y, z) && cell(x, y, z) == cell(x, y + 1, z);
      target[i] = inside ? 0.4f * noise(z, i, 1) : 1 - 0.4f * noise(z, i, 1);
    }
  }

  private void affinities(long z, Offset offset, float[] target) {
    for (int i = 0; i < target.length; i++) {
      long x = i % width;
      long y = i / width;
      boolean same = cell(x, y, z) == cell(x + offset.x(), y + offset.y(), z + offset.z());
      float noise = 0.45f * noise(z, i, offset.hashCode());
      target[i] = same ? 1 - noise : noise;
    }
  }

  private static float noise(long z, int i, int salt) {
    long hash = ((z << 32 | i) + salt * 31L) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 29) * 0xBF58476D1CE4E5B9L;
    return (hash >>> 40) / (float) (1 << 24);
  }
}
