package org.uniem.networks.inference;

import java.util.List;
import java.util.Locale;
import org.uniem.job.JavaMemory;
import org.uniem.job.ResourceException;
import org.uniem.volumes.Volume;

/**
 * Estimate of the Java memory a prediction holds at its peak; what a network needs inside its
 * native library is not part of it.
 *
 * @param sliceBytes images and maps of the slices at hand
 * @param patchBytes patches on their way through the network
 */
record MemoryNeed(long sliceBytes, long patchBytes) {

  /** Slices read ahead, and the one being read. */
  static final int SLICES_AHEAD = 2;

  /** Patches waiting before and behind the network. */
  static final int PATCHES_AHEAD = 2;

  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * Estimates.
   *
   * @param images what is predicted
   * @param feeds the models
   * @param buffers slices of maps held at a time
   * @throws ResourceException if a slice or a patch does not fit one array
   */
  static MemoryNeed of(Volume images, List<ModelFeed> feeds, int buffers) {
    long pixels = images.width() * images.height();
    int reach = 0;
    boolean grey = false;
    long patchValues = 0;
    for (ModelFeed feed : feeds) {
      reach = Math.max(reach, feed.reach());
      grey |= images.channels() == 3 && feed.description().inputChannels() == 1;
      int in = feed.description().networkInputChannels();
      int out = feed.maps();
      requireArray("A patch", feed.patchPixels() * Math.max(in, out));
      // Waiting, being made or read, and in the network.
      patchValues = Math.max(patchValues, feed.patchPixels() * (in + out) * (PATCHES_AHEAD + 2));
    }
    long read = Math.min(images.depth(), 2L * reach + 1) + SLICES_AHEAD + 1;
    long planes = read * (images.channels() + (grey ? 1 : 0));
    long maps = (long) buffers * feeds.get(0).maps();
    return new MemoryNeed(Float.BYTES * pixels * (planes + maps), Float.BYTES * patchValues);
  }

  /**
   * Refuses slices that do not fit one array.
   *
   * @throws ResourceException if there are more than 2³¹ pixels
   */
  static void requireSlice(Volume images) {
    // Not multiplied, since that could overflow.
    if (images.height() > LARGEST_ARRAY / images.width()) {
      throw new ResourceException(
          "A slice of \""
              + images.name()
              + "\" has "
              + images.width()
              + " x "
              + images.height()
              + " pixels, more than the 2147483639 that can be predicted: predict parts of it.");
    }
  }

  private static void requireArray(String what, long values) {
    if (values > LARGEST_ARRAY) {
      throw new ResourceException(
          what + " has " + values + " values, more than fit: choose a smaller tile.");
    }
  }

  /** Bytes in all. */
  long total() {
    return sliceBytes + patchBytes;
  }

  /**
   * Refuses a prediction that cannot fit.
   *
   * @param availableBytes memory that can be had
   * @throws ResourceException if the need is greater
   */
  void requireFits(long availableBytes) {
    if (total() > availableBytes) {
      throw new ResourceException(
          String.format(
              Locale.ROOT,
              "Predicting needs about %s of memory (slices %s, tiles %s) but only %s is free:"
                  + " %sgive Java more, %s.",
              mebibytes(total()),
              mebibytes(sliceBytes),
              mebibytes(patchBytes),
              mebibytes(availableBytes),
              patchBytes > total() / 4 ? "choose a smaller tile, or " : "",
              JavaMemory.howToGive(suggestedGibibytes(availableBytes) << 10)));
    }
  }

  private long suggestedGibibytes(long availableBytes) {
    long heap = Runtime.getRuntime().maxMemory() + total() - availableBytes;
    return (heap >> 30) + 1;
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%d MiB", (bytes + (1 << 20) - 1) >> 20);
  }

  /** Memory that can be had without letting go of anything in use. */
  static long available() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }
}
