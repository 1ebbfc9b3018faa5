package org.uniem.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.floodfilling.FloodFillingNetwork;

/**
 * Times flood-filling networks on single fields of view and on batches of four, in every engine on
 * the class path, as {@link NetworkBenchmark} does with those of slices.
 */
public final class FloodFillingBenchmark {

  private static final int THREADS = 2;
  private static final int WARM_UP_ROUNDS = 2;
  private static final int LEAST_ROUNDS = 10;
  private static final float TOLERANCE = 1e-3f;

  /** Lets the spinning threads of the engine before fall asleep. */
  private static final long PAUSE_MS = 30;

  private FloodFillingBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param arguments minutes to take at least, and the file for the Markdown table
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<MaskTask> tasks = MaskTask.all();
    long nanoseconds = (long) (Double.parseDouble(arguments[0]) * 60e9 / tasks.size() / 2);
    StringBuilder table =
        new StringBuilder(
            "| Work | Engine | Median, ms | Quartiles, ms | Relative to the fastest |\n"
                + "|---|---|---:|---:|---:|\n");
    for (MaskTask task : tasks) {
      for (int n : new int[] {1, 4}) {
        String rows = run(task, n, nanoseconds);
        System.err.print(rows);
        table.append(rows);
      }
    }
    System.out.print(table);
    Files.writeString(Path.of(arguments[1]), table);
    // Threads of the native libraries would keep the process alive.
    System.exit(0);
  }

  private static String run(MaskTask task, int n, long nanoseconds) throws InterruptedException {
    List<MaskContender> contenders = new ArrayList<>();
    contenders.add(new Own(task));
    ServiceLoader.load(MaskContender.Factory.class)
        .forEach(factory -> contenders.add(factory.create(task, THREADS)));
    try {
      float[] images = task.noise(1, n);
      float[] masks = task.noise(2, n);
      check(contenders, images, masks, n);
      Timings timings = new Timings();
      long start = System.nanoTime();
      for (int round = -WARM_UP_ROUNDS;
          round < LEAST_ROUNDS || System.nanoTime() - start < nanoseconds;
          round++) {
        List<MaskContender> order = new ArrayList<>(contenders);
        // Shuffled, so that none always follows the same other one.
        Collections.shuffle(order);
        for (MaskContender contender : order) {
          Thread.sleep(PAUSE_MS);
          long before = System.nanoTime();
          contender.predict(images, masks, n);
          if (round >= 0) {
            timings.add(contender.engine(), (System.nanoTime() - before) / 1e6 / n);
          }
        }
      }
      return timings.rows(task.name() + ", per field of view, batch " + n);
    } finally {
      contenders.forEach(MaskContender::close);
    }
  }

  private static void check(List<MaskContender> contenders, float[] images, float[] masks, int n) {
    float[] expected = contenders.get(0).predict(images, masks, n);
    for (MaskContender other : contenders.subList(1, contenders.size())) {
      float[] found = other.predict(images, masks, n);
      float largest = 0;
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(found[i] - expected[i]));
      }
      String report = other.engine() + ": logits differ by " + largest;
      System.err.println(report);
      if (!(largest < TOLERANCE)) {
        throw new IllegalStateException(report + ": these are not the same layers.");
      }
    }
  }

  /** The suite's own network. */
  private static final class Own implements MaskContender {

    private final TensorFlowRuntime runtime = new TensorFlowRuntime("cpu", THREADS);
    private final FloodFillingNetwork network;

    Own(MaskTask task) {
      this.network = new FloodFillingNetwork(task.description(), task.weights(), runtime);
    }

    @Override
    public String engine() {
      return "UNI-EM for Fiji (TensorFlow " + runtime.version() + ")";
    }

    @Override
    public float[] predict(float[] images, float[] masks, int n) {
      return network.predict(images, masks, n);
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
