package org.uniem.metrics;

/** Numbers the segments of one slice. */
final class SliceSegments {

  private SliceSegments() {}

  /**
   * Numbers the 4-connected components of equal labels from 1 on, in the order of their first
   * pixels.
   *
   * @param labels x fastest; 0 belongs to no segment
   * @param width of the slice
   * @param segments receives the numbers; all 0 before
   * @return number of segments
   */
  static int number(long[] labels, int width, int[] segments) {
    int[] stack = new int[labels.length];
    int count = 0;
    for (int start = 0; start < labels.length; start++) {
      if (labels[start] != 0 && segments[start] == 0) {
        fill(labels, width, segments, start, ++count, stack);
      }
    }
    return count;
  }

  private static void fill(
      long[] labels, int width, int[] segments, int start, int number, int[] stack) {
    long label = labels[start];
    int top = 0;
    stack[top++] = start;
    segments[start] = number;
    while (top > 0) {
      int pixel = stack[--top];
      int x = pixel % width;
      for (int side = 0; side < 4; side++) {
        int neighbour = neighbour(pixel, x, width, labels.length, side);
        if (neighbour >= 0 && labels[neighbour] == label && segments[neighbour] == 0) {
          segments[neighbour] = number;
          stack[top++] = neighbour;
        }
      }
    }
  }

  /** The pixel left, right, above or below, or -1 where the slice ends. */
  static int neighbour(int pixel, int x, int width, int pixels, int side) {
    return switch (side) {
      case 0 -> x > 0 ? pixel - 1 : -1;
      case 1 -> x < width - 1 ? pixel + 1 : -1;
      case 2 -> pixel - width;
      default -> pixel + width < pixels ? pixel + width : -1;
    };
  }
}
