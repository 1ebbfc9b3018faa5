package org.uniem.volumes;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Units of length: the words for them that files and people use, the symbols that are shown, and
 * the names that OME-Zarr asks for. Immutable.
 *
 * <p>Symbols are told apart by case as SI asks ("mm" and "Mm"); full names in singular and plural,
 * American and British, are not.
 *
 * <p>Source: the unit names of OME-NGFF 0.4, those of them that occur for images.
 */
public enum LengthUnit {
  /** 10⁻¹⁸ m. */
  ATTOMETER("attometer", "1e-18", "am"),
  /** 10⁻¹⁵ m. */
  FEMTOMETER("femtometer", "1e-15", "fm"),
  /** 10⁻¹² m. */
  PICOMETER("picometer", "1e-12", "pm"),
  /** 10⁻¹⁰ m. */
  ANGSTROM("angstrom", "1e-10", "\u00c5", "A", "Ang", "Angstroem", "ang."),
  /** 10⁻⁹ m. */
  NANOMETER("nanometer", "1e-9", "nm", "nano", "nanos"),
  /** 10⁻⁶ m. */
  MICROMETER(
      "micrometer", "1e-6", "\u00b5m", "um", "micron", "mikron", "mikrometer", "\u00b5", "u", "mu"),
  /** 10⁻³ m. */
  MILLIMETER("millimeter", "1e-3", "mm"),
  /** 10⁻² m. */
  CENTIMETER("centimeter", "1e-2", "cm", "zentimeter"),
  /** 10⁻¹ m. */
  DECIMETER("decimeter", "1e-1", "dm", "dezimeter"),
  /** 1 m. */
  METER("meter", "1", "m"),
  /** 10³ m. */
  KILOMETER("kilometer", "1e3", "km"),
  /** 0.0254 m. */
  INCH("inch", "0.0254", "inch", "in", "inches", "\"", "\u2033"),
  /** 0.3048 m. */
  FOOT("foot", "0.3048", "ft", "feet"),
  /** 0.9144 m. */
  YARD("yard", "0.9144", "yd");

  /** What stands for no unit, letters and digits alone. */
  private static final Set<String> NO_UNIT =
      Set.of(
          "",
          "pixel",
          "pixels",
          "pixelunit",
          "pixelunits",
          "px",
          "pxs",
          "pix",
          "pxl",
          "pel",
          "voxel",
          "voxels",
          "vox",
          "vx",
          "none",
          "nounit",
          "null",
          "nil",
          "nan",
          "na",
          "unknown",
          "undefined",
          "unspecified",
          "uncalibrated",
          "unitless",
          "dimensionless",
          "referenceframe",
          "1");

  private final String fullName;
  private final BigDecimal meters;
  private final List<String> words;

  /**
   * @param words the symbol that is shown, then other spellings
   */
  LengthUnit(String fullName, String meters, String... words) {
    this.fullName = fullName;
    this.meters = new BigDecimal(meters);
    this.words = List.of(words);
  }

  /**
   * The unit of a word: a symbol, or a name in any spelling, singular or plural.
   *
   * @param word for example {@code "nm"}, {@code "Nanometers"} or {@code "micron"}; may be null
   * @return empty for words that are no known unit of length, those for pixels among them
   */
  public static Optional<LengthUnit> of(String word) {
    String symbol = plain(word);
    Optional<LengthUnit> exact =
        Arrays.stream(values()).filter(unit -> unit.isSymbol(symbol)).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    String name = nameLetters(symbol);
    return Arrays.stream(values()).filter(unit -> unit.isName(name)).findFirst();
  }

  /**
   * Whether a word says that there is no unit: empty, or one for pixels or voxels.
   *
   * @param word may be null
   */
  public static boolean isNone(String word) {
    String symbol = plain(word);
    return NO_UNIT.contains(nameLetters(symbol)) && of(symbol).isEmpty();
  }

  /**
   * How a unit is shown and kept: the symbol of a unit of length, {@code "pixel"} for none, and
   * another word as it is.
   *
   * @param word as in {@link #of}
   */
  public static String symbolOf(String word) {
    return of(word).map(LengthUnit::symbol).orElseGet(() -> isNone(word) ? "pixel" : word.strip());
  }

  /** The symbol, with the micro sign U+00B5 and the letter U+00C5: {@code "µm"}, {@code "Å"}. */
  public String symbol() {
    return words.get(0);
  }

  /** The symbol in ASCII: {@code "um"}, {@code "angstrom"}. */
  public String plainSymbol() {
    return switch (this) {
      case MICROMETER -> "um";
      case ANGSTROM -> fullName;
      default -> symbol();
    };
  }

  /** The name in OME-Zarr, American and in singular: {@code "micrometer"}. */
  public String fullName() {
    return fullName;
  }

  /**
   * A length of this unit in another one; decimal digits stay as they are, so that 0.0057 µm are
   * 5.7 nm.
   *
   * @param length any number; what is not finite stays as it is
   */
  public double convert(double length, LengthUnit other) {
    if (this == other || !Double.isFinite(length)) {
      return length;
    }
    return BigDecimal.valueOf(length)
        .multiply(meters)
        .divide(other.meters, MathContext.DECIMAL64)
        .doubleValue();
  }

  private boolean isSymbol(String word) {
    // Capitals alone are a habit of some programs; a single one could be a prefix.
    return words.stream()
        .map(LengthUnit::plain)
        .anyMatch(known -> known.equals(word) || word.length() > 1 && isCapitals(known, word));
  }

  private static boolean isCapitals(String known, String word) {
    return word.equals(known.toUpperCase(Locale.ROOT));
  }

  private boolean isName(String word) {
    String singular = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    return singular.equals(fullName)
        || singular.replace("metre", "meter").equals(fullName)
        || words.stream()
            .filter(known -> known.length() > 2)
            .map(LengthUnit::nameLetters)
            .anyMatch(known -> known.equals(singular) || known.equals(word));
  }

  /**
   * One code point for each letter, without blanks, brackets and "per pixel" around it. Some
   * letters have several: micro is U+00B5 or U+03BC, Å U+00C5, U+212B or A with a ring.
   */
  private static String plain(String word) {
    if (word == null) {
      return "";
    }
    String one = Normalizer.normalize(word, Normalizer.Form.NFKC).replace("\0", "").strip();
    if (one.matches("[(\\[].*[)\\]]")) {
      one = one.substring(1, one.length() - 1).strip();
    }
    return one.replaceFirst("(?i)(?<=\\p{L})\\s*(/|\\bper\\b)\\s*(px|pixel|vx|voxel)$", "");
  }

  /** A name in small letters without accents, blanks, hyphens and dots. */
  private static String nameLetters(String word) {
    return Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
        .replace('\u00f8', 'o')
        .replaceAll("[^\\p{L}\\p{Nd}\"\u2033/^*]", "");
  }
}
