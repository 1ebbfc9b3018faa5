package org.uniem.networks.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.uniem.job.BadInputException;
import org.uniem.job.JavaMemory;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.networks.FinitePixels;
import org.uniem.networks.Mirror;
import org.uniem.networks.Normalisation;
import org.uniem.networks.pixels.PixelStatistics;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/**
 * The labelled slices of a volume and their neighbours, checked and kept in memory for training.
 *
 * <p>Pixels are kept in the type of the file (1, 2 or 4 bytes per pixel and channel, 1 for the
 * label) and read as 0 … 1: 8-bit / 255, other types from black to white of {@link
 * PixelStatistics}, which leaves out one pixel in a thousand at each end. At the first and last
 * slice, neighbours are mirrored. Immutable and thread-safe; the volumes may be closed once it is
 * loaded.
 */
public final class TrainingData {

  private final int width;
  private final int height;
  private final int depth;
  private final int channels;
  private final VoxelSize voxelSize;
  private final TrainingDataOptions options;
  private final byte[][] labels;
  private final int[][] objects;
  private final List<String> classNames;
  private final List<Integer> labelValues;
  private final long[] classCounts;
  private final int[] labelledSlices;
  private final Map<Integer, Pixels[]> images = new HashMap<>();
  private final Normalisation normalisation;

  private TrainingData(
      Volume images,
      PixelStatistics pixels,
      LabelClasses.Result classes,
      int[][] objects,
      TrainingDataOptions options,
      Job job) {
    this.width = (int) images.width();
    this.height = (int) images.height();
    this.depth = (int) images.depth();
    this.channels = images.channels();
    this.voxelSize = images.voxelSize();
    this.options = options;
    this.labels = classes.slices();
    this.objects = objects;
    this.classNames = classes.names();
    this.labelValues = classes.values();
    this.classCounts = classes.counts();
    this.labelledSlices = IntStream.range(0, depth).filter(z -> labels[z] != null).toArray();
    this.normalisation = readImages(images, pixels, job);
  }

  /**
   * Reads and checks images and labels.
   *
   * @param images grey or colour
   * @param labels one channel of whole numbers, of the same size
   * @param options classes, unlabelled value and context
   * @param job progress and cancel
   * @throws BadInputException if they do not fit each other or cannot train a network; says where
   * @throws ResourceException if the labelled slices do not fit into memory
   */
  public static TrainingData load(
      Volume images, Volume labels, TrainingDataOptions options, Job job) {
    return load(images, PixelStatistics.of(images, images.channels(), job), labels, options, job);
  }

  /**
   * The same.
   *
   * @param pixels where those of the images lie, all channels together
   */
  static TrainingData load(
      Volume images, PixelStatistics pixels, Volume labels, TrainingDataOptions options, Job job) {
    VolumePair.check(images, labels);
    LabelClasses.Result classes = LabelClasses.read(labels, options, job);
    int[][] objects =
        options.affinities() ? LabelClasses.objects(labels, classes.slices(), job) : new int[0][];
    return new TrainingData(images, pixels, classes, objects, options, job);
  }

  /** Width of a slice in pixels. */
  public int width() {
    return width;
  }

  /** Height of a slice in pixels. */
  public int height() {
    return height;
  }

  /** Number of slices of the volume. */
  public int depth() {
    return depth;
  }

  /** Voxel size of the images. */
  public VoxelSize voxelSize() {
    return voxelSize;
  }

  /** Channels of the images alone: grey 1, RGB 3. */
  public int imageChannels() {
    return channels;
  }

  /** Channels of the network's input: image channels · (2 · context + 1). */
  public int inputChannels() {
    return channels * (2 * options.context() + 1);
  }

  /** The options the data were loaded with. */
  public TrainingDataOptions options() {
    return options;
  }

  /** The number of output maps: 1 for foreground, else one per class, or one per offset. */
  public int classCount() {
    return classNames.size();
  }

  /**
   * The names of the output maps: {@code ["foreground"]}, the label values in order, or the
   * offsets.
   */
  public List<String> classNames() {
    return classNames;
  }

  /** The label value of each class, in order; none where every value but 0 is one class. */
  public List<Integer> labelValues() {
    return labelValues;
  }

  /** The number of different codes that {@link #labels} has for labelled pixels. */
  int codes() {
    return options.affinities() ? 2 : Math.max(2, classCount());
  }

