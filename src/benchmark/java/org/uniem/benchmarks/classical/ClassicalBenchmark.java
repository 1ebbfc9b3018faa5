package org.uniem.benchmarks.classical;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;

/** Makes data, times one algorithm in a process of its own, and makes a table of all times. */
public final class ClassicalBenchmark {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  private ClassicalBenchmark() {}

  /**
   * {@code data FOLDER SIZE}, {@code names}, {@code run FOLDER SIZE KERNEL THREADS ROUNDS}, which
   * prints one line for {@code table TIMES OUTPUT SIZE}.
   */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "data" -> {
        try (Job job = Job.silent()) {
          new BenchmarkData(Path.of(arguments[1]), Integer.parseInt(arguments[2])).make(job);
        }
      }
      case "names" -> System.out.println(String.join(" ", Kernels.all().keySet()));
      case "run" ->
          System.out.println(
              run(
                  new BenchmarkData(Path.of(arguments[1]), Integer.parseInt(arguments[2])),
                  arguments[3],
                  Integer.parseInt(arguments[4]),
                  Integer.parseInt(arguments[5])));
      case "table" ->
          Files.writeString(
              Path.of(arguments[2]),
              table(Files.readAllLines(Path.of(arguments[1])), Integer.parseInt(arguments[3])));
      default -> throw new IllegalArgumentException(Arrays.toString(arguments));
    }
  }

  /** Kernel, engine, median in milliseconds, peak bytes, what came out; tabs between. */
  private static String run(BenchmarkData data, String name, int threads, int rounds)
      throws IOException {
    Kernel kernel = Kernels.all().get(name);
    if (kernel == null) {
      throw new IllegalArgumentException(name + " is none of " + Kernels.all().keySet() + ".");
    }
    Kernel.Work work = kernel.prepare(data);
    List<Double> times = new ArrayList<>();
    String result = "";
    long peak = 0;
    try (Job job = new Job(threads, ProgressListener.NONE)) {
      for (int round = 0; round <= rounds; round++) {
        System.gc();
        Files.writeString(CLEAR, "5");
        long before = kilobytes("VmRSS:");
        long start = System.nanoTime();
        result = work.run(job);
        double time = (System.nanoTime() - start) / 1e6;
        // The first round warms up, and takes the memory that Java then keeps.
        peak = Math.max(peak, kilobytes("VmHWM:") - before);
        if (round > 0) {
          times.add(time);
        }
      }
    }
    times.sort(null);
    return String.format(
        Locale.ROOT,
        "%s\tUNI-EM for Fiji (%d threads)\t%.0f\t%d\t%s",
        name,
        threads,
        times.get(times.size() / 2),
        peak * 1024,
        result);
  }

  private static long kilobytes(String field) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException(STATUS + " lacks " + field);
  }

  private static String table(List<String> lines, int size) {
    double voxels = (double) size * size * size;
    Map<String, Double> own = new LinkedHashMap<>();
    for (String line : lines) {
      String[] cells = line.split("\t");
      own.putIfAbsent(cells[0], Double.parseDouble(cells[2]));
    }
    StringBuilder table =
        new StringBuilder(
            "| Work | Engine | Median, ms | Mvoxels/s | Bytes per voxel | Result | UNI-EM is |\n"
                + "|---|---|---:|---:|---:|---|---:|\n");
    for (String line : lines) {
      String[] cells = line.split("\t");
      double time = Double.parseDouble(cells[2]);
      table.append(
          String.format(
              Locale.ROOT,
              "| %s, %d³ | %s | %.0f | %.1f | %.1f | %s | %.1f× |%n",
              cells[0],
              size,
              cells[1],
              time,
              voxels / time / 1e3,
              Double.parseDouble(cells[3]) / voxels,
              cells[4],
              time / own.get(cells[0])));
    }
    return table.toString();
  }
}
