package org.uniem.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Intervals;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.floodfilling.seeds.PeakSeeds;
import org.uniem.floodfilling.seeds.PointSeeds;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.floodfilling.FloodFillingNetwork;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/**
 * Times flood filling against the network that it drives, and that against what the processor can
 * do. All take turns of a few seconds in one process, so that other load on the computer hits all
 * alike.
 */
public final class FillingBenchmark {

  private static final int THREADS = 2;
  private static final int EDGE = 150;
  private static final double TURN_SECONDS = 1.5;
  private static final int LEAST_ROUNDS = 4;
  private static final int[] BATCHES = {1, 2, 4, 8};

  private final FloodFillingNetwork network;
  private final TensorFlowRuntime runtime;
  private final Interval box;
  private final RandomAccessibleInterval<? extends RealType<?>> image;
  private final FillingModel model;
  private final double operations;
  private final int features;

  private FillingBenchmark(ModelFolder folder, Volume volume, TensorFlowRuntime runtime) {
    this.runtime = runtime;
    network = new FloodFillingNetwork(folder, runtime);
    model = network.model();
    image = volume.channel(0);
    box =
        Intervals.createMinSize(
            0,
            0,
            0,
            Math.min(EDGE, volume.width()),
            Math.min(EDGE, volume.height()),
            Math.min(EDGE, volume.depth()));
    int depth = folder.description().intParameter("depth");
    features = folder.description().intParameter("features");
    double voxels =
        Arrays.stream(network.fieldOfView()).asDoubleStream().reduce(1, (a, b) -> a * b);
    double weights = 27.0 * features * (2 + (2 * depth - 1) * features) + features;
    operations = 2 * voxels * weights;
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments model folder, image stack, minutes to take at least, file for the table
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    TensorFlowRuntime runtime = new TensorFlowRuntime("cpu", THREADS);
    try (Job job = new Job(THREADS, ProgressListener.NONE);
        Volume volume = Volumes.open(Path.of(arguments[1]))) {
      FillingBenchmark benchmark =
          new FillingBenchmark(ModelFolder.open(Path.of(arguments[0])), volume, runtime);
      String table =
          benchmark.run(Double.parseDouble(arguments[2]) * 60, Path.of(arguments[3]), job);
      System.out.print(table);
    }
    // Threads of the native libraries would keep the process alive.
    System.exit(0);
  }

  private String run(double seconds, Path output, Job job)
      throws IOException, InterruptedException {
    FillingScene scene = scene();
    PointSeeds seeds = seeds(scene, job);
    Map<Pace, Boolean> paces = new LinkedHashMap<>();
    paces.put(ArithmeticPace.products(runtime), true);
    for (int batch : BATCHES) {
      if (batch == 1 || batch == 4) {
        int[] field = network.fieldOfView();
        paces.put(ArithmeticPace.convolutions(field, features, batch, runtime), true);
      }
    }
    for (int batch : BATCHES) {
      paces.put(bare(scene, batch), false);
    }
    for (int batch : BATCHES) {
      paces.put(filling("flood filling, batch " + batch, seeds, batch, 1), false);
    }
    paces.put(filling("flood filling, two subvolumes at a time", seeds, 1, 2), false);
    Map<Pace, List<Double>> rates = new LinkedHashMap<>();
    paces.keySet().forEach(pace -> rates.put(pace, new ArrayList<>()));
    long start = System.nanoTime();
    for (int round = -1;
        round < LEAST_ROUNDS || (System.nanoTime() - start) * 1e-9 < seconds;
        round++) {
      List<Pace> order = new ArrayList<>(paces.keySet());
      // Shuffled, so that none always follows the same other one.
      Collections.shuffle(order);
      for (Pace pace : order) {
        double rate = pace.run(TURN_SECONDS);
        if (round >= 0) {
          rates.get(pace).add(rate);
        }
      }
      if (round >= 0) {
        // After every round, so that it may be ended at any time.
        Files.writeString(output, table(paces, rates));
        System.err.println("Round " + (round + 1));
      }
    }
    for (Pace pace : paces.keySet()) {
      pace.close();
    }
    return table(paces, rates);
  }

  private FillingScene scene() {
    return readScene(image);
  }

  @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
  private <T extends RealType<T>> FillingScene readScene(
      RandomAccessibleInterval<? extends RealType<?>> pixels) {
    return FillingScene.read((RandomAccessibleInterval<T>) pixels, box, model.intensities());
  }

  /** Found once, as that is not what is timed. */
  private static PointSeeds seeds(FillingScene scene, Job job) {
    List<VoxelPosition> points = new ArrayList<>();
    for (int voxel : new PeakSeeds().seeds(scene, job)) {
      points.add(scene.position(voxel));
    }
    return new PointSeeds(points);
  }

  private Pace filling(String name, PointSeeds seeds, int batch, int boxes) {
    FillingOptions options = network.options().withBatch(batch);
    return new FillingPace(name, network, this::scene, seeds, options, boxes);
  }

  private Pace bare(FillingScene scene, int batch) {
    MaskPredictor bare = network;
    int[] field = network.fieldOfView();
    int voxels = field[0] * field[1] * field[2];
    float[] images = new float[batch * voxels];
    float[] masks = new float[batch * voxels];
    for (int i = 0; i < images.length; i++) {
      images[i] = scene.image()[i % scene.voxels()];
    }
    Arrays.fill(masks, FillingOptions.logit(network.options().padProbability()));
    return new BarePace("network alone, batch " + batch, bare, images, masks, batch);
  }

  private String table(Map<Pace, Boolean> paces, Map<Pace, List<Double>> rates) {
    Pace reference =
        paces.keySet().stream().filter(BarePace.class::isInstance).findFirst().orElseThrow();
    StringBuilder table =
        new StringBuilder(
            "| Work | Fields of view per second | GFLOP/s | Relative to the network alone |\n"
                + "|---|---:|---:|---:|\n");
    for (Map.Entry<Pace, Boolean> entry : paces.entrySet()) {
      Pace pace = entry.getKey();
      boolean arithmetic = entry.getValue();
      double rate = Timings.quantile(rates.get(pace), 0.5);
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < rates.get(pace).size(); i++) {
        double own = rates.get(pace).get(i) * (arithmetic ? 1e9 / operations : 1);
        ratios.add(own / rates.get(reference).get(i));
      }
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.0f | %.2f (%.2f … %.2f) |%n",
              pace.name(),
              arithmetic ? "" : String.format(Locale.ROOT, "%.2f", rate),
              arithmetic ? rate : rate * operations * 1e-9,
              Timings.quantile(ratios, 0.5),
              Timings.quantile(ratios, 0.25),
              Timings.quantile(ratios, 0.75)));
    }
    return table.toString();
  }
}
