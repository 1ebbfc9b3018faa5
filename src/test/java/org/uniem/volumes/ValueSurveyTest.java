package org.uniem.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.uniem.volumes.ValueSurvey.Kind;

class ValueSurveyTest {

  private static final int SIDE = 96;

  /** A value for each pixel of two slices. */
  @FunctionalInterface
  private interface Picture {
    double at(int x, int y);
  }

  private static ValueSurvey survey(Picture picture) {
    float[] values = new float[2 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) picture.at(i % SIDE, i / SIDE % SIDE);
    }
    return ValueSurvey.of(
        new IntervalVolume(
            List.of(ArrayImgs.floats(values, SIDE, SIDE, 2)), VoxelSize.UNKNOWN, "test"),
        0);
  }

  private static double distance(int x, int y) {
    return Math.hypot(x - SIDE / 2, y - SIDE / 2);
  }

  @Test
  void twoValuesAreAMaskWhicheverTheyAre() {
    for (double high : new double[] {1, 255, 4095, 65535, 0.5}) {
      ValueSurvey survey = survey((x, y) -> distance(x, y) < 20 ? high : 0);
      assertEquals(Kind.MASK, survey.kind());
      assertEquals(high, survey.largest());
    }
    assertEquals(
        "a mask of two values, 0 and 255",
        survey((x, y) -> distance(x, y) < 20 ? 255 : 0).describe());
  }

  @Test
  void oneValueIsNoMask() {
    assertEquals("one value alone, 7", survey((x, y) -> 7).describe());
  }

  @Test
  void regionsAreLabelsAlsoManyAndDividedByLines() {
    assertEquals(Kind.LABELS, survey((x, y) -> 1 + x / 4 + SIDE / 4 * (y / 4)).kind());
    assertEquals(
        Kind.LABELS,
        survey((x, y) -> x % 6 == 0 || y % 6 == 0 ? 0 : 1 + x / 6 + SIDE / 6 * (y / 6)).kind());
    assertEquals(
        "labels of the values 0, 5, 200",
        survey((x, y) -> x < 9 ? 0 : x < 50 ? 5 : 200).describe());
  }

  @Test
  void slopesBetweenTwoLevelsAreAMap() {
    ValueSurvey survey =
        survey(
            (x, y) -> Math.rint(255 / (1 + Math.exp(Math.sin(x / 5.0) * Math.sin(y / 5.0) * 40))));
    assertEquals(Kind.MAP, survey.kind(), survey.toString());
  }

  @Test
  void fractionsAreAMapAtMost() {
    assertEquals(Kind.MAP, survey((x, y) -> x / 8 / 12.0).kind());
  }

  @Test
  void noiseIsAnImage() {
    long seed = 3;
    Random random = new Random(seed);
    ValueSurvey survey =
        survey((x, y) -> Math.rint(120 + 3 * distance(x, y) + 9 * random.nextGaussian()));
    assertEquals(Kind.GREY, survey.kind(), "seed " + seed + " " + survey);
    assertTrue(survey.isGradual());
  }

  @Test
  void fewPixelsAreTakenForWhatIsAskedFor() {
    float[] ramp = new float[64];
    for (int i = 0; i < 64; i++) {
      ramp[i] = i;
    }
    IntervalVolume small =
        new IntervalVolume(List.of(ArrayImgs.floats(ramp, 64, 1, 1)), VoxelSize.UNKNOWN, "small");
    assertFalse(ValueSurvey.of(small, 0).isGradual());
  }
}
