package org.uniem.annotation.skeletons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.uniem.annotation.ObjectVoxels;
import org.uniem.job.Job;

/**
 * Skeletons by TEASAR (Sato et al. 2000, 10.1109/PCCGA.2000.883951) with the penalty of kimimaro
 * (Silversmith et al. 2021, 10.5281/zenodo.5539913).
 *
 * <p>In each part of the object that 26 neighbours connect, the root is the voxel furthest from
 * some voxel. The voxel furthest from the root that belongs to no branch yet is joined to the
 * skeleton by its cheapest path, on which a voxel costs {@code penalty · (1 − d / D)^exponent + l /
 * L}: d is its distance to the surface, D the largest one to the power 1.01, l its distance from
 * the root within the object, L the largest one. All voxels near the path then belong to it.
 * Deviations from kimimaro: near is in a ball, not a cube, and connected in it, so that a part
 * beside another keeps its branches; each part has at least the path to its furthest voxel, however
 * small it is; no special case for cell bodies, paths of one tree from the root. A ring is open at
 * the place furthest from the root, since a skeleton is a tree. About 50 bytes per voxel of the
 * object.
 */
public final class Teasar {

  private final ObjectVoxels object;
  private final TeasarOptions options;
  private final Job job;
  private final float[] radii;
  private final VoxelPaths paths;
  private final Territory territory;
  // The vertex that stands in a voxel, −1 where none does.
  private final int[] vertexAt;
  private int[] voxels = new int[64];
  private int[] parents = new int[64];
  private int size;

  private Teasar(ObjectVoxels object, TeasarOptions options, Job job) {
    this.object = object;
    this.options = options;
    this.job = job;
    radii = SurfaceDistance.of(object, job);
    paths = new VoxelPaths(object, job);
    territory = new Territory(object, job);
    vertexAt = new int[object.count()];
    Arrays.fill(vertexAt, -1);
  }

  /**
   * Finds the skeleton of an object.
   *
   * @param object its voxels
   * @param options how finely it branches
   * @param job carries the cancel token
   * @return one tree for each connected part; none of parts that are too small
   */
  public static Skeleton of(ObjectVoxels object, TeasarOptions options, Job job) {
    Teasar work = new Teasar(object, options, job);
    BitSet seen = new BitSet(object.count());
    List<int[]> parts = new ArrayList<>();
    int largest = 0;
    for (int seed = 0; seed < object.count(); seed = seen.nextClearBit(seed)) {
      int count = work.paths.find(seed, null);
      for (int i = 0; i < count; i++) {
        seen.set(work.paths.reached(i));
      }
      largest = Math.max(largest, count);
      parts.add(new int[] {work.paths.reached(count - 1), count});
    }
    float[] prices = new float[object.count()];
    for (int[] part : parts) {
      if (part[1] >= options.leastVoxels(largest)) {
        work.trace(part[0], prices);
      }
    }
    return work.skeleton().smooth(options.smoothing());
  }

  private void trace(int root, float[] prices) {
    int count = paths.find(root, null);
    int[] nearestFirst = new int[count];
    double longest = paths.cost(paths.reached(count - 1));
    double largest = 0;
    for (int i = 0; i < count; i++) {
      nearestFirst[i] = paths.reached(i);
      largest = Math.max(largest, radii[nearestFirst[i]]);
    }
    double scale = 1 / Math.pow(largest, 1.01);
    for (int voxel : nearestFirst) {
      double inside = Math.max(0, 1 - radii[voxel] * scale);
      double way = longest > 0 ? paths.cost(voxel) / longest : 0;
      prices[voxel] = (float) (options.penalty() * Math.pow(inside, options.exponent()) + way);
    }
    paths.find(root, prices);
    add(root, -1);
    for (int i = count - 1; i > 0; i--) {
      if (!territory.has(nearestFirst[i])) {
        join(nearestFirst[i]);
      }
    }
  }

  /** Adds the path to a voxel from where it leaves the skeleton. */
  private void join(int target) {
    int length = 0;
    for (int voxel = target; vertexAt[voxel] < 0; voxel = paths.parent(voxel)) {
      length++;
    }
    int[] path = new int[length];
    int voxel = target;
    for (int i = length - 1; i >= 0; i--) {
      path[i] = voxel;
      voxel = paths.parent(voxel);
    }
    int parent = vertexAt[voxel];
    for (int step : path) {
      parent = add(step, parent);
    }
    territory.spread();
  }

  private int add(int voxel, int parent) {
    if (size == voxels.length) {
      voxels = Arrays.copyOf(voxels, 2 * size);
      parents = Arrays.copyOf(parents, 2 * size);
    }
    voxels[size] = voxel;
    parents[size] = parent;
    vertexAt[voxel] = size;
    double reach = options.scale() * radii[voxel] + options.constant(object.voxelSize());
    territory.begin(voxel, position(voxel), reach);
    return size++;
  }

  private int[] position(int voxel) {
    int run = object.runOf(voxel);
    int row = object.row(run);
    int x = object.start(run) + voxel - object.voxel(run);
    return new int[] {x, row % object.size(1), row / object.size(1)};
  }

  private Skeleton skeleton() {
    double[] places = new double[3 * size];
    float[] chosen = new float[size];
    for (int v = 0; v < size; v++) {
      int[] p = position(voxels[v]);
      places[3 * v] = (object.min(0) + p[0] + 0.5) * object.voxelSize().x();
      places[3 * v + 1] = (object.min(1) + p[1] + 0.5) * object.voxelSize().y();
      places[3 * v + 2] = (object.min(2) + p[2] + 0.5) * object.voxelSize().z();
      chosen[v] = radii[voxels[v]];
    }
    return new Skeleton(object.id(), places, chosen, Arrays.copyOf(parents, size));
  }
}
