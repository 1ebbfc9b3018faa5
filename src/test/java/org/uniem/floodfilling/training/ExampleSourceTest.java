package org.uniem.floodfilling.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;

class ExampleSourceTest {

  private static final Box VOLUME = new Box(30, 30, 30);
  private static final Box SIZE = new Box(9, 9, 9);

  private static ExampleSource source(LabelledVolume volume, String variation) {
    try (Job job = Job.silent()) {
      ExamplePlaces places =
          ExamplePlaces.find(volume, new Box(4, 4, 4), new Box(4, 4, 4), 1, 3, job);
      return new ExampleSource(volume, places, SIZE, Variation.parse(variation), 10, 2, 3);
    }
  }

  /** Intensities tell where a voxel comes from. */
  private static LabelledVolume volume(Optional<Cubes.Values> mask) {
    return Cubes.read(
        VOLUME, (x, y, z) -> x + 100 * y + 10000 * z, (x, y, z) -> x < 15 ? 1 : 0, mask);
  }

  private static int origin(float normalised) {
    return Math.round(normalised * 2 + 10);
  }

  @Test
  void plainExampleIsTheBoxAroundItsPlace() {
    LabelledVolume volume = volume(Optional.of((x, y, z) -> z == 16 && y == 0 ? 1 : 0));
    ExampleSource source = source(volume, "none");
    boolean background = false;
    for (long n = 0; n < 20; n++) {
      TrainingExample example = source.example(n);
      int centre = origin(example.images()[SIZE.centre()]);
      boolean object = centre % 100 < 15;
      background |= !object;
      for (int z = 0, i = 0; z < 9; z++) {
        for (int y = 0; y < 9; y++) {
          for (int x = 0; x < 9; x++, i++) {
            int place = centre + x - 4 + 100 * (y - 4) + 10000 * (z - 4);
            assertEquals(place, origin(example.images()[i]));
            boolean inside = object && place % 100 < 15;
            assertEquals(inside ? 0.95f : 0.05f, example.targets()[i]);
            boolean masked = place / 10000 == 16 && place / 100 % 100 == 0;
            assertEquals(masked ? 0 : 1, example.weights()[i]);
          }
        }
      }
    }
    assertTrue(background, "no example of background");
  }

  @Test
  void reflectionsAndExchangeGiveAllOrientations() {
    ExampleSource source = source(volume(Optional.empty()), "reflect,swap");
    Set<String> orientations = new HashSet<>();
    for (long n = 0; n < 300; n++) {
      float[] images = source.example(n).images();
      int centre = origin(images[SIZE.centre()]);
      int right = origin(images[SIZE.centre() + 1]) - centre;
      int down = origin(images[SIZE.centre() + 9]) - centre;
      int deep = origin(images[SIZE.centre() + 81]) - centre;
      assertEquals(101, Math.abs(right) + Math.abs(down));
      assertEquals(10000, Math.abs(deep));
      orientations.add(right + " " + down + " " + deep);
    }
    assertEquals(16, orientations.size());
  }

  @Test
  void exampleIsAlwaysTheSame() {
    ExampleSource source = source(volume(Optional.empty()), "all");
    TrainingExample first = source.example(7);
    source.example(8);
    assertArrayEquals(first.images(), source.example(7).images());
    assertArrayEquals(first.targets(), source.example(7).targets());
  }

  @Test
  void slipsAndBlanksSpareTheCentralSection() {
    ExampleSource plain = source(volume(Optional.empty()), "none");
    ExampleSource varied = source(volume(Optional.empty()), "misalign,missing");
    int changed = 0;
    for (long n = 0; n < 200; n++) {
      float[] expected = plain.example(n).images();
      float[] images = varied.example(n).images();
      for (int i = 4 * 81; i < 5 * 81; i++) {
        assertEquals(expected[i], images[i]);
      }
      changed += Arrays.equals(expected, images) ? 0 : 1;
    }
    assertEquals(0.19 * 200, changed, 20);
  }

  @Test
  void jitterChangesContrastSectionBySection() {
    ExampleSource plain = source(volume(Optional.empty()), "none");
    ExampleSource varied = source(volume(Optional.empty()), "jitter");
    float[] expected = plain.example(1).images();
    float[] images = varied.example(1).images();
    Set<Long> contrasts = new HashSet<>();
    for (int z = 0; z < 9; z++) {
      double range = expected[z * 81 + 80] - expected[z * 81];
      double contrast = (images[z * 81 + 80] - images[z * 81]) / range;
      assertEquals(1, contrast, 0.2001);
      contrasts.add(Math.round(contrast * 1e4));
    }
    assertTrue(contrasts.size() > 5, contrasts.toString());
  }

  @Test
  void unknownVariationIsNamedWithTheNearest() {
    assertEquals("none", Variation.parse("").toString());
    assertEquals("reflect,swap", Variation.PUBLISHED.toString());
    assertEquals("reflect,swap,jitter,misalign,missing", Variation.parse("all").toString());
    String message =
        assertThrows(BadParameterException.class, () -> Variation.parse("swap,reflct"))
            .getMessage();
    assertTrue(message.contains("Did you mean 'reflect'?"), message);
  }
}
