package org.uniem.networks.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.Job;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.Normalisation;
import org.uniem.networks.SeenPixels;
import org.uniem.volumes.PixelType;

/** Images are 40 × 30 × 3 pixels, near-normal like those of an electron microscope. */
class PixelScalingTest {

  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;
  private static final int DEPTH = 3;

  /** 8-bit, mean about 130, deviation about 29. */
  private static final float[] PICTURE = picture(7, 130, 30);

  private static final SeenPixels SEEN =
      PixelStatistics.of(PixelType.UINT8, PICTURE.clone()).seen(0, 255);

  private static final Normalisation TRAINED = Normalisation.fixed(0.51, 0.115);

  private static float[] picture(long seed, double mean, double deviation) {
    Random random = new Random(seed);
    float[] picture = new float[WIDTH * HEIGHT * DEPTH];
    for (int i = 0; i < picture.length; i++) {
      double value = Math.round(mean + deviation * random.nextGaussian());
      picture[i] = (float) Math.max(0, Math.min(255, value));
    }
    return picture;
  }

  private static TypedVolume volume(PixelType type, float[] picture) {
    return new TypedVolume(WIDTH, HEIGHT, DEPTH, type, picture);
  }

  private static float[] changed(float[] picture, double factor, double shift) {
    float[] copy = new float[picture.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (float) (picture[i] * factor + shift);
    }
    return copy;
  }

  private static ModelDescription model(Normalisation normalisation) {
    boolean filling = normalisation.mode().equals(Normalisation.INTENSITY);
    ModelDescription.Builder builder =
        ModelDescription.builder("m", filling ? FloodFillingSettings.ARCHITECTURE : "x")
            .normalisation(normalisation);
    return filling
        ? builder.floodFilling(FloodFillingSettings.of(List.of(5, 5, 5), List.of(1, 1, 1))).build()
        : builder.build();
  }

  private record Measured(PixelScaling scaling, List<String> notes) {}

  private static Measured of(TypedVolume images, Normalisation normalisation) {
    try (Job job = Job.silent()) {
      return new Measured(PixelScaling.of(images, model(normalisation), job), job.notes());
    }
  }

  private static float[] inputs(Measured measured, float[] picture) {
    float[] inputs = new float[picture.length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = measured.scaling.apply(picture[i]);
    }
    return inputs;
  }

  @Test
  void eightBitsAreTakenAsTheyAreToTheBit() {
    for (Normalisation normalisation : List.of(TRAINED, TRAINED.of(SEEN))) {
      Measured measured = of(volume(PixelType.UINT8, PICTURE), normalisation);
      for (int v = 0; v < 256; v++) {
        double offset = 0 + normalisation.mean() * 255;
        double factor = 1 / (normalisation.std() * 255);
        assertEquals((float) ((v - offset) * factor), measured.scaling.apply(v));
      }
      assertEquals(List.of(), measured.notes);
    }
  }

  @Test
  void publishedFloodFillingNetworkSeesEightBitsAsPublished() {
    Measured measured = of(volume(PixelType.UINT8, PICTURE), Normalisation.intensity(128, 33));
    assertEquals(128, measured.scaling.offset());
    assertEquals(1 / 33.0, measured.scaling.factor());
    assertEquals(List.of(), measured.notes);
  }

  /** One picture in many types: the network is to see the same. */
  @ParameterizedTest
  @CsvSource({
    "UINT16, 257, 0", // full range
    "UINT16, 16, 0", // 12 bits
    "UINT16, 64, 0", // 14 bits
    "UINT16, 14.5, 112", // a detector with an offset
    "UINT16, 1, 0", // 8 bits in 16
    "UINT16, 4, 30000", // far from zero
    "FLOAT32, 1, 0",
    "FLOAT32, 0.00392156862745098, 0", // 0 … 1
    "FLOAT32, 1, -128", // signed
    "FLOAT32, 100, -20000",
    "UINT32, 1000000, 0",
    "UINT8, 0.2, 0" // 0 … 51 in 8 bits
  })
  void copiesOfAnotherTypeLookTheSameToTheNetwork(PixelType type, double factor, double shift) {
    for (Normalisation normalisation :
        List.of(TRAINED.of(SEEN), Normalisation.intensity(128, 33).of(SEEN))) {
      float[] expected = inputs(of(volume(PixelType.UINT8, PICTURE), normalisation), PICTURE);
      float[] copy = changed(PICTURE, factor, shift);
      Measured measured = of(volume(type, copy), normalisation);
      assertArrayEquals(expected, inputs(measured, copy), 0.02f, measured.scaling.toString());
      assertTrue(measured.scaling.most() < 10, measured.scaling.toString());
      String notes = String.join(" ", measured.notes);
      assertTrue(notes.contains("(all but 0.1 % at each end): scaled so that"), notes);
      assertFalse(notes.contains("Warning"), notes);
    }
  }

  @Test
  void anOldModelIsTakenToHaveSeenImagesOfItsMeanAndDeviation() {
    float[] copy = changed(PICTURE, 16, 0);
    Measured measured = of(volume(PixelType.UINT16, copy), TRAINED);
    double mean = 0;
    for (float input : inputs(measured, copy)) {
      mean += input / copy.length;
    }
    assertEquals(0, mean, 0.01);
  }

