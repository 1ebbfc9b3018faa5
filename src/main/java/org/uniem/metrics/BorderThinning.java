package org.uniem.metrics;

/**
 * Lets the segments of a slice grow until lines of one pixel are left between them: the watershed
 * of a border mask.
 *
 * <p>Segments grow by 4-connected rings at the same pace. A pixel that different segments reach at
 * the same time, or that lies between such, becomes a line.
 */
final class BorderThinning {

  private BorderThinning() {}

  /**
   * Thins the border in place.
   *
   * @param segments numbers of segments, 0 = border, x fastest
   * @param width of the slice
   */
  static void thin(int[] segments, int width) {
    int[] queue = new int[segments.length];
    boolean[] queued = new boolean[segments.length];
    int end = 0;
    for (int pixel = 0; pixel < segments.length; pixel++) {
      if (segments[pixel] == 0 && reaching(segments, width, pixel) != 0) {
        queued[pixel] = true;
        queue[end++] = pixel;
      }
    }
    for (int begin = 0; begin < end; begin++) {
      int pixel = queue[begin];
      int segment = reaching(segments, width, pixel);
      if (segment > 0) {
        segments[pixel] = segment;
        int x = pixel % width;
        for (int side = 0; side < 4; side++) {
          int next = SliceSegments.neighbour(pixel, x, width, segments.length, side);
          if (next >= 0 && segments[next] == 0 && !queued[next]) {
            queued[next] = true;
            queue[end++] = next;
          }
        }
      }
    }
  }

  /** The only segment beside a pixel, 0 if there is none, -1 if there are several. */
  private static int reaching(int[] segments, int width, int pixel) {
    int found = 0;
    int x = pixel % width;
    for (int side = 0; side < 4; side++) {
      int neighbour = SliceSegments.neighbour(pixel, x, width, segments.length, side);
      int segment = neighbour < 0 ? 0 : segments[neighbour];
      if (segment != 0 && found != 0 && found != segment) {
        return -1;
      }
      found = segment == 0 ? found : segment;
    }
    return found;
  }
}
