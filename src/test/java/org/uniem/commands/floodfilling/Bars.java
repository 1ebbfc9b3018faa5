package org.uniem.commands.floodfilling;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Normalisation;
import org.uniem.networks.Weights;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Bright bars along x on a dark ground, and a network that takes bright voxels for the object. */
final class Bars {

  /** Height and depth of the stack. */
  static final int SIDE = 16;

  private Bars() {}

  /** Which bar a voxel belongs to, 1 or 2; 0 for none. */
  static int bar(int x, int y, int z, int width) {
    boolean inside = z >= 4 && z < 12 && x >= 2 && x < width - 2;
    return inside && y >= 2 && y < 7 ? 1 : inside && y >= 9 && y < 14 ? 2 : 0;
  }

  /** One slice, x fastest. */
  static float[] slice(int z, int width) {
    float[] slice = new float[width * SIDE];
    for (int i = 0; i < slice.length; i++) {
      slice[i] = bar(i % width, i / width, z, width) > 0 ? 200 : 100;
    }
    return slice;
  }

  /** Writes the stack; voxels are 8 nm wide. */
  static void write(Path images, int width) {
    VolumeSpec spec =
        new VolumeSpec(width, SIDE, SIDE, 1, PixelType.UINT8, new VoxelSize(8, 8, 8, "nm"));
    try (VolumeWriter writer = Volumes.create(images, spec)) {
      for (int z = 0; z < SIDE; z++) {
        writer.writeSlice(slice(z, width));
      }
      writer.commit();
    }
  }

  /** The logit rises by 10 where the normalised intensity is 1, and falls by 10 where it is −1. */
  static void saveModel(Path model, float scale) {
    Map<String, Weights.Tensor> weights = new LinkedHashMap<>();
    float[] split = new float[27 * 2 * 2];
    split[13 * 4] = 1;
    split[13 * 4 + 1] = -1;
    float[] keep = new float[27 * 2 * 2];
    keep[13 * 4] = 1;
    keep[13 * 4 + 3] = 1;
    weights.put("conv0_a/kernel", new Weights.Tensor(new int[] {3, 3, 3, 2, 2}, split));
    weights.put("conv0_a/bias", new Weights.Tensor(new int[] {2}, new float[2]));
    weights.put("conv0_b/kernel", new Weights.Tensor(new int[] {3, 3, 3, 2, 2}, keep));
    weights.put("conv0_b/bias", new Weights.Tensor(new int[] {2}, new float[2]));
    weights.put(
        "update/kernel",
        new Weights.Tensor(new int[] {1, 1, 1, 2, 1}, new float[] {10 * scale, -10 * scale}));
    weights.put("update/bias", new Weights.Tensor(new int[] {1}, new float[1]));
    ModelDescription description =
        ModelDescription.builder("bars", FloodFillingSettings.ARCHITECTURE)
            .parameters(Map.of("depth", 1, "features", 2))
            .normalisation(Normalisation.intensity(150, 50))
            .floodFilling(FloodFillingSettings.of(List.of(5, 5, 5), List.of(2, 2, 2)))
            .build();
    ModelFolder.save(model, description, new Weights(weights));
  }
}
