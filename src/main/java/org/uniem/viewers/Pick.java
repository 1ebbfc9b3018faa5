package org.uniem.viewers;

import java.util.Map;

/**
 * A place in a volume view.
 *
 * @param x voxel of the first layer, likewise y and z
 * @param values of the layers that have a voxel there, by name, in their order; the value of a
 *     label layer is an id
 */
public record Pick(long x, long y, long z, Map<String, Number> values) {

  /** One line for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("x=" + x + ", y=" + y + ", z=" + z);
    values.forEach((name, value) -> text.append("   ").append(name).append(": ").append(value));
    return text.toString();
  }
}
