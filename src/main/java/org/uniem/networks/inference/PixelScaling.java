package org.uniem.networks.inference;

import org.uniem.job.Job;
import org.uniem.networks.Normalisation;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;

/**
 * Turns pixel values of a volume to network inputs: input = (pixel − offset) · factor.
 *
 * <p>This is the {@link Normalisation} of a model applied to a certain volume: pixels are scaled to
 * 0 … 1 (8-bit / 255, 16-bit / 65535, float by the range of the volume), then the mean is
 * subtracted and divided by the standard deviation. The range of a float volume is that of all its
 * slices, as in training; mean and standard deviation are those of at most 32 evenly spaced slices;
 * all channels together. A constant volume becomes 0 where its own mean is used.
 */
public record PixelScaling(double offset, double factor) {

  /** The most slices that mean and standard deviation are taken of. */
  public static final int SAMPLED_SLICES = 32;

  /**
   * Measures what the normalisation needs to know of a volume; reads nothing where it needs
   * nothing.
   *
   * @param images the volume
   * @param imageChannels channels the network takes: 1 measures the luminance of colour images
   * @throws org.uniem.job.BadInputException if a pixel is not finite or a slice cannot be read
   */
  public static PixelScaling of(
      Volume images, int imageChannels, Normalisation normalisation, Job job) {
    if (Normalisation.INTENSITY.equals(normalisation.mode())) {
      return new PixelScaling(normalisation.mean(), 1 / normalisation.std());
    }
    boolean fixed = Normalisation.FIXED.equals(normalisation.mode());
    if (fixed && images.pixelType().bytes() <= 2) {
      return fixed(0, images.pixelType() == PixelType.UINT8 ? 255 : 65535, normalisation);
    }
    if (fixed) {
      Sample all = sample(images, images.channels(), images.depth(), job);
      return fixed(all.min, all.max > all.min ? all.max : all.min + 1, normalisation);
    }
    long count = Math.min(SAMPLED_SLICES, images.depth());
    Sample sample = sample(images, imageChannels, count, job);
    // Scaling to 0 … 1 before would cancel out.
    double std = sample.std();
    return new PixelScaling(sample.mean, std > 0 ? 1 / std : 1);
  }

  private static PixelScaling fixed(double min, double max, Normalisation normalisation) {
    double range = max - min;
    return new PixelScaling(min + normalisation.mean() * range, 1 / (normalisation.std() * range));
  }

  /** The network input for a pixel. */
  public float apply(float pixel) {
    return (float) ((pixel - offset) * factor);
  }

  private static Sample sample(Volume images, int imageChannels, long count, Job job) {
    long depth = images.depth();
    Job.Stage stage = job.stage("Measuring the images", count, "slices");
    Sample sample = new Sample();
    for (long i = 0; i < count; i++) {
      long z = count == 1 ? 0 : i * (depth - 1) / (count - 1);
      for (float[] plane : Slice.read(images, z, imageChannels == 1).planes(imageChannels)) {
        sample.add(plane);
      }
      stage.advance(1);
    }
    return sample;
  }

  /** Range and moments; the moments of a slice are joined by Chan's update, so none cancels out. */
  private static final class Sample {
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double count;
    private double mean;
    private double squares;

    void add(float[] plane) {
      double sum = 0;
      for (float value : plane) {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
      }
      double planeMean = sum / plane.length;
      double planeSquares = 0;
      for (float value : plane) {
        planeSquares += (value - planeMean) * (value - planeMean);
      }
      double joined = count + plane.length;
      double step = planeMean - mean;
      squares += planeSquares + step * step * count * plane.length / joined;
      mean += step * plane.length / joined;
      count = joined;
    }

    double std() {
      return Math.sqrt(squares / count);
    }
  }
}
