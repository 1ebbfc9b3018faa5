package org.uniem.networks.training;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.uniem.job.BadParameterException;

/**
 * Draws batches of random, augmented training patches, and the fixed tiles of the validation part.
 *
 * <p>Has no state: a batch depends on data, split, options and its step alone, so a resumed
 * training sees what an uninterrupted one does, and batches may be made ahead in any order. Thread-
 * safe. Training patches read nothing, neither image nor label, outside the training regions of
 * their slice: there the image is mirrored and the weight is 0.
 *
 * <p>Input channels are ordered by slice, from −context to +context, and within a slice by channel
 * of the image. Pixels are normalised with mean and std of the data.
 */
public final class PatchSampler {

  private static final double BALANCED_SHARE = 0.5;
  private static final int WINDOW_TRIES = 8;
  private static final int WARP_TRIES = 4;

  private final TrainingData data;
  private final SamplerOptions options;
  private final LabelIndex index;
  private final List<ValidationTiles.Tile> validation;

  /**
   * @param data images and labels
   * @param split which parts train and validate, of these data
   * @param options how patches are drawn
   * @throws BadParameterException if the options do not fit the data
   */
  public PatchSampler(TrainingData data, Split split, SamplerOptions options) {
    // Foreground alone may also be given as two maps, background and foreground.
    boolean fits =
        options.outputs() == data.classCount() || data.classCount() == 1 && options.outputs() == 2;
    if (!fits) {
      throw new BadParameterException(
          "outputs="
              + options.outputs()
              + " does not fit the labels: expected "
              + data.classCount()
              + ".");
    }
    this.data = data;
    this.options = options;
    this.index = new LabelIndex(data, split.training());
    if (index.present().length == 0) {
      throw new BadParameterException("The training part holds no labelled pixel.");
    }
    this.validation = ValidationTiles.of(data, split.validation(), options.patchSize());
  }

  /**
   * Writes the batch of a step.
   *
   * @param step any number
   * @param image receives [batch, h, w, input channels], normalised
   * @param target receives [batch, h, w, outputs], 0 or 1: foreground, or one-hot classes; all 0
   *     where the weight is; affinities: 0, 1, or −1 where unknown
   * @param weight receives [batch, h, w]: 1 where labelled, 0 where unlabelled or outside; at least
   *     one pixel of each patch is labelled
   */
  public void fill(long step, float[] image, float[] target, float[] weight) {
    checkLengths(options.batchSize(), image, target, weight);
    byte[] labels = new byte[options.patchSize() * options.patchSize()];
    for (int slot = 0; slot < options.batchSize(); slot++) {
      fillSlot(step, slot, labels, image, target, weight);
    }
  }

  /** The number of validation tiles. */
  public int validationCount() {
    return validation.size();
  }

  /**
   * Writes a validation tile, without augmentation; all tiles together have weight 1 once on each
   * labelled pixel of the validation part.
   *
   * @param tile 0 … validationCount − 1
   * @param image receives [1, h, w, input channels]
   * @param target receives [1, h, w, outputs]
   * @param weight receives [1, h, w]
   */
  public void fillValidation(int tile, float[] image, float[] target, float[] weight) {
    checkLengths(1, image, target, weight);
    ValidationTiles.Tile place = validation.get(tile);
    int size = options.patchSize();
    Split.Region slice = new Split.Region(place.z(), 0, 0, data.width(), data.height());
    PatchMap map = PatchMap.plain(size, data.width(), slice, place.left(), place.top());
    map.readImage(channels(place.z(), false), image, 0);
    Intensity.normalise(image, 0, image.length, data.mean(), data.std());
    byte[] labels = new byte[size * size];
    PatchMap.plain(size, data.width(), place.counted(), place.left(), place.top())
        .readLabels(data.labels(place.z()), labels);
    if (data.options().affinities()) {
      writeAffinities(map, place.z(), false, labels, 0, target, weight);
    } else {
      writeTarget(labels, 0, target, weight);
    }
  }

  private void fillSlot(
      long step, int slot, byte[] labels, float[] image, float[] target, float[] weight) {
    int size = options.patchSize();
    SplittableRandom random = new SplittableRandom(mix(mix(mix(options.seed()) + step) + slot));
    Augmentation augmentation = options.augmentation();
    for (int attempt = 0; ; attempt++) {
      // A turned or displaced window may miss the few labelled pixels; the last try cannot.
      boolean last = attempt == WARP_TRIES;
      Window window = last ? around(index.pick(random), 0, random) : window(random);
      Split.Region region = window.region;
      PatchMap map =
          last
              ? PatchMap.plain(size, data.width(), region, window.left, window.top)
              : PatchMap.random(
                  size, data.width(), region, window.left, window.top, augmentation, random);
      map.readLabels(data.labels(region.z()), labels);
      if (!last && !anyLabelled(labels)) {
        continue;
      }
      boolean flipZ = augmentation.flips() && random.nextBoolean();
      int from = slot * size * size * data.inputChannels();
      map.readImage(channels(region.z(), flipZ), image, from);
      Intensity.change(
          image, from, size, data.inputChannels(), data.mean(), data.std(), augmentation, random);
      if (data.options().affinities()) {
        writeAffinities(map, region.z(), flipZ, labels, slot, target, weight);
      } else {
        writeTarget(labels, slot, target, weight);
      }
      return;
    }
  }

