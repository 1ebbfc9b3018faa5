package org.uniem.commands.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.uniem.job.BadInputException;

/**
 * Pictures of one slice: the image itself, and probability, objects and ground truth over it.
 *
 * <p>All arrays have width × height values, x fastest. Thread-safe.
 */
public final class SlicePictures {

  /** Magma, from black over purple and orange to pale yellow, at equal distances. */
  private static final int[] MAGMA = {
    0x000004, 0x180f3e, 0x451077, 0x721f81, 0x9f2f7f, 0xcd4071, 0xf1605d, 0xfd9567, 0xfec98d,
    0xfcfdbf
  };

  /** Colour of what is in both; told apart by people who see red and green alike, too. */
  public static final int RIGHT = 0x4fc3f7;

  /** Colour of what was found but is not true. */
  public static final int FALSE = 0xff8f00;

  /** Colour of what is true but was not found. */
  public static final int MISSED = 0xf06bd6;

  private static final int TRUTH = 0xffd23f;
  private static final double GOLDEN_RATIO = 0.6180339887498949;

  private final int width;
  private final int height;
  private final int[] grey;

  /**
   * @param width in pixels
   * @param height in pixels
   * @param image grey values of any range; the darkest and brightest half percent are cut off
   */
  public SlicePictures(int width, int height, float[] image) {
    this.width = width;
    this.height = height;
    requireSize("image", image.length);
    float[] sorted = image.clone();
    Arrays.sort(sorted);
    double low = sorted[(int) (0.005 * (sorted.length - 1))];
    double high = sorted[(int) (0.995 * (sorted.length - 1))];
    grey = new int[image.length];
    for (int i = 0; i < image.length; i++) {
      double share = high > low ? (image[i] - low) / (high - low) : 0.5;
      grey[i] = (int) Math.round(255 * Math.max(0, Math.min(1, share)));
    }
  }

  /** The image alone. */
  public BufferedImage image() {
    return picture(i -> grey[i] * 0x10101);
  }

  /**
   * Probability over the image: nothing where it is 0, magma colours towards 1.
   *
   * @param probability 0 … 1
   */
  public BufferedImage probability(float[] probability) {
    requireSize("probability", probability.length);
    return picture(
        i -> {
          double p = Math.max(0, Math.min(1, probability[i]));
          return mix(grey[i] * 0x10101, magma(p), 0.85 * Math.min(1, p * 2));
        });
  }

  /**
   * Objects over the image, each id in a colour of its own that is the same in every picture.
   *
   * @param ids 0 is background
   */
  public BufferedImage objects(long[] ids) {
    requireSize("objects", ids.length);
    return picture(
        i ->
            ids[i] == 0
                ? grey[i] * 0x10101
                : mix(grey[i] * 0x10101, colour(ids[i]), isEdge(ids, i) ? 1 : 0.5));
  }

  /**
   * Outlines of the ground truth over the image.
   *
   * @param ids 0 is background
   */
  public BufferedImage truth(long[] ids) {
    requireSize("truth", ids.length);
    return picture(i -> isNearEdge(ids, i) ? TRUTH : grey[i] * 0x10101);
  }

  /**
   * Objects and the ground truth over the image, in the colours of what is in both or in one alone.
   *
   * @param found ids, 0 is background
   * @param truth ids, 0 is background
   */
  public BufferedImage comparison(long[] found, long[] truth) {
    requireSize("objects", found.length);
    requireSize("truth", truth.length);
    return picture(
        i -> {
          int under = grey[i] * 0x10101;
          if (found[i] != 0) {
            return mix(under, truth[i] != 0 ? RIGHT : FALSE, truth[i] != 0 ? 0.4 : 0.6);
          }
          return truth[i] != 0 ? mix(under, MISSED, 0.6) : under;
        });
  }

  /**
   * A square part of a picture, magnified by whole pixels.
   *
   * @param x of its centre; the part is moved where it would leave the picture
   * @param y of its centre
   * @param side in pixels of the picture, cut to its size
   * @param factor 1 or more
   */
  public static BufferedImage cut(BufferedImage picture, int x, int y, int side, int factor) {
    int across = Math.min(side, picture.getWidth());
    int down = Math.min(side, picture.getHeight());
    int left = Math.max(0, Math.min(x - across / 2, picture.getWidth() - across));
    int top = Math.max(0, Math.min(y - down / 2, picture.getHeight() - down));
    BufferedImage part =
        new BufferedImage(across * factor, down * factor, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < part.getWidth() * part.getHeight(); i++) {
      int column = i % part.getWidth();
      int row = i / part.getWidth();
      part.setRGB(column, row, picture.getRGB(left + column / factor, top + row / factor));
    }
    return part;
  }

  /** The colour of an object, as in {@link #objects}: neighbouring ids differ much. */
  public static int colour(long id) {
    double hue = id * GOLDEN_RATIO;
    float saturation = new float[] {0.85f, 0.6f, 0.95f}[(int) Math.floorMod(id, 3L)];
    float brightness = new float[] {1f, 0.9f}[(int) Math.floorMod(id, 2L)];
    return Color.HSBtoRGB((float) (hue - Math.floor(hue)), saturation, brightness) & 0xffffff;
  }

  /** The colour that means a probability of 0 … 1. */
  static int magma(double probability) {
    double place = probability * (MAGMA.length - 1);
    int lower = Math.min((int) place, MAGMA.length - 2);
    return mix(MAGMA[lower], MAGMA[lower + 1], place - lower);
  }

  /** Whether a pixel of an object is an edge or beside one, for lines that can be seen in print. */
  private boolean isNearEdge(long[] ids, int i) {
    return ids[i] != 0
        && (isEdge(ids, i)
            || i % width > 0 && isEdge(ids, i - 1)
            || i >= width && isEdge(ids, i - width));
  }

  /** Whether an object pixel has a neighbour of another id. */
  private boolean isEdge(long[] ids, int i) {
    if (ids[i] == 0) {
      return false;
    }
    int x = i % width;
    int y = i / width;
    return x > 0 && ids[i - 1] != ids[i]
        || x < width - 1 && ids[i + 1] != ids[i]
        || y > 0 && ids[i - width] != ids[i]
        || y < height - 1 && ids[i + width] != ids[i];
  }

  private BufferedImage picture(IntUnaryOperator colourAt) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < grey.length; i++) {
      picture.setRGB(i % width, i / width, colourAt.applyAsInt(i));
    }
    return picture;
  }

  private static int mix(int under, int over, double share) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double value = (1 - share) * (under >> shift & 255) + share * (over >> shift & 255);
      mixed |= (int) Math.round(value) << shift;
    }
    return mixed;
  }

  private void requireSize(String what, int length) {
    if (length != width * height) {
      throw new BadInputException(
          "The "
              + what
              + " has "
              + length
              + " pixels, expected "
              + width
              + " x "
              + height
              + ": give slices of one size.");
    }
  }
}
