package org.uniem.networks.pixels;

import org.uniem.job.Job;
import org.uniem.networks.FinitePixels;
import org.uniem.volumes.Volume;

/** Mean and deviation of all pixels of some slices of 8-bit images. */
final class ImageMoments {

  private double count;
  private double mean;
  private double squares;

  private ImageMoments() {}

  /**
   * Scales by the images' own mean and deviation; a constant volume becomes 0.
   *
   * @param images 8-bit
   * @param imageChannels channels a network takes
   */
  static PixelScaling of(Volume images, int imageChannels, Job job) {
    long depth = images.depth();
    long slices = Math.min(PixelStatistics.SLICES, depth);
    boolean luminance = imageChannels == 1 && images.channels() == 3;
    float[][] planes =
        new float[images.channels()][Math.toIntExact(images.width() * images.height())];
    ImageMoments moments = new ImageMoments();
    for (long i = 0; i < slices; i++) {
      long z = slices == 1 ? 0 : i * (depth - 1) / (slices - 1);
      for (int c = 0; c < planes.length; c++) {
        FinitePixels.read(images, z, c, planes[c]);
      }
      for (float[] plane : luminance ? new float[][] {Luminance.of(planes)} : planes) {
        moments.add(plane);
      }
      job.checkCancelled();
    }
    double std = Math.sqrt(moments.squares / moments.count);
    return PixelScaling.unlimited(moments.mean, std > 0 ? 1 / std : 1);
  }

  /** The moments of a slice are joined by Chan's update, so none cancels out. */
  private void add(float[] plane) {
    double sum = 0;
    for (float value : plane) {
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
}
