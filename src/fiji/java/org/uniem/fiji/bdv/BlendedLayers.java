package org.uniem.fiji.bdv;

import bdv.viewer.SourceAndConverter;
import bdv.viewer.render.AccumulateProjector;
import bdv.viewer.render.AccumulateProjectorFactory;
import bdv.viewer.render.VolatileProjector;
import java.util.List;
import java.util.concurrent.ExecutorService;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessible;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;

/**
 * Puts layers over each other: opaque pixels are added up, transparent ones cover what is below.
 */
final class BlendedLayers implements AccumulateProjectorFactory<ARGBType> {

  @Override
  public VolatileProjector createProjector(
      List<VolatileProjector> projectors,
      List<SourceAndConverter<?>> sources,
      List<? extends RandomAccessible<? extends ARGBType>> layers,
      RandomAccessibleInterval<ARGBType> target,
      int threads,
      ExecutorService executor) {
    return new AccumulateProjector<ARGBType, ARGBType>(projectors, layers, target) {
      @Override
      protected void accumulate(Cursor<? extends ARGBType>[] pixels, ARGBType result) {
        int blended = 0;
        for (Cursor<? extends ARGBType> pixel : pixels) {
          blended = over(blended, pixel.get().get());
        }
        result.set(0xff000000 | blended);
      }
    };
  }

  /** One pixel put over another; the result is red, green and blue alone. */
  static int over(int below, int above) {
    int alpha = above >>> 24;
    if (alpha == 0) {
      return below;
    }
    int result = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int b = below >> shift & 255;
      int a = above >> shift & 255;
      int value = alpha == 255 ? Math.min(255, a + b) : (alpha * a + (255 - alpha) * b + 127) / 255;
      result |= value << shift;
    }
    return result;
  }
}