  /**
   * The share of each class in the labelled pixels, 0 … 1, sum 1; for one output map background and
   * foreground, in this order.
   */
  public double[] classFrequencies() {
    double sum = LongStream.of(classCounts).sum();
    return LongStream.of(classCounts).mapToDouble(count -> count / sum).toArray();
  }

  /** The slices with at least one labelled pixel, ascending. */
  public int[] labelledSlices() {
    return labelledSlices.clone();
  }

  /** Mean and std (0 … 1) over all pixels of the slices kept, mode fixed. */
  public Normalisation normalisation() {
    return normalisation;
  }

  /** Mean over all pixels of the slices kept, 0 … 1. */
  public double mean() {
    return normalisation.mean();
  }

  /** Standard deviation over all pixels of the slices kept, in units of 0 … 1. */
  public double std() {
    return normalisation.std();
  }

  /**
   * Divides the labelled slices into training and validation. From four labelled slices on, the
   * last ones validate as a whole; with fewer, a strip at the right of the labelled area of each
   * (at least 64 pixels wide, at most half of it).
   *
   * @param fraction share that validates, 0 (none) … 0.9
   * @throws BadInputException if a class of the labels would not be trained at all
   */
  public Split split(double fraction) {
    return Split.of(this, fraction);
  }

  /** One channel of a slice that was kept. */
  Pixels image(int z, int channel) {
    return images.get(z)[channel];
  }

  /** Per pixel of a labelled slice: 0 unlabelled, else 1 + class. */
  byte[] labels(int z) {
    return labels[z];
  }

  /**
   * Per pixel of a slice the object, 0 for none.
   *
   * @return {@code null} where the slice has no labels or there is no such slice; with affinities
   *     alone
   */
  int[] objects(int z) {
    return z < 0 || z >= depth ? null : objects[z];
  }

  /** The slice behind a context position −context … context of a slice. */
  int contextSlice(int z, int position) {
    return Mirror.index(z + position * options.contextStep(), depth);
  }

  private Normalisation readImages(Volume volume, PixelStatistics pixels, Job job) {
    TreeSet<Integer> needed = new TreeSet<>();
    for (int z : labelledSlices) {
      for (int k = -options.context(); k <= options.context(); k++) {
        needed.add(contextSlice(z, k));
      }
    }
    // What is wider is kept as floats.
    int bytes = Math.min(4, volume.pixelType().bytes());
    long area = (long) width * height;
    checkMemory(
        area * needed.size() * channels * bytes
            + area * labelledSlices.length * (options.affinities() ? 5 : 1),
        Runtime.getRuntime().maxMemory());
    boolean eight = volume.pixelType() == PixelType.UINT8;
    double black = eight ? 0 : pixels.black();
    double white = eight ? 255 : pixels.white();
    if (!eight) {
      job.note(pixels.scaledInWords(volume.name()));
    }
    Job.Stage stage = job.stage("Reading images", needed.size(), "slices");
    double sum = 0;
    double squares = 0;
    float[] values = new float[(int) area];
    for (int z : needed) {
      Pixels[] slice = new Pixels[channels];
      for (int c = 0; c < channels; c++) {
        FinitePixels.read(volume, z, c, values);
        slice[c] = Pixels.of(volume.pixelType(), values, (float) black, (float) white);
        for (int i = 0; i < values.length; i++) {
          double value = slice[c].get(i);
          sum += value;
          squares += value * value;
        }
      }
      images.put(z, slice);
      stage.advance(1);
    }
    double count = (double) area * channels * needed.size();
    double mean = sum / count;
    double std = Math.sqrt(Math.max(0, squares / count - mean * mean));
    if (std < 1e-6) {
      throw new BadInputException(
          "Images "
              + volume.name()
              + " are blank: every pixel of the labelled slices has the same value. Check that"
              + " this is the image volume.");
    }
    return Normalisation.fixed(mean, std).of(pixels.seen(black, white));
  }

  static void checkMemory(long needed, long available) {
    if (needed > available * 3 / 4) {
      throw new ResourceException(
          "The labelled slices need "
              + (needed >> 20)
              + " MB of memory, Java has "
              + (available >> 20)
              + " MB. Give Java more, "
              + JavaMemory.howToGive((needed >> 20) * 3 / 2 + 1)
              + ", or label fewer slices.");
    }
  }
}
