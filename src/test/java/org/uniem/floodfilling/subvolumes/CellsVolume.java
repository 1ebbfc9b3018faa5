package org.uniem.floodfilling.subvolumes;

import java.util.Random;
import net.imglib2.img.array.ArrayImgs;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Cells around random points, each of an intensity of its own: the nearest point has the voxel. */
public final class CellsVolume {

  public static final int WIDTH = 66;
  public static final int HEIGHT = 50;
  public static final int DEPTH = 41;

  private CellsVolume() {}

  public static byte[] cells(long seed) {
    Random random = new Random(seed);
    int[][] points = new int[14][];
    for (int i = 0; i < points.length; i++) {
      points[i] = new int[] {random.nextInt(WIDTH), random.nextInt(HEIGHT), random.nextInt(DEPTH)};
    }
    byte[] cells = new byte[WIDTH * HEIGHT * DEPTH];
    for (int voxel = 0; voxel < cells.length; voxel++) {
      int x = voxel % WIDTH;
      int y = voxel / WIDTH % HEIGHT;
      int z = voxel / WIDTH / HEIGHT;
      int nearest = Integer.MAX_VALUE;
      for (int i = 0; i < points.length; i++) {
        int dx = x - points[i][0];
        int dy = y - points[i][1];
        int dz = z - points[i][2];
        int distance = dx * dx + dy * dy + dz * dz;
        if (distance < nearest) {
          nearest = distance;
          cells[voxel] = (byte) (i + 1);
        }
      }
    }
    return cells;
  }

  public static Volume volume(byte[] cells) {
    return Volumes.of(
        ArrayImgs.unsignedBytes(cells, WIDTH, HEIGHT, DEPTH), VoxelSize.UNKNOWN, "cells");
  }
}
