package org.uniem.volumes.omezarr;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.storage.PixelBytes;

/** Slices of intensities: a coarser voxel is the mean of those in it. Stateless. */
final class MeanSlices implements SliceKind<float[]> {

  @Override
  public float[] copy(float[] slice) {
    return slice.clone();
  }

  @Override
  public byte[] encode(float[] slice, PixelType type, String where) {
    return PixelBytes.encode(slice, type, ByteOrder.LITTLE_ENDIAN, where);
  }

  @Override
  public float[] reduce(List<float[]> slices, int width, int height, Resolution next) {
    int factorX = next.factor()[0];
    int factorY = next.factor()[1];
    int rowLength = (int) next.width();
    float[] reduced = new float[Math.multiplyExact(rowLength, (int) next.height())];
    double[] row = new double[rowLength];
    for (int y = 0; y < next.height(); y++) {
      int end = Math.min(height, (y + 1) * factorY);
      Arrays.fill(row, 0);
      for (float[] slice : slices) {
        for (int from = y * factorY; from < end; from++) {
          for (int x = 0; x < width; x++) {
            row[x / factorX] += slice[from * width + x];
          }
        }
      }
      int high = (end - y * factorY) * slices.size();
      for (int x = 0; x < rowLength; x++) {
        int wide = Math.min(width, (x + 1) * factorX) - x * factorX;
        reduced[y * rowLength + x] = (float) (row[x] / (high * wide));
      }
    }
    return reduced;
  }
}
