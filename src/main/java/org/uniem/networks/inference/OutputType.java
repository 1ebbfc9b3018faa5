package org.uniem.networks.inference;

import java.util.List;
import org.uniem.job.BadInputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;

/** What is stored of a prediction. */
public enum OutputType {
  /** 8-bit maps, round(p · 255). */
  PROBABILITY(PixelType.UINT8, 255),
  /** 16-bit maps, round(p · 65535). */
  PROBABILITY16(PixelType.UINT16, 65535),
  /** 32-bit float maps, 0 … 1. */
  FLOAT(PixelType.FLOAT32, 0),
  /**
   * One map of classes: that with the largest probability (the first of equals), or, of a single
   * map, 1 where p ≥ 0.5 and 0 elsewhere. 8-bit, or 16-bit or floats where a value needs it.
   */
  CLASSES(PixelType.UINT8, 0);

  private final PixelType pixelType;
  private final int scale;

  OutputType(PixelType pixelType, int scale) {
    this.pixelType = pixelType;
    this.scale = scale;
  }

  /**
   * The volume to be written.
   *
   * @param images what is predicted: its size and voxel size are kept
   * @param outputs number of maps
   */
  public VolumeSpec spec(Volume images, int outputs) {
    return spec(images, outputs, List.of());
  }

  /**
   * The volume to be written.
   *
   * @param labelValues what is written for each class; none for 0, 1, 2, …
   * @throws BadInputException if no type of stacks holds a value
   */
  public VolumeSpec spec(Volume images, int outputs, List<Integer> labelValues) {
    PixelType type = this == CLASSES ? holding(outputs, labelValues) : pixelType;
    return new VolumeSpec(
        images.width(),
        images.height(),
        images.depth(),
        channels(outputs),
        type,
        images.voxelSize());
  }

  private static PixelType holding(int outputs, List<Integer> labelValues) {
    int largest = labelValues.stream().mapToInt(Integer::intValue).max().orElse(outputs - 1);
    int least = labelValues.stream().mapToInt(Integer::intValue).min().orElse(0);
    if (least < 0) {
      // Floats hold what is below 0, and nothing else does.
      return PixelType.FLOAT32;
    }
    return PixelType.holding(largest)
        .orElseThrow(
            () ->
                new BadInputException(
                    "type=classes: the label value "
                        + largest
                        + " of the model fits into no stack of images. Number the labels anew and"
                        + " train again."));
  }

  /** Channels stored for a number of maps. */
  public int channels(int outputs) {
    return this == CLASSES ? 1 : outputs;
  }

  /**
   * Converts one slice to the values stored.
   *
   * @param maps [map][pixel], probabilities; what rounding has put outside 0 … 1 is clamped
   * @param stored [{@link #channels}][pixel], receives the values
   * @throws BadInputException if a probability is not a number
   */
  public void convert(float[][] maps, float[][] stored) {
    if (this == CLASSES) {
      classes(maps, stored[0]);
      return;
    }
    for (int m = 0; m < maps.length; m++) {
      for (int i = 0; i < maps[m].length; i++) {
        float p = Math.max(0, Math.min(1, maps[m][i]));
        stored[m][i] = scale == 0 ? p : (float) Math.floor(p * (double) scale + 0.5);
      }
    }
  }

  private static void classes(float[][] maps, float[] stored) {
    for (int i = 0; i < stored.length; i++) {
      if (maps.length == 1) {
        stored[i] = maps[0][i] >= 0.5f ? 1 : 0;
        continue;
      }
      int best = 0;
      for (int m = 1; m < maps.length; m++) {
        if (maps[m][i] > maps[best][i]) {
          best = m;
        }
      }
      stored[i] = best;
    }
  }
}