  @Test
  void anOldModelOfFullSixteenBitsGoesOnAsBefore() {
    float[] full = changed(PICTURE, 257, 0);
    PixelScaling scaling = of(volume(PixelType.UINT16, full), TRAINED).scaling;
    double offset = 0.51 * 65535;
    double factor = 1 / (0.115 * 65535);
    for (float v : full) {
      assertEquals((float) ((v - offset) * factor), scaling.apply(v));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UINT16", "FLOAT32"})
  void imagesLikeThoseTrainedOnAreScaledAsThese(PixelType type) {
    float[] trained = changed(PICTURE, 14, 500);
    SeenPixels seen = PixelStatistics.of(type, trained.clone()).seen(700, 4000);
    Normalisation normalisation = TRAINED.of(seen);
    // Another part of the same tissue is a little brighter: that is to be seen.
    float[] part = changed(PICTURE, 13, 700);
    Measured measured = of(volume(type, part), normalisation);
    assertEquals((1 - 0.51) / 0.115, measured.scaling.apply(4000), 1e-5);
    assertEquals((0 - 0.51) / 0.115, measured.scaling.apply(700), 1e-5);
    assertTrue(
        measured.notes.get(0).contains("700 … 4000 becoming 0 … 1"), measured.notes::toString);
  }

  @Test
  void hotAndDeadPixelsChangeNothing() {
    float[] floats = PICTURE.clone();
    PixelScaling clean = of(volume(PixelType.FLOAT32, floats), TRAINED.of(SEEN)).scaling;
    floats[77] = 65000;
    floats[99] = -1e30f;
    PixelScaling hot = of(volume(PixelType.FLOAT32, floats), TRAINED.of(SEEN)).scaling;
    assertEquals(clean.apply(180), hot.apply(180), 0.01);
    assertEquals((1 - 0.51) / 0.115, hot.apply(65000), 1e-5);
    assertEquals(-0.51 / 0.115, hot.apply(-1e30f), 1e-5);
  }

  @Test
  void aMarginOfZerosChangesNothing() {
    float[] bare = changed(PICTURE, 16, 0);
    float[] framed = bare.clone();
    for (int i = 0; i < framed.length / 3; i++) {
      framed[i] = 0;
    }
    PixelScaling clean = of(volume(PixelType.UINT16, bare), TRAINED.of(SEEN)).scaling;
    PixelScaling other = of(volume(PixelType.UINT16, framed), TRAINED.of(SEEN)).scaling;
    assertEquals(clean.apply(2500), other.apply(2500), 0.1);
  }

  @Test
  void imagesFarOutsideAreWarnedOf() {
    float[] dark = picture(3, 90, 4);
    Measured measured = of(volume(PixelType.UINT8, dark), TRAINED.of(SEEN));
    assertEquals(1, measured.notes.size());
    String note = measured.notes.get(0);
    assertTrue(note.startsWith("Warning: The pixels of \"images\" lie far outside"), note);
    assertTrue(note.contains("mean 8") || note.contains("mean 9"), note);
    assertEquals((float) ((9 - 0.51 * 255) / (0.115 * 255)), measured.scaling.apply(9), 1e-6);
  }

  @Test
  void constantImagesAreWarnedOf() {
    float[] flat = new float[PICTURE.length];
    java.util.Arrays.fill(flat, 700);
    for (PixelType type : List.of(PixelType.UINT16, PixelType.FLOAT32)) {
      Measured measured = of(volume(type, flat), TRAINED.of(SEEN));
      assertTrue(
          measured.notes.get(0).contains("all have the value 700"), measured.notes::toString);
      assertTrue(Float.isFinite(measured.scaling.apply(700)));
    }
  }

  @Test
  void exchangedDarkAndBrightAreWarnedOf() {
    float[] lopsided = new float[PICTURE.length];
    for (int i = 0; i < lopsided.length; i++) {
      double down = Math.abs(PICTURE[i] - 130);
      lopsided[i] = (float) Math.max(0, Math.round(200 - 1.5 * down));
    }
    SeenPixels seen = PixelStatistics.of(PixelType.UINT8, lopsided.clone()).seen(0, 255);
    Normalisation normalisation = Normalisation.fixed(seen.mean() / 255, seen.deviation() / 255);
    assertEquals(List.of(), of(volume(PixelType.UINT8, lopsided), normalisation.of(seen)).notes);
    float[] inverted = changed(lopsided, -1, 255);
    for (float[] picture : List.of(inverted, changed(inverted, 1, 60))) {
      String notes = of(volume(PixelType.UINT8, picture), normalisation.of(seen)).notes.toString();
      assertTrue(notes.contains("Warning"), notes);
    }
    String floats =
        of(volume(PixelType.FLOAT32, inverted), normalisation.of(seen)).notes.toString();
    assertTrue(floats.contains("may have dark and bright exchanged: most are dark"), floats);
  }

  @Test
  void ownMeanAndDeviationOfTheImages() {
    Measured eight = of(volume(PixelType.UINT8, PICTURE), Normalisation.image(0.1, 0.2));
    double mean = 0;
    for (float value : PICTURE) {
      mean += value / PICTURE.length;
    }
    assertEquals(0, eight.scaling.apply((float) mean), 1e-3);
    float[] hot = PICTURE.clone();
    hot[5] = 1e9f;
    Measured floats = of(volume(PixelType.FLOAT32, hot), Normalisation.image(0.1, 0.2));
    assertEquals(eight.scaling.apply(180), floats.scaling.apply(180), 0.02);
  }

  @Test
  void ofAnyDepthAtMost32SlicesFromFirstToLastAreLookedAt() {
    boolean[] seen = new boolean[1000];
    TypedVolume images =
        new TypedVolume(1, 1, 1000, PixelType.UINT16, new float[1000]) {
          @Override
          public void readSlice(long z, int channel, float[] target) {
            seen[(int) z] = true;
            target[0] = z;
          }
        };
    of(images, TRAINED);
    int count = 0;
    for (boolean one : seen) {
      count += one ? 1 : 0;
    }
    assertEquals(32, count);
    assertTrue(seen[0] && seen[999]);
  }
}
