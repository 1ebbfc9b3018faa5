package org.uniem.volumes.planes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

class StackVolumeTest {

  @Test
  void volumeLargerThanItsCacheIsReadKeepingOnlyTheLastSlices() {
    CountingSource source = new CountingSource();
    try (Volume volume = new StackVolume("large", source, 4 * source.shape().bytes())) {
      float[] slice = new float[source.shape().pixels()];
      for (int z = 0; z < volume.depth(); z++) {
        volume.readSlice(z, 0, slice);
        assertEquals(z, slice[17]);
      }
      assertEquals(source.depth(), source.reads.get());
      for (int z = source.depth() - 4; z < source.depth(); z++) {
        volume.readSlice(z, 0, slice);
      }
      assertEquals(source.depth(), source.reads.get());
      volume.readSlice(source.depth() - 5, 0, slice);
      assertEquals(source.depth() + 1, source.reads.get());
    }
  }

  @Test
  void jumpingBetweenSlicesDecodesEachOnce() {
    CountingSource source = new CountingSource();
    try (Volume volume = new StackVolume("cells", source, 4 * source.shape().bytes())) {
      for (int x = 0; x < 50; x++) {
        assertEquals(3, volume.channel(0).getAt(x, x, 3).getRealFloat());
        assertEquals(4, volume.channel(0).getAt(x, x, 4).getRealFloat());
      }
      assertEquals(2, source.reads.get());
    }
  }

  /** 100 slices, each filled with its number. */
  private static final class CountingSource implements PlaneSource {

    private final AtomicInteger reads = new AtomicInteger();

    @Override
    public PlaneShape shape() {
      return new PlaneShape(64, 64, 1, PixelType.UINT8);
    }

    @Override
    public int depth() {
      return 100;
    }

    @Override
    public int planesPerSlice() {
      return 1;
    }

    @Override
    public VoxelSize voxelSize() {
      return VoxelSize.UNKNOWN;
    }

    @Override
    public String sliceName(long z) {
      return "z" + z;
    }

    @Override
    public Plane read(int z, int index) {
      reads.incrementAndGet();
      Plane plane = new Plane(shape());
      Arrays.fill((byte[]) plane.channel(0), (byte) z);
      return plane;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
