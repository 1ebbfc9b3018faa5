package org.uniem.postprocess.watershed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import net.imglib2.Interval;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.postprocess.indices.IntList;
import org.uniem.postprocess.labelling.Connectivity;

/**
 * A part of an image with a margin of blocked voxels, as {@link Flood} takes it: 4 bytes per voxel
 * and what waits in the queue.
 *
 * <p>On sides where the part ends but the image goes on, the flood may come in from outside, at
 * worst as early as the outermost voxels allow. They get the label {@link #UNKNOWN}, which wins
 * against all others: what nevertheless gets another label, gets the same in the whole image.
 */
final class FloodBox {

  /** Label of voxels that what is outside the part may reach first. */
  static final int UNKNOWN = 0;

  private final FloodInput input;
  private final Interval part;
  private final int width;
  private final int height;
  private final int depth;
  private final int rowStep;
  private final int sliceStep;
  private final int marginZ;
  private final boolean[] open = new boolean[6];
  private final int[] steps;
  private final int[] state;

  FloodBox(FloodInput input, Interval part) {
    this.input = input;
    this.part = part;
    Connectivity connectivity = input.connectivity();
    this.marginZ = connectivity.is3D() ? 1 : 0;
    for (int axis = 0; axis < 3; axis++) {
      boolean spreads = axis < 2 || connectivity.is3D();
      open[2 * axis] = spreads && part.min(axis) > input.size().min(axis);
      open[2 * axis + 1] = spreads && part.max(axis) < input.size().max(axis);
    }
    long voxels = paddedVoxels(part, connectivity);
    if (voxels > Integer.MAX_VALUE - 8) {
      throw new ResourceException(
          "The watershed needs "
              + voxels
              + " voxels at once, but an array holds at most 2147483639: too few seeds make their"
              + " regions larger than that. Give more seeds, or shrink the images.");
    }
    this.width = (int) part.dimension(0);
    this.height = (int) part.dimension(1);
    this.depth = (int) part.dimension(2);
    this.rowStep = width + 2;
    this.sliceStep = rowStep * (height + 2);
    this.state = new int[(int) voxels];
    this.steps =
        connectivity.offsets().stream()
            .mapToInt(offset -> offset[0] + offset[1] * rowStep + offset[2] * sliceStep)
            .toArray();
  }

  /** Number of voxels with the margin. */
  static long paddedVoxels(Interval part, Connectivity connectivity) {
    int marginZ = connectivity.is3D() ? 1 : 0;
    long slice = Math.multiplyExact(part.dimension(0) + 2, part.dimension(1) + 2);
    return Math.multiplyExact(slice, part.dimension(2) + 2L * marginZ);
  }

  /**
   * Reads the part and floods it.
   *
   * @param parallel whether the calling thread may use the job's threads
   */
  void flood(boolean parallel, Job job) {
    Arrays.fill(state, Flood.BLOCKED);
    List<Callable<Sources>> tasks = new ArrayList<>();
    int portion = parallel ? Math.max(1, depth / (4 * job.threads())) : depth;
    for (int begin = 0; begin < depth; begin += portion) {
      int from = begin;
      int to = Math.min(begin + portion, depth);
      tasks.add(() -> read(from, to, job));
    }
    LevelQueue queue = input.heights().newQueue();
    if (parallel) {
      job.runAll(tasks).forEach(sources -> sources.addTo(queue));
    } else {
      read(0, depth, job).addTo(queue);
    }
    new Flood(state, steps, queue).run(job);
  }

