package org.uniem.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;

class IntervalVolumeTest extends VolumeContract {

  @Override
  protected List<PixelType> types() {
    return List.of(PixelType.values());
  }

  @Override
  protected Volume make(Path folder, VolumeSpec spec, float[][][] values) {
    long[] size = {spec.width(), spec.height(), spec.depth()};
    Img<? extends RealType<?>> img =
        switch (spec.pixelType()) {
          case UINT8 -> ArrayImgs.unsignedBytes(size);
          case UINT16 -> ArrayImgs.unsignedShorts(size);
          case UINT32 -> ArrayImgs.unsignedInts(size);
          case UINT64 -> ArrayImgs.unsignedLongs(size);
          case FLOAT32 -> ArrayImgs.floats(size);
        };
    Cursor<? extends RealType<?>> cursor = img.cursor();
    for (float[] slice : values[0]) {
      for (float value : slice) {
        cursor.next().setReal(value);
      }
    }
    // Not from 0, as crops are.
    return Volumes.of(Views.translate(img, 3, -1, 7), spec.voxelSize(), "crop");
  }

  @Test
  void planeIsAVolumeOfOneSlice() {
    try (Volume volume = Volumes.of(ArrayImgs.unsignedBytes(4, 3), VoxelSize.UNKNOWN, "plane")) {
      assertEquals(1, volume.depth());
    }
  }

  @Test
  void channelsOfDifferentSizeAreRefused() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                Volumes.of(
                    List.of(ArrayImgs.unsignedBytes(4, 3, 2), ArrayImgs.unsignedBytes(4, 3, 1)),
                    VoxelSize.UNKNOWN,
                    "pair"));
    assertEquals(true, e.getMessage().contains("channel 1"), e.getMessage());
  }

  @Test
  void slicesAreNumberedInTheSameDigitsInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals("z0012", Volume.numbered(12));
    } finally {
      Locale.setDefault(before);
    }
  }
}
