package org.uniem.volumes;

import java.util.Optional;
import org.uniem.job.BadParameterException;

/**
 * Edge lengths of a voxel.
 *
 * @param x along x, positive
 * @param y along y, positive
 * @param z along z, positive
 * @param unit of the lengths, for example {@code "nm"}; any spelling of a {@link LengthUnit}
 *     becomes its symbol, and {@code "pixel"} stands where nothing is known
 */
public record VoxelSize(double x, double y, double z, String unit) {

  /** One by one by one pixel: nothing is known. */
  public static final VoxelSize UNKNOWN = new VoxelSize(1, 1, 1, "pixel");

  public VoxelSize {
    unit = LengthUnit.symbolOf(unit);
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
   * @param text edge lengths along x, y and z and the unit, separated by commas: {@code
   *     "5,5,5,nm"}; {@code pixel} for lengths without one
   * @throws BadParameterException if the text is anything else, or the unit not known
   */
  public static VoxelSize parse(String text) {
    String[] parts = text.trim().split("\\s*,\\s*", -1);
    if (parts.length == 4 && !parts[3].isEmpty()) {
      try {
        double x = Double.parseDouble(parts[0]);
        double y = Double.parseDouble(parts[1]);
        requireUnit(text, parts[3]);
        return new VoxelSize(x, y, Double.parseDouble(parts[2]), parts[3]);
      } catch (NumberFormatException e) {
        throw malformed(text, e);
      }
    }
    throw malformed(text, null);
  }

  private static void requireUnit(String text, String unit) {
    if (LengthUnit.of(unit).isEmpty() && !LengthUnit.isNone(unit)) {
      throw new BadParameterException(
          "voxelSize="
              + text
              + " has an unknown unit: expected one of length, for example nm, µm, Å or mm, or"
              + " pixel where it is not known, found "
              + unit
              + ".");
    }
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

  /** The unit of length, empty for pixels and for words that are none. */
  public Optional<LengthUnit> lengthUnit() {
    return LengthUnit.of(unit);
  }
}
