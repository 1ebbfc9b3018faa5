package org.uniem.networks.training;

import java.util.Arrays;
import org.uniem.job.Job;
import org.uniem.networks.training.TrainingDataOptions.Classes;
import org.uniem.volumes.PixelType;

/** Images and labels that patches are taken from, and where they go. */
final class PatchData {

  private PatchData() {}

  /** One batch. */
  static final class Batch {
    final float[] image;
    final float[] target;
    final float[] weight;

    Batch(int batch, int size, int channels, int outputs) {
      image = new float[batch * size * size * channels];
      target = new float[batch * size * size * outputs];
      weight = new float[batch * size * size];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Batch that
          && Arrays.equals(image, that.image)
          && Arrays.equals(target, that.target)
          && Arrays.equals(weight, that.weight);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(image);
    }
  }

  static void fill(PatchSampler sampler, long step, Batch batch) {
    sampler.fill(step, batch.image, batch.target, batch.weight);
  }

  static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  static PatchSampler sampler(
      TrainingData data, double validation, int size, int batch, long seed, String augmentation) {
    return new PatchSampler(
        data,
        data.split(validation),
        new SamplerOptions(
            size, batch, seed, Augmentation.parse(augmentation), true, data.classCount()));
  }

  static TrainingData load(ArrayVolume images, ArrayVolume labels, TrainingDataOptions options) {
    try (Job job = Job.silent()) {
      return TrainingData.load(images, labels, options, job);
    }
  }

  static TrainingDataOptions foreground(Integer unlabelled, int context) {
    return new TrainingDataOptions(Classes.FOREGROUND, unlabelled, context, 1);
  }

  static TrainingDataOptions values(Integer unlabelled) {
    return new TrainingDataOptions(Classes.VALUES, unlabelled, 0, 1);
  }

  static double wave(int x, int y, int z) {
    return 0.5 + 0.25 * Math.sin(x / 4.1 + z) + 0.25 * Math.sin(y / 5.3 + x / 19.0);
  }

  static ArrayVolume waves(int width, int height, int depth) {
    return new ArrayVolume(
        "em",
        width,
        height,
        depth,
        1,
        PixelType.UINT16,
        (x, y, z, c) -> Math.round(65535 * wave(x, y, z)));
  }

  static ArrayVolume wavesAboveHalf(int width, int height, int depth) {
    return ArrayVolume.bytes(
        "gt",
        width,
        height,
        depth,
        (x, y, z, c) -> Math.round(65535 * wave(x, y, z)) > 32767 ? 1 : 0);
  }

  static ArrayVolume threeStripes(int size) {
    return ArrayVolume.bytes("gt", size, size, 1, (x, y, z, c) -> y % 7 == 0 ? 7 : x / 8 % 3);
  }
}
