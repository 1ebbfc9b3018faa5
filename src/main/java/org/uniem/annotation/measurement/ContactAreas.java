package org.uniem.annotation.measurement;

import java.util.TreeMap;

/** The parts of a surface by the object on its other side. */
final class ContactAreas {

  private ContactAreas() {}

  /**
   * Divides the area.
   *
   * @param outside what is on the other side of each vertex
   * @param areas for which each vertex stands
   * @return areas by the id of the other object, 0 for background, in the square of the unit
   */
  static TreeMap<Long, Double> of(long[] outside, double[] areas) {
    TreeMap<Long, Double> sums = new TreeMap<>();
    for (int vertex = 0; vertex < outside.length; vertex++) {
      sums.merge(outside[vertex], areas[vertex], Double::sum);
    }
    return sums;
  }
}
