package org.uniem.volumes.omezarr;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Units of length by the names that OME-Zarr asks for and the symbols that ImageJ shows. */
enum LengthUnit {
  ANGSTROM("angstrom", 100, "Å", "Å", "A"),
  PICOMETER("picometer", 1, "pm"),
  NANOMETER("nanometer", 1e3, "nm"),
  MICROMETER("micrometer", 1e6, "µm", "μm", "um", "micron", "microns"),
  MILLIMETER("millimeter", 1e9, "mm"),
  CENTIMETER("centimeter", 1e10, "cm"),
  METER("meter", 1e12, "m"),
  INCH("inch", 2.54e10, "inch", "in");

  private final String fullName;
  // Whole numbers, so that ratios are exact.
  private final double picometers;
  private final List<String> symbols;

  LengthUnit(String fullName, double picometers, String... symbols) {
    this.fullName = fullName;
    this.picometers = picometers;
    this.symbols = List.of(symbols);
  }

  /** The unit of a name or symbol, empty where it is not known. */
  static Optional<LengthUnit> of(String name) {
    return Arrays.stream(values())
        .filter(
            unit ->
                unit.symbols.contains(name)
                    || unit.fullName.equalsIgnoreCase(name)
                    || unit.fullName.replace("meter", "metre").equalsIgnoreCase(name))
        .findFirst();
  }

  /** What a voxel size has for a unit of a file. */
  static String symbolOf(String name) {
    return of(name).map(unit -> unit.symbols.get(0)).orElse(name);
  }

  /** What a file has for the unit of a voxel size. */
  static String nameOf(String symbol) {
    return of(symbol).map(unit -> unit.fullName).orElse(symbol);
  }

  /** How many of another unit this one is. */
  double in(LengthUnit other) {
    return picometers / other.picometers;
  }
}
