package org.uniem.benchmarks.classical;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.uniem.job.Job;

/**
 * One algorithm that is timed.
 *
 * @param unit what its pace is counted in, in plural
 * @param units how many of them there are
 * @param prepare reads what the algorithm needs; not timed
 */
record Kernel(
    String unit, ToLongFunction<BenchmarkData> units, Function<BenchmarkData, Work> prepare) {

  /** A kernel whose pace is counted in voxels. */
  static Kernel ofVoxels(Function<BenchmarkData, Work> prepare) {
    return new Kernel("voxels", data -> (long) data.size() * data.size() * data.size(), prepare);
  }

  /** What is timed. */
  @FunctionalInterface
  interface Work {

    /**
     * Does it once.
     *
     * @return says what came out, the same words as those of the other libraries where the results
     *     are the same; not timed
     */
    Supplier<String> run(Job job);
  }
}
