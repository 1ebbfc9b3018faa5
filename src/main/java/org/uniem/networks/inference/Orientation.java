package org.uniem.networks.inference;

import org.uniem.postprocess.affinities.Offset;

/**
 * One of the eight ways to turn a patch: mirrored in x, in y, and transposed.
 *
 * <p>Says where pixel (x, y) of a patch lies in the turned patch; the same answer serves to turn
 * the image and to turn the prediction back, so the two cannot disagree.
 */
record Orientation(boolean mirrorX, boolean mirrorY, boolean transpose) {

  /**
   * The orientations of test-time augmentation, the unturned first.
   *
   * @param flips 1 (none), 4 (mirrored) or 8 (mirrored and transposed)
   */
  static Orientation[] first(int flips) {
    Orientation[] orientations = new Orientation[flips];
    for (int i = 0; i < flips; i++) {
      orientations[i] = new Orientation((i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
    }
    return orientations;
  }

  /** The offset, in the patch, of what is at an offset in the turned patch. */
  Offset turnBack(Offset turned) {
    int x = transpose ? turned.y() : turned.x();
    int y = transpose ? turned.x() : turned.y();
    return new Offset(mirrorX ? -x : x, mirrorY ? -y : y, turned.z());
  }

  /** Height of the turned patch. */
  int height(int height, int width) {
    return transpose ? width : height;
  }

  /** Width of the turned patch. */
  int width(int height, int width) {
    return transpose ? height : width;
  }

  /** Position of pixel (0, 0) in the turned patch, row-major. */
  int origin(int height, int width) {
    return (mirrorX ? -(width - 1) * stepX(height, width) : 0)
        + (mirrorY ? -(height - 1) * stepY(height, width) : 0);
  }

  /** What one pixel along x adds to the position in the turned patch. */
  int stepX(int height, int width) {
    int step = transpose ? height : 1;
    return mirrorX ? -step : step;
  }

  /** What one pixel along y adds to the position in the turned patch. */
  int stepY(int height, int width) {
    int step = transpose ? 1 : width;
    return mirrorY ? -step : step;
  }
}
