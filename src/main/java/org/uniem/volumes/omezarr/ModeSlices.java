package org.uniem.volumes.omezarr;

import java.nio.ByteOrder;
import java.util.List;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.storage.PixelBytes;

/**
 * Slices of labels: a coarser voxel has the label that most of those in it have; of several equally
 * frequent the smallest that is not 0, the background. Stateless.
 */
final class ModeSlices implements SliceKind<long[]> {

  @Override
  public long[] copy(long[] slice) {
    return slice.clone();
  }

  @Override
  public byte[] encode(long[] slice, PixelType type, String where) {
    return PixelBytes.encode(slice, type, ByteOrder.LITTLE_ENDIAN, where);
  }

  @Override
  public long[] reduce(List<long[]> slices, int width, int height, Resolution next) {
    int factorX = next.factor()[0];
    int factorY = next.factor()[1];
    int rowLength = (int) next.width();
    long[] reduced = new long[Math.multiplyExact(rowLength, (int) next.height())];
    long[] ids = new long[factorX * factorY * slices.size()];
    for (int y = 0; y < next.height(); y++) {
      for (int x = 0; x < rowLength; x++) {
        int count = 0;
        for (long[] slice : slices) {
          for (int v = y * factorY; v < Math.min(height, (y + 1) * factorY); v++) {
            for (int u = x * factorX; u < Math.min(width, (x + 1) * factorX); u++) {
              ids[count++] = slice[v * width + u];
            }
          }
        }
        reduced[y * rowLength + x] = mode(ids, count);
      }
    }
    return reduced;
  }

  private static long mode(long[] ids, int count) {
    long best = ids[0];
    int most = 0;
    for (int i = 0; i < count; i++) {
      int same = 0;
      for (int k = 0; k < count; k++) {
        same += ids[k] == ids[i] ? 1 : 0;
      }
      if (same == count) {
        return ids[i];
      }
      if (same > most || same == most && isBefore(ids[i], best)) {
        most = same;
        best = ids[i];
      }
    }
    return best;
  }

  private static boolean isBefore(long id, long other) {
    return id != 0 && (other == 0 || Long.compareUnsigned(id, other) < 0);
  }
}
