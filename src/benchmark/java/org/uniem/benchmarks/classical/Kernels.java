package org.uniem.benchmarks.classical;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.uniem.filters.distance.DistanceOptions;
import org.uniem.filters.distance.DistanceTransform;
import org.uniem.postprocess.labelling.ConnectedComponents;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.postprocess.labelling.LabellingOptions;
import org.uniem.postprocess.labelling.StackObjects;
import org.uniem.postprocess.watershed.SeededWatershed;

/** All algorithms that are timed, by name. */
final class Kernels {

  private Kernels() {}

  static Map<String, Kernel> all() {
    Map<String, Kernel> kernels = new LinkedHashMap<>();
    kernels.put("components", Kernels::components);
    kernels.put("label-components", Kernels::labelComponents);
    kernels.put("distance", Kernels::distance);
    kernels.put("label-distance", Kernels::labelDistance);
    kernels.put("watershed", Kernels::watershed);
    return kernels;
  }

  private static Kernel.Work components(BenchmarkData data) {
    byte[] mask = data.mask();
    int[] out = new int[mask.length];
    int n = data.size();
    return job -> {
      StackObjects found =
          ConnectedComponents.labelPieces(
              ArrayImgs.unsignedBytes(mask, n, n, n),
              ArrayImgs.ints(out, n, n, n),
              new LabellingOptions(Connectivity.SIX),
              job);
      return found.count() + " objects";
    };
  }

  private static Kernel.Work labelComponents(BenchmarkData data) {
    int[] labels = data.labels();
    int[] out = new int[labels.length];
    int n = data.size();
    return job -> {
      StackObjects found =
          ConnectedComponents.labelPieces(
              ArrayImgs.ints(labels, n, n, n),
              ArrayImgs.ints(out, n, n, n),
              new LabellingOptions(Connectivity.TWENTY_SIX),
              job);
      return found.count() + " objects";
    };
  }

  private static Kernel.Work distance(BenchmarkData data) {
    byte[] mask = data.mask();
    float[] out = new float[mask.length];
    int n = data.size();
    return job -> {
      DistanceTransform.ofLabels(
          ArrayImgs.unsignedBytes(mask, n, n, n),
          ArrayImgs.floats(out, n, n, n),
          DistanceOptions.VOXELS,
          job);
      return mean(out);
    };
  }

  private static Kernel.Work labelDistance(BenchmarkData data) {
    int[] labels = data.labels();
    float[] out = new float[labels.length];
    int n = data.size();
    return job -> {
      DistanceTransform.ofLabels(
          ArrayImgs.ints(labels, n, n, n),
          ArrayImgs.floats(out, n, n, n),
          DistanceOptions.VOXELS,
          job);
      return mean(out);
    };
  }

  private static String mean(float[] distances) {
    double sum = 0;
    for (float distance : distances) {
      sum += distance;
    }
    return String.format(Locale.ROOT, "mean %.5f", sum / distances.length);
  }

  private static Kernel.Work watershed(BenchmarkData data) {
    byte[] boundary = data.boundary();
    int[] seeds = data.seeds();
    int[] out = new int[seeds.length];
    int n = data.size();
    Optional<RandomAccessibleInterval<UnsignedByteType>> everywhere = Optional.empty();
    return job -> {
      new SeededWatershed(
              ArrayImgs.unsignedBytes(boundary, n, n, n),
              ArrayImgs.ints(seeds, n, n, n),
              everywhere,
              Connectivity.SIX,
              job)
          .flood(ArrayImgs.ints(out, n, n, n), job);
      return Arrays.stream(out).distinct().count() + " objects";
    };
  }
}
