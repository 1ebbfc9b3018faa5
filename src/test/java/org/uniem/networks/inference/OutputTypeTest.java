package org.uniem.networks.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.uniem.networks.ModelDescription;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VoxelSize;

class OutputTypeTest {

  private static float[] convert(OutputType type, float[]... maps) {
    float[][] stored = new float[type.channels(maps.length)][maps[0].length];
    type.convert(maps, stored);
    return stored[0];
  }

  @Test
  void classesAreStoredAsTheValuesOfTheLabels() {
    ArrayVolume images = ArrayVolume.grey(1, 1, 1, (x, y, z, c) -> 0);
    assertEquals(
        PixelType.UINT8, OutputType.CLASSES.spec(images, 3, List.of(0, 5, 200)).pixelType());
    assertEquals(
        PixelType.UINT16, OutputType.CLASSES.spec(images, 2, List.of(5, 3000)).pixelType());
    assertEquals(PixelType.FLOAT32, OutputType.CLASSES.spec(images, 2, List.of(-1, 1)).pixelType());
    ModelDescription.Builder model =
        ModelDescription.builder("m", "a").classes(List.of("a", "b", "c"));
    assertEquals(List.of(0, 1, 2), model.build().labelValues(), "older models");
    model.training(java.util.Map.of(ModelDescription.LABEL_VALUES, List.of(0, 5, 200)));
    assertEquals(List.of(0, 5, 200), model.build().labelValues());
    assertEquals(List.of(0, 1), ModelDescription.builder("m", "a").build().labelValues());
  }

  @Test
  void probabilityIsRoundedToTheNearestOf255() {
    // 0.5 · 255 = 127.5 rounds up; 0.4979 · 255 = 126.96; what rounding left outside is clamped.
    assertArrayEquals(
        new float[] {0, 128, 127, 255, 255, 0},
        convert(
            OutputType.PROBABILITY, new float[] {0, 0.5f, 0.4979f, 1, 1.0000001f, -0.0000001f}));
  }

  @Test
  void probability16IsRoundedToTheNearestOf65535() {
    assertArrayEquals(
        new float[] {0, 32768, 65535, 1},
        convert(OutputType.PROBABILITY16, new float[] {0, 0.5f, 1, 1.4f / 65535}));
  }

  @Test
  void classesOfOneMapSwitchAtOneHalf() {
    assertArrayEquals(
        new float[] {0, 1, 1}, convert(OutputType.CLASSES, new float[] {0.49999f, 0.5f, 0.9f}));
  }

  @Test
  void classesOfSeveralMapsAreTheFirstLargest() {
    assertArrayEquals(
        new float[] {0, 2, 1},
        convert(
            OutputType.CLASSES,
            new float[] {0.4f, 0.1f, 0.2f},
            new float[] {0.4f, 0.3f, 0.5f},
            new float[] {0.2f, 0.6f, 0.3f}));
  }

  @Test
  void specKeepsSizeAndVoxelSize() {
    ArrayVolume images = ArrayVolume.grey(3, 4, 5, (x, y, z, c) -> 0);
    VoxelSize voxelSize = new VoxelSize(4, 5, 30, "nm");
    assertEquals(
        new VolumeSpec(3, 4, 5, 2, PixelType.UINT16, voxelSize),
        OutputType.PROBABILITY16.spec(images, 2));
    assertEquals(
        new VolumeSpec(3, 4, 5, 1, PixelType.UINT8, voxelSize), OutputType.CLASSES.spec(images, 7));
    assertEquals(PixelType.UINT16, OutputType.CLASSES.spec(images, 300).pixelType());
  }
}
