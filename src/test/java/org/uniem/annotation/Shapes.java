package org.uniem.annotation;

import java.util.Random;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.LongType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Stacks of labels for tests. */
public final class Shapes {

  /** Tells whether a point is inside; x, y, z in units, from the corner of the first voxel. */
  public interface Solid {
    /** Whether the point is inside. */
    boolean has(double x, double y, double z);
  }

  private Shapes() {}

  /** A stack with label 1 in the voxels whose centre is inside. */
  public static Volume of(int width, int height, int depth, VoxelSize size, Solid solid) {
    Img<LongType> labels = ArrayImgs.longs(width, height, depth);
    var cursor = labels.localizingCursor();
    while (cursor.hasNext()) {
      cursor.fwd();
      double x = (cursor.getIntPosition(0) + 0.5) * size.x();
      double y = (cursor.getIntPosition(1) + 0.5) * size.y();
      double z = (cursor.getIntPosition(2) + 0.5) * size.z();
      cursor.get().set(solid.has(x, y, z) ? 1 : 0);
    }
    return Volumes.of(labels, size, "labels");
  }

  /** A stack from labels, x fastest. */
  public static Volume of(int width, int height, int depth, VoxelSize size, long... labels) {
    return Volumes.of(ArrayImgs.longs(labels, width, height, depth), size, "labels");
  }

  /** A ball in the middle of a box. */
  public static Solid ball(double x, double y, double z, double radius) {
    return (px, py, pz) ->
        (px - x) * (px - x) + (py - y) * (py - y) + (pz - z) * (pz - z) <= radius * radius;
  }

  /** A stack with a box of label 1 in it and one voxel of background around it. */
  public static Volume box(int width, int height, int depth, VoxelSize size) {
    return of(
        width + 2,
        height + 2,
        depth + 2,
        size,
        (x, y, z) ->
            isInside(x / size.x(), width)
                && isInside(y / size.y(), height)
                && isInside(z / size.z(), depth));
  }

  private static boolean isInside(double place, int length) {
    return place > 1 && place < length + 1;
  }

  /** A round rod with flat ends around its middle. */
  public static Solid rod(
      double x, double y, double z, double[] direction, double length, double radius) {
    return (px, py, pz) -> {
      double along = (px - x) * direction[0] + (py - y) * direction[1] + (pz - z) * direction[2];
      double square = (px - x) * (px - x) + (py - y) * (py - y) + (pz - z) * (pz - z);
      return Math.abs(along) <= length / 2 && square - along * along <= radius * radius;
    };
  }

  /** A direction of length 1. */
  public static double[] direction(Random random) {
    double x = random.nextGaussian();
    double y = random.nextGaussian();
    double z = random.nextGaussian();
    double length = Math.sqrt(x * x + y * y + z * z);
    return new double[] {x / length, y / length, z / length};
  }

  /** A torus around the z axis. */
  public static Solid torus(double x, double y, double z, double large, double small) {
    return (px, py, pz) -> {
      double fromRing = Math.hypot(px - x, py - y) - large;
      return fromRing * fromRing + (pz - z) * (pz - z) <= small * small;
    };
  }

  /** Random labels 0 … largest. */
  public static long[] random(int voxels, int largest, Random random) {
    return random.longs(voxels, 0, largest + 1L).toArray();
  }
}
