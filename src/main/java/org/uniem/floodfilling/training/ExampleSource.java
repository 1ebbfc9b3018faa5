package org.uniem.floodfilling.training;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.uniem.floodfilling.training.Variation.Kind;

/**
 * Cuts examples out of a labelled volume and varies them. Example n is always the same, whoever
 * asks for it and when. Thread-safe.
 */
public final class ExampleSource {

  private static final double RARELY = 0.1;
  private static final int LARGEST_SHIFT = 4;
  private static final double LARGEST_CONTRAST = 0.2;
  private static final double LARGEST_BRIGHTNESS = 0.2;

  private final LabelledVolume volume;
  private final ExamplePlaces places;
  private final Box size;
  private final Variation variation;
  private final float mean;
  private final float deviation;
  private final long seed;

  /**
   * @param volume images with labels
   * @param places centres of the examples, far enough from its faces
   * @param size of an example, odd along each axis
   * @param variation what is done to examples
   * @param mean intensity that becomes 0
   * @param deviation intensities that become a difference of 1
   * @param seed fixes the variations
   */
  public ExampleSource(
      LabelledVolume volume,
      ExamplePlaces places,
      Box size,
      Variation variation,
      float mean,
      float deviation,
      long seed) {
    this.volume = volume;
    this.places = places;
    this.size = size;
    this.variation = variation;
    this.mean = mean;
    this.deviation = deviation;
    this.seed = seed;
  }

  /** Size of an example. */
  public Box size() {
    return size;
  }

  /** Makes example n, from 0. */
  public TrainingExample example(long n) {
    SplittableRandom random = new SplittableRandom(Shuffle.key(n, ~seed));
    ExamplePlaces.Place centre = places.place(n);
    int object = volume.label(centre.x(), centre.y(), centre.z());
    int voxels = size.voxels();
    TrainingExample example =
        new TrainingExample(size, new float[voxels], new float[voxels], new float[voxels]);
    boolean reflect = variation.has(Kind.REFLECT);
    int stepX = reflect && random.nextBoolean() ? -1 : 1;
    int stepY = reflect && random.nextBoolean() ? -1 : 1;
    int stepZ = reflect && random.nextBoolean() ? -1 : 1;
    boolean swap = variation.has(Kind.SWAP) && size.x() == size.y() && random.nextBoolean();
    int[][] shifts = shifts(random);
    for (int k = 0, i = 0; k < size.z(); k++) {
      int z = centre.z() + stepZ * (k - size.z() / 2);
      for (int j = 0; j < size.y(); j++) {
        for (int h = 0; h < size.x(); h++, i++) {
          int alongX = stepX * ((swap ? j : h) - size.x() / 2);
          int alongY = stepY * ((swap ? h : j) - size.y() / 2);
          int x = clamp(centre.x() + alongX + shifts[k][0], volume.size().x());
          int y = clamp(centre.y() + alongY + shifts[k][1], volume.size().y());
          example.images()[i] = (volume.intensity(x, y, z) - mean) / deviation;
          boolean inside = object != 0 && volume.label(x, y, z) == object;
          example.targets()[i] = inside ? TrainingExample.INSIDE : TrainingExample.OUTSIDE;
          example.weights()[i] = volume.isExcluded(x, y, z) ? 0 : 1;
        }
      }
    }
    jitter(example.images(), random);
    blank(example.images(), random);
    return example;
  }

  private static int clamp(int position, int length) {
    return Math.max(0, Math.min(length - 1, position));
  }

  /** Shift in x and y of each section: those beyond one on one side of the centre slip. */
  private int[][] shifts(SplittableRandom random) {
    int[][] shifts = new int[size.z()][2];
    boolean slips = variation.has(Kind.MISALIGN) && random.nextDouble() < RARELY;
    int half = size.z() / 2;
    if (slips && half > 0) {
      int dx = random.nextInt(-LARGEST_SHIFT, LARGEST_SHIFT + 1);
      int dy = random.nextInt(-LARGEST_SHIFT, LARGEST_SHIFT + 1);
      int distance = 1 + random.nextInt(half);
      boolean above = random.nextBoolean();
      for (int k = 0; k < size.z(); k++) {
        if (above ? k <= half - distance : k >= half + distance) {
          shifts[k][0] = dx;
          shifts[k][1] = dy;
        }
      }
    }
    return shifts;
  }

  private void jitter(float[] images, SplittableRandom random) {
    if (!variation.has(Kind.JITTER)) {
      return;
    }
    int section = size.x() * size.y();
    for (int k = 0; k < size.z(); k++) {
      float contrast = (float) (1 + LARGEST_CONTRAST * (2 * random.nextDouble() - 1));
      float brightness = (float) (LARGEST_BRIGHTNESS * (2 * random.nextDouble() - 1));
      for (int i = k * section; i < (k + 1) * section; i++) {
        images[i] = images[i] * contrast + brightness;
      }
    }
  }

  private void blank(float[] images, SplittableRandom random) {
    if (!variation.has(Kind.MISSING) || random.nextDouble() >= RARELY || size.z() < 2) {
      return;
    }
    int section = size.x() * size.y();
    int other = random.nextInt(size.z() - 1);
    int k = other < size.z() / 2 ? other : other + 1;
    Arrays.fill(images, k * section, (k + 1) * section, 0);
  }
}
