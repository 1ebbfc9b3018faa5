package org.uniem.networks.pixels;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import org.uniem.job.Job;
import org.uniem.networks.FinitePixels;
import org.uniem.networks.SeenPixels;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;

/**
 * Where the pixels of a volume lie, by a sample that is the same whatever part of the volume is
 * looked at afterwards: a grid of at most 2¹⁶ pixels in each of at most 32 evenly spaced slices,
 * the first and the last among them; all channels together.
 *
 * <p>Zeros are left out where they are one pixel in fifty or more and there are others: such is the
 * margin around aligned slices. Values are in the units of the file. Immutable.
 *
 * @param type of the pixels
 * @param least the smallest
 * @param low the value that one pixel in a thousand is below; a single dead pixel does not move it
 * @param median the value that half of the pixels are below
 * @param high the value that one pixel in a thousand is above; a single hot pixel does not move it
 * @param most the largest
 * @param mean of the values, those beyond low and high taken for these
 * @param deviation standard deviation of the same
 */
public record PixelStatistics(
    PixelType type,
    double least,
    double low,
    double median,
    double high,
    double most,
    double mean,
    double deviation) {

  /** The most slices that are looked at. */
  public static final int SLICES = 32;

  private static final int PIXELS_PER_SLICE = 1 << 16;

  /** Part of the pixels beyond low, and beyond high. */
  private static final double TAIL = 0.001;

  /** Part of the pixels from which on zeros are no picture. */
  private static final double MARGIN = 0.02;

  /**
   * Looks at a volume.
   *
   * @param images grey or colour
   * @param imageChannels channels that a network takes: 1 looks at the luminance of colour
   * @param job progress and cancel
   * @throws org.uniem.job.BadInputException if a pixel of the slices looked at is not finite, or a
   *     slice cannot be read; says where
   */
  public static PixelStatistics of(Volume images, int imageChannels, Job job) {
    long depth = images.depth();
    int count = (int) Math.min(SLICES, depth);
    boolean luminance = imageChannels == 1 && images.channels() == 3;
    int planes = luminance ? 1 : images.channels();
    int width = Math.toIntExact(images.width());
    int height = Math.toIntExact(images.height());
    int step = (int) Math.ceil(Math.sqrt((double) width * height / PIXELS_PER_SLICE));
    int perPlane = ((width - 1) / step + 1) * ((height - 1) / step + 1);
    float[] sample = new float[Math.multiplyExact(perPlane, count * planes)];
    float[][] slice = new float[images.channels()][width * height];
    Job.Stage stage = job.stage("Measuring the images", count, "slices");
    int n = 0;
    for (int i = 0; i < count; i++) {
      long z = count == 1 ? 0 : i * (depth - 1) / (count - 1);
      for (int c = 0; c < slice.length; c++) {
        FinitePixels.read(images, z, c, slice[c]);
      }
      for (float[] plane : luminance ? new float[][] {Luminance.of(slice)} : slice) {
        for (int y = 0; y < height; y += step) {
          for (int x = 0; x < width; x += step) {
            sample[n++] = plane[y * width + x];
          }
        }
      }
      stage.advance(1);
    }
    return of(images.pixelType(), sample);
  }

  /** Of values that are sorted here. */
  static PixelStatistics of(PixelType type, float[] values) {
    Arrays.sort(values);
    float[] picture = withoutMargin(values);
    double low = picture[(int) Math.floor(TAIL * (picture.length - 1))];
    double high = picture[(int) Math.ceil((1 - TAIL) * (picture.length - 1))];
    double sum = 0;
    for (float value : picture) {
      sum += Math.min(high, Math.max(low, value));
    }
    double mean = sum / picture.length;
    double squares = 0;
    for (float value : picture) {
      double difference = Math.min(high, Math.max(low, value)) - mean;
      squares += difference * difference;
    }
    return new PixelStatistics(
        type,
        picture[0],
        low,
        picture[picture.length / 2],
        high,
        picture[picture.length - 1],
        mean,
        Math.sqrt(squares / picture.length));
  }

  private static float[] withoutMargin(float[] sorted) {
    int first = 0;
    while (first < sorted.length && sorted[first] < 0) {
      first++;
    }
    int behind = first;
    while (behind < sorted.length && sorted[behind] == 0) {
      behind++;
    }
    int zeros = behind - first;
    if (zeros < MARGIN * sorted.length || zeros == sorted.length) {
      return sorted;
    }
    float[] picture = new float[sorted.length - zeros];
    System.arraycopy(sorted, 0, picture, 0, first);
    System.arraycopy(sorted, behind, picture, first, sorted.length - behind);
    return picture;
  }

  /** Whether all pixels that were looked at are equal. */
  public boolean isConstant() {
    return least == most;
  }

  /** The value that counts as 0 where the type does not say it. */
  public double black() {
    return low < high ? low : least;
  }

  /** The value that counts as 1 where the type does not say it, above black. */
  public double white() {
    double white = low < high ? high : most;
    return white > black() ? white : black() + 1;
  }

  /**
   * What a model notes of it.
   *
   * @param zero the value that counted as 0 in training
   * @param one the value that counted as 1
   */
  public SeenPixels seen(double zero, double one) {
    return new SeenPixels(type, zero, one, low, median, high, mean, deviation);
  }

  /** Type and range, by which two volumes are told apart. */
  public String inFewWords() {
    return type.name().toLowerCase(Locale.ROOT) + " " + number(black()) + " … " + number(white());
  }

  /** The type in words, such as "16-bit". */
  String typeInWords() {
    return switch (type) {
      case FLOAT32 -> "floats";
      default -> 8 * type.bytes() + "-bit";
    };
  }

  /** Type and range in words, for a sentence that begins with the name of the images. */
  String inWords() {
    return "are "
        + typeInWords()
        + " but lie in "
        + number(low)
        + " … "
        + number(high)
        + " (all but 0.1 % at each end)";
  }

  /**
   * Tells how images are scaled that are trained on.
   *
   * @param name of the images
   */
  public String scaledInWords(String name) {
    return "The pixels of \""
        + name
        + "\" "
        + inWords()
        + ": scaled so that "
        + number(black())
        + " … "
        + number(white())
        + " becomes 0 … 1.";
  }

  /** A number with four significant digits. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.valueOf((long) value);
    }
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }
}
