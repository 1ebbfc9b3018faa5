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
