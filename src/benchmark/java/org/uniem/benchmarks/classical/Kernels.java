package org.uniem.benchmarks.classical;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.uniem.annotation.meshes.MeshOptions;
import org.uniem.annotation.meshes.Meshing;
import org.uniem.annotation.meshes.ObjectSurfaces;
import org.uniem.annotation.meshes.TriangleMesh;
import org.uniem.filters.distance.DistanceOptions;
import org.uniem.filters.distance.DistanceTransform;
import org.uniem.metrics.ContingencyTables;
import org.uniem.metrics.Foreground;
import org.uniem.metrics.InstanceScores;
import org.uniem.postprocess.affinities.MutexLabels;
import org.uniem.postprocess.affinities.MutexOptions;
import org.uniem.postprocess.affinities.MutexSegmentation;
import org.uniem.postprocess.labelling.ConnectedComponents;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.postprocess.labelling.LabellingOptions;
import org.uniem.postprocess.labelling.StackObjects;
import org.uniem.postprocess.watershed.SeededWatershed;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** All algorithms that are timed, by name. */
final class Kernels {

  private Kernels() {}

  static Map<String, Kernel> all() {
    Map<String, Kernel> kernels = new LinkedHashMap<>();
    kernels.put("components", Kernel.ofVoxels(Kernels::components));
    kernels.put("label-components", Kernel.ofVoxels(Kernels::labelComponents));
    kernels.put("distance", Kernel.ofVoxels(Kernels::distance));
    kernels.put("label-distance", Kernel.ofVoxels(Kernels::labelDistance));
    kernels.put("watershed", Kernel.ofVoxels(Kernels::watershed));
    kernels.put("meshes", Kernel.ofVoxels(Kernels::meshes));
    kernels.put("scores", Kernel.ofVoxels(Kernels::scores));
    kernels.put(
        "mutex-watershed",
        new Kernel(
            "edges",
            data -> new BenchmarkAffinities(data.size()).edges(),
            Kernels::mutexWatershed));
    return kernels;
  }

  private static Kernel.Work components(BenchmarkData data) {
    byte[] mask = data.mask();
    int n = data.size();
    return job -> {
      int[] out = new int[mask.length];
      StackObjects found =
          ConnectedComponents.labelPieces(
              ArrayImgs.unsignedBytes(mask, n, n, n),
              ArrayImgs.ints(out, n, n, n),
              new LabellingOptions(Connectivity.SIX),
              job);
      return () -> found.count() + " objects";
    };
  }

  private static Kernel.Work labelComponents(BenchmarkData data) {
    int[] labels = data.labels();
    int n = data.size();
    return job -> {
      int[] out = new int[labels.length];
      StackObjects found =
          ConnectedComponents.labelPieces(
              ArrayImgs.ints(labels, n, n, n),
              ArrayImgs.ints(out, n, n, n),
              new LabellingOptions(Connectivity.TWENTY_SIX),
              job);
      return () -> found.count() + " objects";
    };
  }

  private static Kernel.Work distance(BenchmarkData data) {
    byte[] mask = data.mask();
    int n = data.size();
    return job -> {
      float[] out = new float[mask.length];
      DistanceTransform.ofLabels(
          ArrayImgs.unsignedBytes(mask, n, n, n),
          ArrayImgs.floats(out, n, n, n),
          DistanceOptions.VOXELS,
          job);
      return () -> mean(out);
    };
  }

  private static Kernel.Work labelDistance(BenchmarkData data) {
    int[] labels = data.labels();
    int n = data.size();
    return job -> {
      float[] out = new float[labels.length];
      DistanceTransform.ofLabels(
          ArrayImgs.ints(labels, n, n, n),
          ArrayImgs.floats(out, n, n, n),
          DistanceOptions.VOXELS,
          job);
      return () -> mean(out);
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
    int n = data.size();
    Optional<RandomAccessibleInterval<UnsignedByteType>> everywhere = Optional.empty();
    return job -> {
      int[] out = new int[seeds.length];
      new SeededWatershed(
              ArrayImgs.unsignedBytes(boundary, n, n, n),
              ArrayImgs.ints(seeds, n, n, n),
              everywhere,
              Connectivity.SIX,
              job)
          .flood(ArrayImgs.ints(out, n, n, n), job);
      return () -> Arrays.stream(out).distinct().count() + " objects";
    };
  }

  private static Kernel.Work meshes(BenchmarkData data) {
    int n = data.size();
    Volume labels =
        Volumes.of(ArrayImgs.unsignedInts(data.labels(), n, n, n), VoxelSize.UNKNOWN, "labels");
    return job -> {
      long[] counts = new long[2];
      try (ObjectSurfaces surfaces = ObjectSurfaces.find(labels, job)) {
        Meshing.each(
            surfaces,
            surfaces.ids(),
            MeshOptions.RAW,
            TriangleMesh::vertexCount,
            vertices -> {
              counts[0]++;
              counts[1] += vertices;
            },
            job);
      }
      return () ->
          String.format(
              Locale.ROOT, "%d objects, %.1f million vertices", counts[0], counts[1] / 1e6);
    };
  }

  private static Kernel.Work scores(BenchmarkData data) {
    int[] truth = data.labels();
    int[] other = data.other();
    int n = data.size();
    return job -> {
      InstanceScores scores =
          InstanceScores.of(
              ContingencyTables.count(
                  ArrayImgs.ints(other, n, n, n), ArrayImgs.ints(truth, n, n, n), job),
              Foreground.TRUTH);
      return () ->
          String.format(
              Locale.ROOT,
              "error %.5f, VI %.5f + %.5f",
              scores.adaptedRandError(),
              scores.viSplit(),
              scores.viMerge());
    };
  }

  private static Kernel.Work mutexWatershed(BenchmarkData data) {
    BenchmarkAffinities affinities = new BenchmarkAffinities(data.size());
    affinities.make(data.labels());
    return job -> {
      MutexLabels found =
          MutexSegmentation.segment(
              affinities.readers(),
              affinities.offsets(),
              affinities.dimensions(),
              MutexOptions.ALL,
              job);
      return () -> found.count() + " objects";
    };
  }
}
