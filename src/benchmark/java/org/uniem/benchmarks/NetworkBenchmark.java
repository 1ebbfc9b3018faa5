package org.uniem.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import org.uniem.networks.training.TensorFlowContender;

/**
 * Times training steps and inference tiles of the same layers in every engine on the class path.
 *
 * <p>The engines take turns within one process, so that whatever else the computer does hits all
 * alike. Before, their outputs and first losses are compared.
 */
public final class NetworkBenchmark {

  private static final int THREADS = 2;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int LEAST_ROUNDS = 15;
  private static final float TOLERANCE = 1e-3f;

  /** Lets the spinning threads of the engine before fall asleep. */
  private static final long PAUSE_MS = 30;

  private NetworkBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param arguments minutes to take at least, file for the Markdown table, then the architectures
   *     to time; all if none
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> chosen = List.of(arguments).subList(2, arguments.length);
    List<Task> tasks = new ArrayList<>();
    for (Task task :
        List.of(
            Task.of("nine convolutions", "nine-convolutions", 1, 256, 256),
            Task.of("compact-unet", "compact-unet", 4, 256, 512),
            Task.of("resnet", "resnet", 1, 256, 512))) {
      if (chosen.isEmpty() || chosen.contains(task.architecture())) {
        tasks.add(task);
      }
    }
    double minutes = Double.parseDouble(arguments[0]) / tasks.size();
    StringBuilder table =
        new StringBuilder(
            "| Work | Engine | Median, ms | Quartiles, ms | Relative to the fastest |\n"
                + "|---|---|---:|---:|---:|\n");
    for (Task task : tasks) {
      String rows = run(task, (long) (minutes * 60e9));
      System.err.print(rows);
      table.append(rows);
    }
    System.out.print(table);
    Files.writeString(Path.of(arguments[1]), table);
    // Threads of the native libraries would keep the process alive.
    System.exit(0);
  }

  private static String run(Task task, long nanoseconds) throws InterruptedException {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new TensorFlowContender(task, THREADS));
    ServiceLoader.load(Contender.Factory.class)
        .forEach(factory -> contenders.add(factory.create(task, THREADS)));
    try {
      check(task, contenders);
      Timings training = new Timings();
      Timings inference = new Timings();
      round(contenders, WARM_UP_ROUNDS, new Timings(), new Timings());
      long start = System.nanoTime();
      for (int i = 0; i < LEAST_ROUNDS || System.nanoTime() - start < nanoseconds; i++) {
        round(contenders, 1, training, inference);
      }
      String step = ", training step, " + task.batchSize() + " × " + task.patch() + "²";
      String tile = ", inference, " + task.tileSide() + "²";
      return training.rows(task.name() + step) + inference.rows(task.name() + tile);
    } finally {
      contenders.forEach(Contender::close);
    }
  }

  private static void round(
      List<Contender> contenders, int repeats, Timings training, Timings inference)
      throws InterruptedException {
    List<Contender> order = new ArrayList<>(contenders);
    // Shuffled, so that none always follows the same other one.
    Collections.shuffle(order);
    for (Contender contender : order) {
      if (contender.trains()) {
        time(contender, contender::train, repeats, training);
      }
    }
    for (Contender contender : order) {
      time(contender, contender::predict, repeats, inference);
    }
  }

  private static void time(Contender contender, Runnable work, int repeats, Timings timings)
      throws InterruptedException {
    Thread.sleep(PAUSE_MS);
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      work.run();
      timings.add(contender.engine(), (System.nanoTime() - start) / 1e6);
    }
  }

  private static void check(Task task, List<Contender> contenders) {
    float[] expected = contenders.get(0).predict();
    float[] losses = {contenders.get(0).train(), contenders.get(0).train()};
    for (Contender other : contenders.subList(1, contenders.size())) {
      float[] found = other.predict();
      float largest = 0;
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(found[i] - expected[i]));
      }
      String report = task.name() + ", " + other.engine() + ": outputs differ by " + largest;
      boolean same = largest < TOLERANCE;
      if (other.trains()) {
        float first = other.train();
        float second = other.train();
        report += ", losses " + first + ", " + second + " for " + losses[0] + ", " + losses[1];
        same &= Math.abs(first - losses[0]) < TOLERANCE * losses[0];
        same &= Math.abs(second - losses[1]) < 10 * TOLERANCE * losses[1];
      }
      System.err.println(report);
      if (!same) {
        throw new IllegalStateException(report + ": these are not the same layers.");
      }
    }
  }
}
