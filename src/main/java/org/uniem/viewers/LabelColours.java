package org.uniem.viewers;

/**
 * Colours of label ids: unlike each other, unlike grey, and always the same for an id.
 *
 * <p>After Glasbey et al. 2007, "Colour displays for categorical images" (Color Research and
 * Application 32, doi 10.1002/col.20327): each colour is the one that is farthest from all before
 * it in CIELAB. We choose among 4096 colours that are neither dark nor grey, as the image beneath
 * is. Immutable and thread-safe.
 */
public final class LabelColours {

  /** How many different colours there are. */
  public static final int COUNT = 255;

  private static final int LEVELS = 16;
  private static final double LEAST_CHROMA = 30;
  private static final double LEAST_LIGHTNESS = 35;
  private static final int[] GREYS = {0x000000, 0x606060, 0xa0a0a0, 0xffffff};
  private static final int[] PALETTE = farthest();

  private LabelColours() {}

  /**
   * The colour of an id.
   *
   * @param id 1 … {@link #COUNT} have colours of their own, others share these
   * @return red, green, blue of 8 bits each; 0 for the background, id 0
   */
  public static int of(long id) {
    if (id == 0) {
      return 0;
    }
    return PALETTE[(int) (id > 0 && id <= COUNT ? id - 1 : Math.floorMod(mixed(id), COUNT))];
  }

  /** Spreads ids, so that neighbouring numbers get unlike colours whatever their distance. */
  private static long mixed(long id) {
    long z = id * 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 32) * 0xd6e8feb86659fd93L;
    return z ^ z >>> 32;
  }

  private static int[] farthest() {
    int[] candidates = new int[LEVELS * LEVELS * LEVELS];
    double[][] lab = new double[candidates.length][];
    double[] nearest = new double[candidates.length];
    for (int i = 0; i < candidates.length; i++) {
      int step = 255 / (LEVELS - 1);
      int red = i / LEVELS / LEVELS * step;
      candidates[i] = red << 16 | i / LEVELS % LEVELS * step << 8 | i % LEVELS * step;
      lab[i] = lab(candidates[i]);
      boolean vivid =
          Math.hypot(lab[i][1], lab[i][2]) >= LEAST_CHROMA && lab[i][0] >= LEAST_LIGHTNESS;
      nearest[i] = vivid ? Double.MAX_VALUE : -1;
    }
    for (int grey : GREYS) {
      keepAway(lab, nearest, lab(grey));
    }
    int[] palette = new int[COUNT];
    for (int n = 0; n < COUNT; n++) {
      int best = 0;
      for (int i = 1; i < nearest.length; i++) {
        best = nearest[i] > nearest[best] ? i : best;
      }
      palette[n] = candidates[best];
      keepAway(lab, nearest, lab[best]);
    }
    return palette;
  }

  private static void keepAway(double[][] lab, double[] nearest, double[] taken) {
    for (int i = 0; i < lab.length; i++) {
      double l = lab[i][0] - taken[0];
      double a = lab[i][1] - taken[1];
      double b = lab[i][2] - taken[2];
      nearest[i] = Math.min(nearest[i], l * l + a * a + b * b);
    }
  }

  /** CIELAB (D65) of an sRGB colour. */
  private static double[] lab(int rgb) {
    double r = linear(rgb >> 16 & 255);
    double g = linear(rgb >> 8 & 255);
    double b = linear(rgb & 255);
    double x = response((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    double y = response(0.2126 * r + 0.7152 * g + 0.0722 * b);
    double z = response((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double linear(int value) {
    double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  private static double response(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }
}