  private record Window(Split.Region region, int left, int top) {}

  private Window window(SplittableRandom random) {
    int size = options.patchSize();
    if (options.balanceClasses() && random.nextDouble() < BALANCED_SHARE) {
      int label = index.present()[random.nextInt(index.present().length)];
      return around(index.pick(label, random), size / 4, random);
    }
    LabelIndex.Pixel pixel = index.pick(random);
    Split.Region region = pixel.region();
    for (int i = 0; i < WINDOW_TRIES; i++) {
      int left = region.x() + random.nextInt(Math.max(1, region.width() - size + 1));
      int top = region.y() + random.nextInt(Math.max(1, region.height() - size + 1));
      Window window =
          new Window(
              region,
              centred(left, size, region.x(), region.width()),
              centred(top, size, region.y(), region.height()));
      if (anyLabelled(window)) {
        return window;
      }
    }
    return around(pixel, size / 4, random);
  }

  /** A window with the pixel at most some pixels off its centre, moved into the region. */
  private Window around(LabelIndex.Pixel pixel, int jitter, SplittableRandom random) {
    int size = options.patchSize();
    Split.Region region = pixel.region();
    int left = pixel.x() - size / 2 + random.nextInt(-jitter, jitter + 1);
    int top = pixel.y() - size / 2 + random.nextInt(-jitter, jitter + 1);
    return new Window(
        region,
        centred(left, size, region.x(), region.width()),
        centred(top, size, region.y(), region.height()));
  }

  /** Moves a window into a region, or centres it on one that is smaller. */
  private static int centred(int start, int size, int first, int count) {
    if (count < size) {
      return first + (count - size) / 2;
    }
    return Math.max(first, Math.min(first + count - size, start));
  }

  private boolean anyLabelled(Window window) {
    Split.Region region = window.region;
    byte[] labels = data.labels(region.z());
    int size = options.patchSize();
    int right = Math.min(window.left + size, region.x() + region.width());
    int bottom = Math.min(window.top + size, region.y() + region.height());
    for (int y = Math.max(window.top, region.y()); y < bottom; y++) {
      for (int x = Math.max(window.left, region.x()); x < right; x++) {
        if (labels[y * data.width() + x] != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean anyLabelled(byte[] labels) {
    for (byte label : labels) {
      if (label != 0) {
        return true;
      }
    }
    return false;
  }

  private Pixels[] channels(int z, boolean flipZ) {
    int context = data.options().context();
    Pixels[] channels = new Pixels[data.inputChannels()];
    int i = 0;
    for (int position = -context; position <= context; position++) {
      int slice = data.contextSlice(z, flipZ ? -position : position);
      for (int c = 0; c < data.imageChannels(); c++) {
        channels[i++] = data.image(slice, c);
      }
    }
    return channels;
  }

  private void writeTarget(byte[] labels, int slot, float[] target, float[] weight) {
    int outputs = options.outputs();
    int from = slot * labels.length;
    Arrays.fill(target, from * outputs, (from + labels.length) * outputs, 0);
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i] - 1;
      weight[from + i] = label < 0 ? 0 : 1;
      if (outputs == 1) {
        target[from + i] = label == 1 ? 1 : 0;
      } else if (label >= 0) {
        target[(from + i) * outputs + label] = 1;
      }
    }
  }

  private void writeAffinities(
      PatchMap map, int z, boolean flipZ, byte[] labels, int slot, float[] target, float[] weight) {
    int from = slot * labels.length;
    for (int i = 0; i < labels.length; i++) {
      weight[from + i] = labels[i] == 0 ? 0 : 1;
    }
    new AffinityTarget(data, options.patchSize())
        .write(map, z, flipZ, labels, target, from * options.outputs());
  }

  private void checkLengths(int batch, float[] image, float[] target, float[] weight) {
    long pixels = (long) batch * options.patchSize() * options.patchSize();
    if (image.length != pixels * data.inputChannels()
        || target.length != pixels * options.outputs()
        || weight.length != pixels) {
      throw new IllegalArgumentException(
          "Arrays of "
              + image.length
              + ", "
              + target.length
              + " and "
              + weight.length
              + " values do not fit: expected "
              + pixels * data.inputChannels()
              + ", "
              + pixels * options.outputs()
              + " and "
              + pixels
              + ".");
    }
  }

  /** The finaliser of SplitMix64, so that neighbouring steps and slots share nothing. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
