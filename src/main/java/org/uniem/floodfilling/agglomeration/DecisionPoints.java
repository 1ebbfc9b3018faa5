package org.uniem.floodfilling.agglomeration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.BlockGrid;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/**
 * Finds where neighbouring objects are nearest to each other.
 *
 * <p>Objects are grown evenly into the free space around them, each free voxel to the nearest
 * object. Where two touch then, the mean of the distances of the two voxels from their objects says
 * how near the objects are; of the nearest places of a pair the one nearest to their centroid is
 * its decision point, one for each pair, and of equally near ones the first in the order z, y, x.
 * Behaviour of the program published with Januszewski et al. 2018 (10.1038/s41592-018-0049-4), with
 * one exception: free voxels go to the nearest object exactly instead of by a watershed of the
 * distances, which depends on its order of steps.
 *
 * <p>Works in blocks with a halo of the largest distance: the result is that of the whole, whatever
 * the size of blocks and the number of threads. Memory is 20 bytes per voxel of the blocks in work,
 * and about 150 bytes per pair in each of them.
 */
final class DecisionPoints {

  private static final long BYTES_PER_VOXEL = 20;
  private static final long MAX_VOXELS = Integer.MAX_VALUE - 8;

  /** Steps to neighbours; the opposite ones are had from the other side. */
  private static final int[][] STEPS = {
    {1, 0, 0}, {0, 1, 0}, {1, 1, 0}, {0, 0, 1}, {1, 0, 1}, {0, 1, 1}, {1, 1, 1}
  };

  private interface Touch {
    void at(int a, int b, double distance, long x, long y, long z);
  }

  private final Segmentation segmentation;
  private final VoxelSize voxel;
  private final DecisionOptions options;
  private final long[] size;
  private final Job job;

  private DecisionPoints(
      Segmentation segmentation, VoxelSize voxel, DecisionOptions options, Job job) {
    this.segmentation = segmentation;
    this.voxel = voxel;
    this.options = options;
    this.job = job;
    Volume volume = segmentation.volume();
    size = new long[] {volume.width(), volume.height(), volume.depth()};
  }

  /**
   * Finds them.
   *
   * @param voxel edge lengths, which distances are measured in
   * @return nearest first, then by ids
   * @throws ResourceException if not even a small block fits into memory
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  static List<DecisionPoint> find(
      Segmentation segmentation, VoxelSize voxel, DecisionOptions options, Job job) {
    return new DecisionPoints(segmentation, voxel, options, job).run();
  }

  private List<DecisionPoint> run() {
    long[] halo = halo();
    BlockGrid grid = new BlockGrid(new FinalInterval(size), blockSize(halo));
    List<Interval> blocks = grid.blocks();
    Job.Stage progress = job.stage("Finding neighbours", 2L * blocks.size(), "blocks");
    PairContacts all = new PairContacts();
    job.runAll(
        tasks(
            blocks,
            grid,
            halo,
            progress,
            block -> {
              PairContacts found = new PairContacts();
              block.eachTouch(found::measure);
              synchronized (all) {
                all.measureAll(found);
              }
            }));
    List<PairContacts> chosen = new ArrayList<>();
    job.runAll(
        tasks(
            blocks,
            grid,
            halo,
            progress,
            block -> {
              PairContacts found = new PairContacts();
              block.eachTouch((a, b, d, x, y, z) -> found.choose(all, a, b, d, x, y, z));
              synchronized (chosen) {
                chosen.add(found);
              }
            }));
    chosen.forEach(all::chooseAll);
    return all.points();
  }

  private interface BlockTask {
    void run(Block block);
  }

  private List<Callable<Void>> tasks(
      List<Interval> blocks, BlockGrid grid, long[] halo, Job.Stage progress, BlockTask task) {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Interval core : blocks) {
      tasks.add(
          () -> {
            task.run(new Block(core, grid.halo(core, halo)));
            progress.advance(1);
            return null;
          });
    }
    return tasks;
  }

  /** As far as labels are searched, and one voxel for the neighbour. */
  private long[] halo() {
    double[] edges = {voxel.x(), voxel.y(), voxel.z()};
    long[] halo = new long[3];
    for (int d = 0; d < 3; d++) {
      halo[d] = (long) Math.min(size[d], Math.ceil(options.maxDistance() / edges[d]) + 1);
    }
    return halo;
  }

  /** The largest cubes whose boxes fit into memory, one for each thread. */
  private long[] blockSize(long[] halo) {
    long voxels = Math.min(options.memoryBytes() / job.threads() / BYTES_PER_VOXEL, MAX_VOXELS);
    long edge = Arrays.stream(size).max().orElseThrow();
    while (edge > 1 && voxels(edge, halo) > voxels) {
      edge -= Math.max(1, edge / 16);
    }
    double least = voxels(edge, halo) * BYTES_PER_VOXEL * job.threads();
    if (least > options.memoryBytes()) {
      throw new ResourceException(
          "Neighbours up to "
              + options.maxDistance()
              + " "
              + voxel.unit()
              + " apart cannot be found in "
              + (options.memoryBytes() >> 20)
              + " MiB: expected at least "
              + (((long) least >> 20) + 1)
              + " MiB. Give more memory, a smaller maxDistance, or fewer threads.");
    }
    return new long[] {edge, edge, edge};
  }

  private double voxels(long edge, long[] halo) {
    double voxels = 1;
    for (int d = 0; d < 3; d++) {
      voxels *= Math.min(size[d], edge + 2 * halo[d]);
    }
    return voxels;
  }

  /** A box of labels grown into the free space. */
  private final class Block {

    private final Interval core;
    private final Interval box;
    private final Extent extent;
    private final int[] labels;
    private final double[] squared;

    Block(Interval core, Interval box) {
      this.core = core;
      this.box = box;
      extent = LabelBox.size(box);
      labels = LabelBox.read(segmentation.volume(), box);
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] != 0 && segmentation.voxels(labels[i]) < options.minVoxels()) {
          labels[i] = 0;
        }
      }
      squared = NearestLabels.expand(labels, extent, voxel, options.maxDistance(), job);
    }

    void eachTouch(Touch touch) {
      for (long z = core.min(2); z <= core.max(2); z++) {
        job.checkCancelled();
        for (long y = core.min(1); y <= core.max(1); y++) {
          for (long x = core.min(0); x <= core.max(0); x++) {
            int at = index(x, y, z);
            if (labels[at] != 0) {
              touches(at, x, y, z, touch);
            }
          }
        }
      }
    }

    private void touches(int at, long x, long y, long z, Touch touch) {
      for (int[] step : STEPS) {
        if (x + step[0] < size[0] && y + step[1] < size[1] && z + step[2] < size[2]) {
          int next = index(x + step[0], y + step[1], z + step[2]);
          if (labels[next] != 0 && labels[next] != labels[at]) {
            double distance = (Math.sqrt(squared[at]) + Math.sqrt(squared[next])) / 2;
            touch.at(labels[at], labels[next], distance, x, y, z);
          }
        }
      }
    }

    private int index(long x, long y, long z) {
      return (int)
          (((z - box.min(2)) * extent.y() + (y - box.min(1))) * extent.x() + (x - box.min(0)));
    }
  }
}
