package org.uniem.networks.pixels;

/** Grey of colour by ITU-R BT.601. */
public final class Luminance {

  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private Luminance() {}

  /**
   * The luminance of a slice.
   *
   * @param planes red, green and blue, equally long
   */
  public static float[] of(float[][] planes) {
    float[] grey = new float[planes[0].length];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = RED * planes[0][i] + GREEN * planes[1][i] + BLUE * planes[2][i];
    }
    return grey;
  }
}
