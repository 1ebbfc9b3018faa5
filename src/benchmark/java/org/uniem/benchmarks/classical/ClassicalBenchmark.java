package org.uniem.benchmarks.classical;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;

/** Makes data, times one algorithm in a process of its own, and makes a table of all times. */
public final class ClassicalBenchmark {

  /** After so much time no further round begins. */
  private static final double ENOUGH_MS = 60_000;

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

  /**
   * Kernel, engine, median in milliseconds, median of the processor's, peak bytes, what came out,
   * how many units of what; tabs between.
   */
  private static String run(BenchmarkData data, String name, int threads, int rounds)
      throws IOException {
    Kernel kernel = Kernels.all().get(name);
    if (kernel == null) {
      throw new IllegalArgumentException(name + " is none of " + Kernels.all().keySet() + ".");
    }
    Kernel.Work work = kernel.prepare().apply(data);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    List<Double> times = new ArrayList<>();
    List<Double> processorTimes = new ArrayList<>();
    String result = "";
    long peak = 0;
    double spent = 0;
    try (Job job = new Job(threads, ProgressListener.NONE)) {
      for (int round = 0; round <= rounds && (round < 2 || spent < ENOUGH_MS); round++) {
        System.gc();
        long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        long processorStart = system.getProcessCpuTime();
        long start = System.nanoTime();
        Supplier<String> found = work.run(job);
        double time = (System.nanoTime() - start) / 1e6;
        double processorTime = (system.getProcessCpuTime() - processorStart) / 1e6;
        peak =
            Math.max(peak, heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() - before);
        spent += time;
        if (round > 0) {
          times.add(time);
          processorTimes.add(processorTime);
        }
        result = found.get();
      }
    }
    return String.format(
        Locale.ROOT,
        "%s\tUNI-EM for Fiji (%d threads)\t%.0f\t%.0f\t%d\t%s\t%d\t%s",
        name,
        threads,
        median(times),
        median(processorTimes),
        peak,
        result,
        kernel.units().applyAsLong(data),
        kernel.unit());
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static Stream<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static String table(List<String> lines, int size) {
    StringBuilder table =
        new StringBuilder(
            "| Work | Engine | Median, s | Of processors, s | Pace | Bytes per voxel or edge | Result"
                + " | UNI-EM is faster | With one thread |\n"
                + "|---|---|---:|---:|---:|---:|---|---:|---:|\n");
    Map<String, String[]> own = new LinkedHashMap<>();
    for (String line : lines) {
      String[] cells = line.split("\t");
      String[] ours = own.computeIfAbsent(cells[0], name -> cells);
      double units = Double.parseDouble(ours[6]);
      double time = Double.parseDouble(cells[2]);
      double processorTime = Double.parseDouble(cells[3]);
      boolean peer = ours != cells;
      table.append(
          String.format(
              Locale.ROOT,
              "| %s, %d³ | %s | %.2f | %.2f | %.1f M %s/s | %.1f | %s | %s | %s |%n",
              cells[0],
              size,
              cells[1],
              time / 1e3,
              processorTime / 1e3,
              units / time / 1e3,
              ours[7],
              Double.parseDouble(cells[4]) / units,
              cells[5],
              peer ? times(time / Double.parseDouble(ours[2])) : "",
              peer ? times(processorTime / Double.parseDouble(ours[3])) : ""));
    }
    return table.toString();
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, "%.1f×", ratio);
  }
}
