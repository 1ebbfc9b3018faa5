package org.uniem.viewers.images;

import ij.ImagePlus;
import ij.ImageStack;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.uniem.job.BadInputException;

/**
 * The channels of an ImageJ image as intervals x, y, z over its own pixels: in memory nothing is
 * copied, and of a virtual stack a slice is read when it is needed. Thread-safe.
 *
 * <p>RGB images have three channels; palette images have their indices as values. Images whose grey
 * values are calibrated have those values, as floats: ImageJ keeps signed numbers so. Frames are
 * taken for slices where there is one slice only, since stacks are often saved so by mistake.
 */
final class ImagePlanes {

  private static final int RGB_CHANNELS = 3;

  private final String title;
  private final ImageStack stack;
  private final int type;
  private final int depth;
  private final int channels;

  /** The value of each stored number, null where that is the number itself. */
  private final float[] values;

  private int lastPlane;
  private Object lastPixels;

  /**
   * @param image stays open as long as the intervals are used, or is in memory
   * @throws BadInputException if it is a time series, or in colours with several channels
   */
  ImagePlanes(ImagePlus image) {
    title = image.getTitle();
    stack = image.getStack();
    type = image.getType();
    channels = image.getNChannels();
    boolean calibrated = image.getCalibration().calibrated() && type != ImagePlus.GRAY32;
    values = calibrated && !isRgb() ? image.getCalibration().getCTable() : null;
    if (image.getNSlices() > 1 && image.getNFrames() > 1) {
      throw new BadInputException(
          "The image '"
              + title
              + "' is a time series of "
              + image.getNFrames()
              + " stacks: expected one. Split it with Image > Hyperstacks > Reduce"
              + " Dimensionality...");
    }
    if (isRgb() && channels > 1) {
      throw new BadInputException(
          "The image '"
              + title
              + "' has "
              + channels
              + " channels in RGB: expected one. Reduce them with Image > Hyperstacks > Reduce"
              + " Dimensionality...");
    }
    depth = image.getNSlices() * image.getNFrames();
  }

  private boolean isRgb() {
    return type == ImagePlus.COLOR_RGB;
  }

  /** One interval x, y, z per channel. */
  List<RandomAccessibleInterval<? extends RealType<?>>> intervals() {
    List<RandomAccessibleInterval<? extends RealType<?>>> intervals = new ArrayList<>();
    for (int c = 0; c < (isRgb() ? RGB_CHANNELS : channels); c++) {
      intervals.add(interval(c));
    }
    return intervals;
  }

  private RandomAccessibleInterval<? extends RealType<?>> interval(int channel) {
    int[] plane = {stack.getWidth(), stack.getHeight(), 1};
    CellGrid grid = new CellGrid(new long[] {plane[0], plane[1], depth}, plane);
    if (values != null) {
      return new LazyCellImg<FloatType, FloatArray>(
          grid, new FloatType(), z -> cell(plane, z, new FloatArray(values(pixels(z, channel)))));
    }
    return switch (type) {
      case ImagePlus.GRAY16 ->
          new LazyCellImg<UnsignedShortType, ShortArray>(
              grid,
              new UnsignedShortType(),
              z -> cell(plane, z, new ShortArray((short[]) pixels(z, channel))));
      case ImagePlus.GRAY32 ->
          new LazyCellImg<FloatType, FloatArray>(
              grid,
              new FloatType(),
              z -> cell(plane, z, new FloatArray((float[]) pixels(z, channel))));
      default ->
          new LazyCellImg<UnsignedByteType, ByteArray>(
              grid,
              new UnsignedByteType(),
              z -> cell(plane, z, new ByteArray(bytes(pixels(z, channel), channel))));
    };
  }

  private static <A> Cell<A> cell(int[] plane, long z, A access) {
    return new Cell<>(plane, new long[] {0, 0, z}, access);
  }

  private float[] values(Object pixels) {
    boolean wide = pixels instanceof short[];
    float[] result = new float[stack.getWidth() * stack.getHeight()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[wide ? ((short[]) pixels)[i] & 0xffff : ((byte[]) pixels)[i] & 0xff];
    }
    return result;
  }

  private static byte[] bytes(Object pixels, int channel) {
    if (pixels instanceof byte[] grey) {
      return grey;
    }
    int[] colours = (int[]) pixels;
    byte[] one = new byte[colours.length];
    int shift = 8 * (RGB_CHANNELS - 1 - channel);
    for (int i = 0; i < one.length; i++) {
      one[i] = (byte) (colours[i] >> shift);
    }
    return one;
  }

  /** The array of a plane; virtual stacks are not made for several threads. */
  private synchronized Object pixels(long z, int channel) {
    int plane = (int) z * channels + (isRgb() ? 0 : channel) + 1;
    if (plane != lastPlane) {
      Object pixels = stack.getPixels(plane);
      if (pixels == null) {
        throw new BadInputException(
            "Cannot read slice " + (z + 1) + " of the image '" + title + "'. Open it again.");
      }
      // One plane is kept for the channels of colours, which are asked for one after the other.
      lastPixels = pixels;
      lastPlane = plane;
    }
    return lastPixels;
  }
}
