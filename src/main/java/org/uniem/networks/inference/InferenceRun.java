package org.uniem.networks.inference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uniem.job.Job;
import org.uniem.networks.Mirror;
import org.uniem.networks.pixels.PixelScaling;
import org.uniem.volumes.Volume;

/**
 * The stages of one prediction: read → cut → network → blend → smooth and write, one thread each.
 *
 * <p>Every stage knows how many items to expect; each works in the same order: slice, model, tile,
 * orientation. Buffers for the maps circulate between blending and writing, which bounds memory and
 * holds back the stages before.
 */
final class InferenceRun {

  /** A patch on its way: the image, then the maps predicted from it. */
  private record Patch(ModelFeed feed, int index, float[] values) {}

  private final List<ModelFeed> feeds;
  private final Map<ModelFeed, PixelScaling> scalings;
  private final Volume images;
  private final InferenceOptions options;
  private final Sink output;
  private final Job job;
  private final Pipeline pipeline;
  private final Conveyor<Slice> slices;
  private final Conveyor<Patch> patches;
  private final Conveyor<Patch> predictions;
  private final Conveyor<float[][]> sums;
  private final Conveyor<float[][]> free;
  private final int patchesPerSlice;
  private long networkNanoseconds;

  InferenceRun(
      List<ModelFeed> feeds,
      Map<ModelFeed, PixelScaling> scalings,
      Volume images,
      InferenceOptions options,
      Sink output,
      Job job) {
    this.feeds = feeds;
    this.scalings = scalings;
    this.images = images;
    this.options = options;
    this.output = output;
    this.job = job;
    this.pipeline = new Pipeline(job);
    this.slices = pipeline.conveyor(MemoryNeed.SLICES_AHEAD);
    this.patches = pipeline.conveyor(MemoryNeed.PATCHES_AHEAD);
    this.predictions = pipeline.conveyor(MemoryNeed.PATCHES_AHEAD);
    int buffers = buffers(options, images.depth());
    this.sums = pipeline.conveyor(buffers);
    this.free = pipeline.conveyor(buffers);
    this.patchesPerSlice = feeds.stream().mapToInt(ModelFeed::patches).sum();
  }

  /**
   * Slices of maps held at a time: being smoothed, waiting, being blended, and the smoothed one.
   */
  static int buffers(InferenceOptions options, long depth) {
    int radius = SliceSmoother.radius(options.smoothingSigma());
    return (int) Math.min(depth, 2L * radius + 1) + (radius > 0 ? 3 : 2);
  }

  /** Runs to the end; throws the first failure when all threads have ended. */
  void run() {
    pipeline.stage("read", this::read);
    pipeline.stage("cut", this::cut);
    pipeline.nativeStage("network", this::predict);
    pipeline.stage("blend", this::blend);
    pipeline.stage("write", this::write);
    pipeline.run();
  }

  InferenceStatistics statistics(long nanoseconds) {
    double seconds = Math.max(nanoseconds, 1) * 1e-9;
    long depth = images.depth();
    return new InferenceStatistics(
        depth,
        depth * patchesPerSlice,
        seconds,
        networkNanoseconds * 1e-9 / seconds,
        (double) images.width() * images.height() * depth / seconds * 1e-6);
  }

  private void read() throws InterruptedException {
    boolean grey = feeds.stream().anyMatch(feed -> feed.description().inputChannels() == 1);
    for (long z = 0; z < images.depth(); z++) {
      slices.put(Slice.read(images, z, grey));
    }
  }

  private void cut() throws InterruptedException {
    long depth = images.depth();
    int reach = feeds.stream().mapToInt(ModelFeed::reach).max().orElseThrow();
    Map<Long, Slice> window = new HashMap<>();
    long read = 0;
    for (long z = 0; z < depth; z++) {
      while (read < Math.min(depth, z + reach + 1)) {
        window.put(read++, slices.take());
      }
      for (ModelFeed feed : feeds) {
        Slice[] context = context(window, z, feed);
        PixelScaling scaling = scalings.get(feed);
        for (int patch = 0; patch < feed.patches(); patch++) {
          patches.put(new Patch(feed, patch, feed.cut(context, patch, scaling)));
        }
      }
      window.remove(z - reach);
    }
  }

  private Slice[] context(Map<Long, Slice> window, long z, ModelFeed feed) {
    int context = feed.description().context();
    int step = feed.description().contextStep();
    Slice[] slicesFed = new Slice[2 * context + 1];
    for (int k = -context; k <= context; k++) {
      slicesFed[k + context] = window.get(Mirror.index(z + (long) k * step, images.depth()));
    }
    return slicesFed;
  }

  private void predict() throws InterruptedException {
    long count = images.depth() * patchesPerSlice;
    // In tiles, since the first slice may take minutes: whoever waits sees the time left early.
    Job.Stage stage = job.stage("Predicting", count, "tiles");
    for (long i = 0; i < count; i++) {
      Patch patch = patches.take();
      ModelFeed feed = patch.feed;
      long start = System.nanoTime();
      float[] maps =
          feed.model()
              .network()
              .predict(patch.values, 1, feed.height(patch.index), feed.width(patch.index));
      networkNanoseconds += System.nanoTime() - start;
      stage.advance(1);
      predictions.put(new Patch(feed, patch.index, maps));
    }
  }

  private void blend() throws InterruptedException {
    int pixels = Math.toIntExact(images.width() * images.height());
    int maps = feeds.get(0).maps();
    float share = 1f / (feeds.size() * options.flips());
    int unmade = buffers(options, images.depth()) - (options.smoothingSigma() > 0 ? 1 : 0);
    for (long z = 0; z < images.depth(); z++) {
      float[][] sum = unmade-- > 0 ? new float[maps][pixels] : free.take();
      for (float[] map : sum) {
        Arrays.fill(map, 0);
      }
      for (int i = 0; i < patchesPerSlice; i++) {
        Patch patch = predictions.take();
        patch.feed.check(patch.values, patch.index, z);
        patch.feed.add(patch.values, patch.index, share, sum);
      }
      sums.put(sum);
    }
  }

  private void write() throws InterruptedException {
    SliceSmoother smoother =
        new SliceSmoother(
            images.depth(),
            options.smoothingSigma(),
            (z, maps) -> {
              output.accept(z, maps);
              job.checkCancelled();
            },
            free::putBack);
    for (long z = 0; z < images.depth(); z++) {
      smoother.accept(sums.take());
    }
  }
}
