package org.uniem.volumes.phantom;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.uniem.job.Job;
import org.uniem.volumes.VoxelSize;

/**
 * All organelles of a phantom, the mitochondria numbered 1 … n by place. Immutable, thread-safe.
 */
final class Organelles {

  /** What the border leaves of a mitochondrion is left out if it is smaller than this, nm³. */
  private static final double LEAST_VOLUME = 1e6;

  private static final int LEAST_VOXELS = 20;

  private final List<Body> bodies;
  private final int mitochondria;

  private Organelles(List<Body> bodies, int mitochondria) {
    this.bodies = bodies;
    this.mitochondria = mitochondria;
  }

  /** Places the organelles of a whole volume; time and memory grow with the number of cells. */
  static Organelles plan(PhantomOptions options, Cells cells, Job job) {
    VoxelSize size = options.voxelSize();
    long lastX = lattice(options.width() * size.x() + 300);
    long lastY = lattice(options.height() * size.y() + 300);
    long lastZ = lattice((options.depth() * size.z() + 400) / Cells.STRETCH);
    long firstXy = lattice(-300);
    long firstZ = lattice(-400 / Cells.STRETCH);
    List<Callable<List<Body>>> rows = new ArrayList<>();
    for (long z = firstZ - 1; z <= lastZ + 1; z++) {
      for (long y = firstXy - 1; y <= lastY + 1; y++) {
        long rowY = y;
        long rowZ = z;
        rows.add(() -> row(options, cells, firstXy - 1, lastX + 1, rowY, rowZ, job));
      }
    }
    List<Body> bodies = new ArrayList<>();
    int mitochondria = 0;
    for (List<Body> row : job.runAll(rows)) {
      for (Body body : row) {
        boolean mitochondrion = body.kind() == Body.Kind.MITOCHONDRION;
        bodies.add(mitochondrion ? body.withNumber(++mitochondria) : body);
      }
    }
    return new Organelles(List.copyOf(bodies), mitochondria);
  }

  private static List<Body> row(
      PhantomOptions options, Cells cells, long x0, long x1, long y, long z, Job job) {
    BodyPlanner planner = new BodyPlanner(cells, options.seed(), options.mitochondria());
    List<Body> bodies = new ArrayList<>();
    for (long x = x0; x <= x1; x++) {
      job.checkCancelled();
      for (Body body : planner.plan(x, y, z)) {
        if (body.kind() != Body.Kind.MITOCHONDRION || isWhole(body, options)) {
          bodies.add(body);
        }
      }
    }
    return bodies;
  }

  private static long lattice(double nm) {
    return (long) Math.floor(nm / Cells.SPACING);
  }

  /** The number of mitochondria; their ids are 1 to this. */
  int mitochondria() {
    return mitochondria;
  }

  /** The organelles near a slab, in order of their ids. */
  List<Body> between(double minZ, double maxZ) {
    return bodies.stream().filter(body -> body.max(2) >= minZ && body.min(2) <= maxZ).toList();
  }

  /**
   * Whether the voxels of an organelle inside the volume are enough and hang together by faces, so
   * that an id never means two objects.
   */
  private static boolean isWhole(Body body, PhantomOptions options) {
    VoxelSize voxel = options.voxelSize();
    double[] edge = {voxel.x(), voxel.y(), voxel.z()};
    long[] size = {options.width(), options.height(), options.depth()};
    int[] extent = new int[3];
    long[] min = new long[3];
    for (int d = 0; d < 3; d++) {
      min[d] = Math.max(0, (long) Math.floor(body.min(d) / edge[d]) - 1);
      long max = Math.min(size[d] - 1, (long) Math.floor(body.max(d) / edge[d]) + 1);
      if (max < min[d]) {
        return false;
      }
      extent[d] = (int) (max - min[d] + 1);
    }
    BitSet inside = new BitSet();
    for (int i = 0; i < extent[0] * extent[1] * extent[2]; i++) {
      double x = (min[0] + i % extent[0] + 0.5) * edge[0];
      double y = (min[1] + i / extent[0] % extent[1] + 0.5) * edge[1];
      double z = (min[2] + i / (extent[0] * extent[1]) + 0.5) * edge[2];
      inside.set(i, body.distance(x, y, z) <= 0);
    }
    int voxels = inside.cardinality();
    return voxels >= LEAST_VOXELS
        && voxels * edge[0] * edge[1] * edge[2] >= LEAST_VOLUME
        && firstComponent(inside, extent) == voxels;
  }

  private static int firstComponent(BitSet inside, int[] extent) {
    int[] stride = {1, extent[0], extent[0] * extent[1]};
    BitSet left = (BitSet) inside.clone();
    ArrayDeque<Integer> front = new ArrayDeque<>();
    front.add(left.nextSetBit(0));
    left.clear(left.nextSetBit(0));
    int count = 0;
    while (!front.isEmpty()) {
      int i = front.remove();
      count++;
      for (int d = 0; d < 3; d++) {
        int position = i / stride[d] % extent[d];
        for (int step = -1; step <= 1; step += 2) {
          int j = i + step * stride[d];
          if (position + step >= 0 && position + step < extent[d] && left.get(j)) {
            left.clear(j);
            front.add(j);
          }
        }
      }
    }
    return count;
  }
}