  private Sources read(int from, int to, Job job) {
    Sources sources = new Sources(new IntList(1024), new IntList(1024));
    FloodInput.Part reader = input.part(part);
    float[] heights = new float[width * height];
    float[] heightsBelow = new float[width * height];
    int[] labels = new int[width * height];
    for (int z = from; z < to; z++) {
      job.checkCancelled();
      reader.read(z, heights, labels);
      boolean outermost = open[4] && z == 0 || open[5] && z == depth - 1;
      for (int y = 0; y < height; y++) {
        boolean edge = outermost || open[2] && y == 0 || open[3] && y == height - 1;
        readRow(y, z, edge, heights, labels);
      }
      if (z > from) {
        addSources(z - 1, heightsBelow, z - 1 == from && from > 0, sources);
      }
      float[] spare = heightsBelow;
      heightsBelow = heights;
      heights = spare;
    }
    addSources(to - 1, heightsBelow, from > 0 && to - 1 == from || to < depth, sources);
    return sources;
  }

  private void readRow(int y, int z, boolean edge, float[] heights, int[] labels) {
    Heights scale = input.heights();
    int at = index(y, z);
    for (int x = 0; x < width; x++) {
      int label = labels[y * width + x];
      float value = heights[y * width + x];
      if (label == FloodInput.OUTSIDE) {
        continue;
      }
      if (Float.isNaN(value)) {
        throw notANumber(x, y, z);
      }
      boolean unknown = edge || open[0] && x == 0 || open[1] && x == width - 1;
      int known = unknown ? UNKNOWN : ~scale.level(value);
      state[at + x] = label == 0 ? known : label;
    }
  }

  /**
   * Collects the voxels of a slice from which the flood may spread.
   *
   * @param all also those without a dry neighbour, as another thread may still read those
   */
  private void addSources(int z, float[] heights, boolean all, Sources sources) {
    Heights scale = input.heights();
    for (int y = 0; y < height; y++) {
      int at = index(y, z);
      for (int x = 0; x < width; x++) {
        int found = state[at + x];
        if (found >= 0 && found != Flood.BLOCKED && (all || hasDryNeighbour(at + x))) {
          sources.add(scale.level(heights[y * width + x]), at + x);
        }
      }
    }
  }

  private boolean hasDryNeighbour(int voxel) {
    for (int step : steps) {
      if (state[voxel + step] < 0) {
        return true;
      }
    }
    return false;
  }

  private BadInputException notANumber(int x, int y, int z) {
    return new BadInputException(
        "The pixel at x="
            + (part.min(0) + x)
            + ", y="
            + (part.min(1) + y)
            + " of slice z="
            + (part.min(2) + z)
            + " is not a number (NaN): expected a height. Leave such pixels out by a mask, or"
            + " replace them.");
  }

  private int index(int y, int z) {
    return (z + marginZ) * sliceStep + (y + 1) * rowStep + 1;
  }

  /** Whether a region within the part has voxels that what is outside may reach first. */
  boolean isUncertain(Interval region) {
    int from = (int) (region.min(0) - part.min(0));
    int to = (int) (region.max(0) - part.min(0));
    for (long z = region.min(2); z <= region.max(2); z++) {
      for (long y = region.min(1); y <= region.max(1); y++) {
        int at = index((int) (y - part.min(1)), (int) (z - part.min(2)));
        for (int x = from; x <= to; x++) {
          if (state[at + x] == UNKNOWN) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * The state of a row: labels; below 0 what stayed dry, {@link Flood#BLOCKED} outside the mask.
   *
   * @param row receives the voxels of the region in this row
   */
  void copyRow(Interval region, long y, long z, int[] row) {
    int at = index((int) (y - part.min(1)), (int) (z - part.min(2)));
    System.arraycopy(
        state, at + (int) (region.min(0) - part.min(0)), row, 0, (int) region.dimension(0));
  }

  /** Where the flood begins. */
  private record Sources(IntList levels, IntList voxels) {

    void add(int level, int voxel) {
      levels.add(level);
      voxels.add(voxel);
    }

    void addTo(LevelQueue queue) {
      for (int i = 0; i < voxels.size(); i++) {
        queue.add(levels.get(i), voxels.get(i));
      }
    }
  }
}
