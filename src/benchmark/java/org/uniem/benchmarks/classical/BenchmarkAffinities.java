package org.uniem.benchmarks.classical;

import java.util.ArrayList;
import java.util.List;
import net.imglib2.FinalDimensions;
import org.uniem.postprocess.affinities.Offset;
import org.uniem.volumes.SliceReader;

/**
 * Affinities of the first 30 slices of a cube of labels, with noise: as many slices, and the
 * offsets, as in the ISBI 2012 test of the mutex watershed's authors (Wolf et al. 2020,
 * doi:10.1109/TPAMI.2020.2980827). 8-bit maps in memory, so that making them is not timed.
 */
final class BenchmarkAffinities {

  private static final int SLICES = 30;

  private static final List<Offset> OFFSETS =
      Offset.parse(
          "1,0,0 0,1,0 0,0,1 9,0,0 0,9,0 9,9,0 9,-9,0 9,4,0 4,9,0 4,-9,0 9,-4,0 27,0,0 0,27,0"
              + " 0,0,2 0,0,3 1,0,1 0,1,1");

  private final int size;
  private final int depth;
  private final List<SliceReader> readers = new ArrayList<>();

  /**
   * @param size of the cube
   */
  BenchmarkAffinities(int size) {
    this.size = size;
    this.depth = Math.min(SLICES, size);
  }

  List<Offset> offsets() {
    return OFFSETS;
  }

  List<SliceReader> readers() {
    return readers;
  }

  FinalDimensions dimensions() {
    return new FinalDimensions(size, size, depth);
  }

  /** Number of pairs of voxels with both in the stack. */
  long edges() {
    long edges = 0;
    for (Offset offset : OFFSETS) {
      edges +=
          (long) Math.max(0, size - Math.abs(offset.x()))
              * Math.max(0, size - Math.abs(offset.y()))
              * Math.max(0, depth - Math.abs(offset.z()));
    }
    return edges;
  }

  /**
   * Makes the maps.
   *
   * @param labels of the cube
   */
  void make(int[] labels) {
    for (Offset offset : OFFSETS) {
      byte[][] slices = new byte[depth][size * size];
      for (int z = 0; z < depth; z++) {
        for (int i = 0; i < slices[z].length; i++) {
          slices[z][i] = affinity(labels, i % size, i / size, z, offset);
        }
      }
      readers.add((z, target) -> read(slices[(int) z], target));
    }
  }

  private byte affinity(int[] labels, int x, int y, int z, Offset offset) {
    int otherX = x + offset.x();
    int otherY = y + offset.y();
    int otherZ = z + offset.z();
    if (Math.min(otherX, otherY) < 0 || Math.max(otherX, otherY) >= size || otherZ >= depth) {
      return 0;
    }
    int voxel = (z * size + y) * size + x;
    boolean same = labels[voxel] == labels[(otherZ * size + otherY) * size + otherX];
    float noise = 0.45f * noise(voxel, offset.hashCode());
    return (byte) Math.round(255 * (same ? 1 - noise : noise));
  }

  private static void read(byte[] slice, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = (slice[i] & 0xFF) / 255f;
    }
  }

  private static float noise(long voxel, int salt) {
    long hash = (voxel + salt * 31L) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 29) * 0xBF58476D1CE4E5B9L;
    return (hash >>> 40) / (float) (1 << 24);
  }
}
