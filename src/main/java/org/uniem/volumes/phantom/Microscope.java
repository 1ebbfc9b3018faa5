package org.uniem.volumes.phantom;

import org.uniem.job.Job;

/** Blur, uneven contrast, shot and detector noise of one slice, and eight bits per pixel. */
final class Microscope {

  /** Standard deviation of the blur, nm. */
  private static final double BLUR = 5.5;

  private final PhantomOptions options;
  private final long z;
  private final int width;
  private final int height;
  private final double[] kernel;
  private final HashNoise grain;
  private final HashNoise shading;

  Microscope(PhantomOptions options, long z) {
    this.options = options;
    this.z = z;
    this.width = (int) options.width();
    this.height = (int) options.height();
    this.kernel = gaussian(BLUR / options.voxelSize().x());
    this.grain = new HashNoise(options.seed(), "grain");
    this.shading = new HashNoise(options.seed(), "shading");
  }

  private static double[] gaussian(double sigma) {
    int radius = (int) Math.ceil(2.5 * sigma);
    double[] weights = new double[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      // StrictMath: the same bits on every machine.
      weights[i + radius] = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
      sum += weights[i + radius];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** Pixels that the blur needs beyond each border. */
  int margin() {
    return kernel.length / 2;
  }

  /**
   * Takes the image.
   *
   * @param tissue brightness, with {@link #margin()} more pixels on each side; overwritten
   * @return grey values 0 … 255, width × height
   */
  float[] expose(float[] tissue, Job job) {
    float[] image = blur(tissue);
    double brightness = options.contrastVariation() * 0.022 * grain.normal(z, 0, -1);
    double contrast = options.contrastVariation() * 0.05 * grain.normal(z, 1, -1);
    double[][] white = {noiseRow(-1), noiseRow(0), noiseRow(1)};
    for (int y = 0; y < height; y++) {
      job.checkCancelled();
      for (int x = 0; x < width; x++) {
        double value = shaded(image[y * width + x], x, y, brightness, contrast);
        double sigma = 0.052 * Math.sqrt(0.35 + 0.95 * Math.max(0, value));
        value += options.noise() * sigma * grainy(white, x + 1);
        double grey = Math.floor(255 * value + 0.5);
        image[y * width + x] = (float) Math.max(0, Math.min(255, grey));
      }
      white[0] = white[1];
      white[1] = white[2];
      white[2] = noiseRow(y + 2);
    }
    return image;
  }

  private double shaded(double value, int x, int y, double brightness, double contrast) {
    double placeX = x * options.voxelSize().x();
    double placeY = y * options.voxelSize().y();
    double placeZ = z * options.voxelSize().z();
    double slow = shading.smooth(placeX / 1300, placeY / 1300, placeZ / 500);
    double slice = shading.smooth(placeX / 900 + 300, placeY / 900, 7.3 * z);
    double stain = shading.smooth(placeX / 1000 + 600, placeY / 1000, placeZ / 700);
    double offset = brightness + options.contrastVariation() * (0.07 * slow + 0.035 * slice);
    double gain = 1 + contrast + options.contrastVariation() * 0.15 * stain;
    return 0.54 + gain * (value - 0.54) + offset;
  }

  /** Noise of variance about 1 that neighbouring pixels share in part, as detectors have it. */
  private static double grainy(double[][] white, int x) {
    double around = white[1][x - 1] + white[1][x + 1] + white[0][x] + white[2][x];
    return 0.85 * white[1][x] + 0.26 * around;
  }

  private double[] noiseRow(int y) {
    double[] row = new double[width + 2];
    for (int x = 0; x < row.length; x++) {
      row[x] = grain.normal(x, y, z);
    }
    return row;
  }

  private float[] blur(float[] padded) {
    int paddedWidth = width + 2 * margin();
    float[] rows = new float[width * (height + 2 * margin())];
    for (int y = 0; y < height + 2 * margin(); y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = 0; i < kernel.length; i++) {
          sum += kernel[i] * padded[y * paddedWidth + x + i];
        }
        rows[y * width + x] = (float) sum;
      }
    }
    float[] blurred = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = 0; i < kernel.length; i++) {
          sum += kernel[i] * rows[(y + i) * width + x];
        }
        blurred[y * width + x] = (float) sum;
      }
    }
    return blurred;
  }
}
