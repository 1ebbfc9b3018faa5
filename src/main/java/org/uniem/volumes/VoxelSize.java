package org.uniem.volumes;

import org.uniem.job.BadParameterException;

/**
 * Edge lengths of a voxel.
 *
 * @param x along x, positive
 * @param y along y, positive
 * @param z along z, positive
 * @param unit of the lengths, for example {@code "nm"}; {@code "pixel"} where nothing is known
 */
public record VoxelSize(double x, double y, double z, String unit) {

  /** One by one by one pixel: nothing is known. */
  public static final VoxelSize UNKNOWN = new VoxelSize(1, 1, 1, "pixel");

  public VoxelSize {
    if (!(x > 0 && y > 0 && z > 0)
        || Double.isInfinite(x)
        || Double.isInfinite(y)
        || Double.isInfinite(z)) {
      throw new BadParameterException(
          "Voxel size " + x + " x " + y + " x " + z + " is not possible: give positive numbers.");
    }
  }

  /**
   * Reads a voxel size given by the user.
   *
   * @param text edge lengths along x, y and z and the unit, separated by commas: {@code "5,5,5,nm"}
   * @throws BadParameterException if the text is anything else
   */
  public static VoxelSize parse(String text) {
    String[] parts = text.trim().split("\\s*,\\s*", -1);
    if (parts.length == 4 && !parts[3].isEmpty()) {
      try {
        double x = Double.parseDouble(parts[0]);
        double y = Double.parseDouble(parts[1]);
        return new VoxelSize(x, y, Double.parseDouble(parts[2]), parts[3]);
      } catch (NumberFormatException e) {
        throw malformed(text, e);
      }
    }
    throw malformed(text, null);
  }

  private static BadParameterException malformed(String text, Exception cause) {
    return new BadParameterException(
        "voxelSize=" + text + " cannot be read: give x, y, z and unit, for example 5,5,5,nm.",
        cause);
  }

  /** Whether the lengths are real ones, not pixels. */
  public boolean isKnown() {
    return !unit.equals(UNKNOWN.unit);
  }
}
