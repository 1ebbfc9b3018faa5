package org.uniem.networks.training;

import java.util.ArrayList;
import java.util.List;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;

/**
 * Which parts of the labelled slices train and which validate; the two share no pixel.
 *
 * @param training regions patches are drawn from
 * @param validation regions scores are computed on; may be empty
 */
public record Split(List<Region> training, List<Region> validation) {

  private static final int FEWEST_FOR_WHOLE_SLICES = 4;
  private static final int SMALLEST_STRIP = 64;

  public Split {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
  }

  /**
   * Divides the labelled slices, as {@link TrainingData#split} says.
   *
   * @param fraction share that validates, 0 … 0.9
   */
  static Split of(TrainingData data, double fraction) {
    if (!(fraction >= 0 && fraction <= 0.9)) {
      throw new BadParameterException("validation=" + fraction + " is out of range: give 0 … 0.9.");
    }
    List<Region> training = new ArrayList<>();
    List<Region> validation = new ArrayList<>();
    int[] slices = data.labelledSlices();
    int width = data.width();
    int height = data.height();
    int share = (int) Math.round(fraction * slices.length);
    int whole = Math.min(Math.max(1, share), slices.length - 1);
    for (int i = 0; i < slices.length; i++) {
      Region slice = new Region(slices[i], 0, 0, width, height);
      if (fraction == 0) {
        training.add(slice);
      } else if (slices.length >= FEWEST_FOR_WHOLE_SLICES) {
        (i < slices.length - whole ? training : validation).add(slice);
      } else {
        int edge = stripEdge(data, slices[i], fraction);
        if (edge > 0) {
          training.add(new Region(slices[i], 0, 0, edge, height));
        }
        validation.add(new Region(slices[i], edge, 0, width - edge, height));
      }
    }
    checkClasses(data, training);
    return new Split(training, validation);
  }

  private static int stripEdge(TrainingData data, int z, double fraction) {
    byte[] labels = data.labels(z);
    int width = data.width();
    int left = width;
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != 0) {
        left = Math.min(left, i % width);
        right = Math.max(right, i % width + 1);
      }
    }
    int labelled = right - left;
    int strip = Math.max(SMALLEST_STRIP, (int) Math.round(fraction * labelled));
    return right - Math.min(strip, Math.max(1, labelled / 2));
  }

  private static void checkClasses(TrainingData data, List<Region> training) {
    boolean affinities = data.options().affinities();
    boolean single = data.classCount() == 1 || affinities;
    boolean[] seen = new boolean[1 + data.codes()];
    for (Region region : training) {
      byte[] labels = data.labels(region.z);
      for (int y = region.y; y < region.y + region.height; y++) {
        int row = y * data.width();
        for (int x = region.x; x < region.x + region.width; x++) {
          seen[labels[row + x]] = true;
        }
      }
    }
    // Objects may fill all space: affinities need no background.
    for (int i = affinities ? 2 : 1; i < seen.length; i++) {
      if (!seen[i]) {
        String background = i == 1 ? "background" : "foreground";
        throw new BadInputException(
            "After setting the validation part aside, no pixel of "
                + (single ? background : "class " + data.classNames().get(i - 1))
                + " is left to train on. Label more, or use validation=0.");
      }
    }
  }

  /**
   * A rectangle of one labelled slice.
   *
   * @param z slice
   * @param x left edge
   * @param y upper edge
   * @param width in pixels, 1 or more
   * @param height in pixels, 1 or more
   */
  public record Region(int z, int x, int y, int width, int height) {

    /** Whether the two share a pixel. */
    public boolean overlaps(Region other) {
      return z == other.z
          && x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }
}
