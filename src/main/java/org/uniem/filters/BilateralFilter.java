package org.uniem.filters;

import org.uniem.job.Job;

/**
 * A mean of neighbours weighted by their distance and by how much they differ, which keeps edges.
 *
 * <p>Tomasi and Manduchi 1998, doi:10.1109/ICCV.1998.710815. Neighbours up to twice the standard
 * deviation away count; in z they are as far apart as {@code sigmaZ} says.
 */
final class BilateralFilter implements Filter {

  private final int radius;
  private final int reach;
  private final double range;
  private final double[][][] weights;

  /**
   * @param sigma of the distance, in pixels, above 0
   * @param sigmaZ of the distance along z, in slices; 0 filters each slice alone
   * @param range of the difference of values, above 0
   */
  BilateralFilter(double sigma, double sigmaZ, double range) {
    this.radius = (int) Math.ceil(2 * sigma);
    this.reach = (int) Math.ceil(2 * sigmaZ);
    this.range = -0.5 / (range * range);
    int side = 2 * radius + 1;
    weights = new double[2 * reach + 1][side][side];
    for (int z = -reach; z <= reach; z++) {
      for (int y = -radius; y <= radius; y++) {
        for (int x = -radius; x <= radius; x++) {
          double along = sigmaZ == 0 ? 0 : z * z / (sigmaZ * sigmaZ);
          weights[z + reach][y + radius][x + radius] =
              Math.exp(-0.5 * ((x * x + y * y) / (sigma * sigma) + along));
        }
      }
    }
  }

  @Override
  public int reach() {
    return reach;
  }

  @Override
  public void apply(SliceWindow source, float[] target, Job job) {
    int width = source.width();
    int height = source.height();
    for (int y = 0; y < height; y++) {
      job.checkCancelled();
      for (int x = 0; x < width; x++) {
        target[y * width + x] = mean(source, x, y);
      }
    }
  }

  private float mean(SliceWindow source, int x, int y) {
    int width = source.width();
    float here = source.middle()[y * width + x];
    double sum = 0;
    double all = 0;
    for (int z = -reach; z <= reach; z++) {
      float[] slice = source.slices()[z + reach];
      for (int dy = -radius; dy <= radius; dy++) {
        int row = SliceWindow.mirrored(y + dy, source.height()) * width;
        double[] near = weights[z + reach][dy + radius];
        for (int dx = -radius; dx <= radius; dx++) {
          int column = x + dx;
          float value =
              slice[
                  row
                      + (column < 0 || column >= width
                          ? SliceWindow.mirrored(column, width)
                          : column)];
          double difference = value - here;
          double weight = near[dx + radius] * Math.exp(range * difference * difference);
          sum += weight * value;
          all += weight;
        }
      }
    }
    return (float) (sum / all);
  }
}
