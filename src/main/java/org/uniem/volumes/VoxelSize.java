package org.uniem.volumes;

import com.google.gson.annotations.JsonAdapter;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;

/**
 * Edge lengths of a voxel. Immutable. As JSON an object of its parts, z null where it is not known.
 *
 * @param x along x, positive
 * @param y along y, positive
 * @param z along z, positive; NaN where the file does not say, see {@link #ofPlane}
 * @param unit of the lengths, for example {@code "nm"}; any spelling of a {@link LengthUnit}
 *     becomes its symbol, and {@code "pixel"} stands where nothing is known
 */
@JsonAdapter(VoxelSizeJson.class)
public record VoxelSize(double x, double y, double z, String unit) {

  /** One by one by one pixel: nothing is known. */
  public static final VoxelSize UNKNOWN = new VoxelSize(1, 1, 1, "pixel");

  public VoxelSize {
    unit = LengthUnit.symbolOf(unit);
    if (!(x > 0 && y > 0 && (z > 0 || Double.isNaN(z)))
        || Double.isInfinite(x)
        || Double.isInfinite(y)
        || Double.isInfinite(z)) {
      throw impossible(x, y, z);
    }
  }

  private static BadParameterException impossible(double x, double y, double z) {
    return new BadParameterException(
        "Voxel size " + x + " x " + y + " x " + z + " is not possible: give positive numbers.");
  }

  /**
   * The size of pixels in slices whose distance is not known, as in files that have a resolution
   * but nothing on their third axis.
   *
   * @param x along x, positive
   * @param y along y, positive
   * @param unit of the lengths; for pixels the depth is one too
   */
  public static VoxelSize ofPlane(double x, double y, String unit) {
    return new VoxelSize(x, y, LengthUnit.isNone(unit) ? 1 : Double.NaN, unit);
  }

  /**
   * The size that a file notes axis by axis, in the unit of x. What is no positive number is not
   * known, nor is a length whose unit cannot be converted.
   *
   * @param x along x; without it or its unit nothing is known
   * @param unitX a word for the unit, or for none
   * @param y along y; without it nothing is known
   * @param z along z; without it the size is {@link #ofPlane}
   */
  public static VoxelSize ofAxes(
      double x, String unitX, double y, String unitY, double z, String unitZ) {
    double height = length(y, unitY, unitX);
    if (LengthUnit.isNone(unitX) || Double.isNaN(length(x, unitX, unitX)) || Double.isNaN(height)) {
      return UNKNOWN;
    }
    return new VoxelSize(x, height, length(z, unitZ, unitX), unitX);
  }

  private static double length(double length, String from, String to) {
    if (!(length > 0) || Double.isInfinite(length)) {
      return Double.NaN;
    }
    if (LengthUnit.symbolOf(from).equals(LengthUnit.symbolOf(to))) {
      return length;
    }
    return LengthUnit.of(from)
        .flatMap(unit -> LengthUnit.of(to).map(other -> unit.convert(length, other)))
        .orElse(Double.NaN);
  }

  /** Whether the length along z is known. */
  public boolean hasDepth() {
    return !Double.isNaN(z);
  }

  /**
   * The length along z.
   *
   * @throws BadInputException if it is not known: nothing that is measured may rest on a guess
   */
  @Override
  public double z() {
    if (!hasDepth()) {
      throw new BadInputException(
          "The voxel size along z is not known: the images say "
              + x
              + " x "
              + y
              + " "
              + unit
              + " along x and y, nothing of the distance between slices. Give all three, for"
              + " example voxelSize="
              + x
              + ","
              + y
              + ",…,"
              + unit
              + ", the third instead of the dots.");
    }
    return z;
  }

  /**
   * The length along z, or another where it is not known, for pictures alone.
   *
   * @param unknown takes its place
   */
  public double zOr(double unknown) {
    return hasDepth() ? z : unknown;
  }

  /**
   * The same size in another unit.
   *
   * @return empty where one of the units is none of length and they differ
   */
  public Optional<VoxelSize> in(String otherUnit) {
    if (unit.equals(LengthUnit.symbolOf(otherUnit))) {
      return Optional.of(this);
    }
    Optional<LengthUnit> to = LengthUnit.of(otherUnit);
    return lengthUnit()
        .flatMap(
            from ->
                to.map(
                    other ->
                        new VoxelSize(
                            from.convert(x, other),
                            from.convert(y, other),
                            from.convert(z, other),
                            otherUnit)));
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
        double z = Double.parseDouble(parts[2]);
        if (Double.isNaN(z)) {
          throw impossible(x, y, z);
        }
        return new VoxelSize(x, y, z, parts[3]);
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

  /**
   * The unit in letters that every program reads, for the names of columns and lines of other
   * files: {@code "um"} for µm and {@code "angstrom"} for Å.
   */
  public String plainUnit() {
    return lengthUnit().map(LengthUnit::plainSymbol).orElse(unit);
  }

  /** The unit of length, empty for pixels and for words that are none. */
  public Optional<LengthUnit> lengthUnit() {
    return LengthUnit.of(unit);
  }
}
