package org.uniem.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LengthUnitTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nm",
        "NM",
        " nm ",
        "nanometer",
        "nanometers",
        "Nanometre",
        "NANOMETRES",
        "nano-meter",
        "nano meters",
        "(nm)",
        "[nm]",
        "nm/pixel",
        "nm per px",
        "nanom\u00e8tre",
        "nm\0"
      })
  void spellingsOfNanometersAreOneUnit(String word) {
    assertEquals(Optional.of(LengthUnit.NANOMETER), LengthUnit.of(word));
    assertEquals("nm", LengthUnit.symbolOf(word));
    assertEquals("nm", new VoxelSize(4, 4, 40, word).unit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00b5m",
        "\u03bcm",
        "um",
        "UM",
        "micron",
        "Microns",
        "micrometer",
        "micrometers",
        "micrometre",
        "Micrometres",
        "micro-meter",
        "microm\u00e8tre",
        "Mikrometer",
        "\u00b5",
        "u"
      })
  void spellingsOfMicrometersAreOneUnit(String word) {
    assertEquals("\u00b5m", LengthUnit.symbolOf(word));
    assertEquals("micrometer", LengthUnit.of(word).orElseThrow().fullName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00c5",
        "\u212b",
        "A\u030a",
        "A",
        "angstrom",
        "Angstroms",
        "\u00c5ngstr\u00f6m",
        "\u212bngstr\u00f6m",
        "\u00e5ngstr\u00f6ms",
        "\u00c5ngstr\u00f8m",
        "Angstroem",
        "ANGSTROM"
      })
  void spellingsOfAngstromAreOneUnit(String word) {
    assertEquals("\u00c5", LengthUnit.symbolOf(word));
    assertEquals("angstrom", LengthUnit.of(word).orElseThrow().fullName());
  }

  @ParameterizedTest
  @CsvSource({
    "in, inch",
    "inches, inch",
    "Inch, inch",
    "pm, pm",
    "picometres, pm",
    "mm, mm",
    "millimeters, mm",
    "cm, cm",
    "Centimetre, cm",
    "m, m",
    "Meters, m",
    "metre, m",
    "km, km",
    "feet, ft",
    "foot, ft",
    "yards, yd"
  })
  void otherUnitsAreKnownByNameAndSymbol(String word, String symbol) {
    assertEquals(symbol, LengthUnit.symbolOf(word));
    assertEquals(LengthUnit.of(word), LengthUnit.of(symbol));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "pixel",
        "pixels",
        "Pixels",
        "px",
        "PX",
        "pix",
        "voxel",
        "Voxels",
        "vx",
        "none",
        "null",
        "unknown",
        "reference frame",
        "(pixel)",
        "1",
        "-"
      })
  void wordsForPixelsAreNoUnit(String word) {
    assertTrue(LengthUnit.isNone(word));
    assertTrue(LengthUnit.of(word).isEmpty());
    assertEquals("pixel", LengthUnit.symbolOf(word));
    assertFalse(new VoxelSize(2, 2, 2, word).isKnown());
  }

  @Test
  void noWordIsNoUnit() {
    assertTrue(LengthUnit.isNone(null));
    assertEquals("pixel", LengthUnit.symbolOf(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sec",
        "1/nm",
        "nm^2",
        "nm\u00b2",
        "gray value",
        "Mm",
        "M",
        "furlong",
        "mmm",
        "ms",
        "s",
        "meterstick",
        "1/pixel",
        "dpi",
        "m/s"
      })
  void otherWordsStayAsTheyAre(String word) {
    assertTrue(LengthUnit.of(word).isEmpty(), word);
    assertFalse(LengthUnit.isNone(word));
    assertEquals(word, LengthUnit.symbolOf(word));
    assertTrue(new VoxelSize(1, 1, 1, word).lengthUnit().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "0.04, micron, nm, 40",
    "0.0057, micron, nm, 5.7",
    "0.0046, um, nm, 4.6",
    "4.6, nm, um, 0.0046",
    "81.2, Angstrom, nm, 8.12",
    "1, inch, mm, 25.4",
    "25.4, mm, inch, 1",
    "5e-7, cm, nm, 5",
    "3, ft, yd, 1",
    "7, km, am, 7e21",
    "7e21, am, km, 7"
  })
  void decimalDigitsOfConvertedLengthsStay(double length, String from, String to, double expected) {
    assertEquals(
        expected, LengthUnit.of(from).orElseThrow().convert(length, LengthUnit.of(to).get()));
  }

  @Test
  void whatIsNotFiniteIsNotConverted() {
    assertTrue(Double.isNaN(LengthUnit.METER.convert(Double.NaN, LengthUnit.INCH)));
    assertEquals(
        Double.POSITIVE_INFINITY,
        LengthUnit.METER.convert(Double.POSITIVE_INFINITY, LengthUnit.INCH));
  }

  @Test
  void eachUnitIsFoundByItsOwnNames() {
    for (LengthUnit unit : LengthUnit.values()) {
      assertEquals(Optional.of(unit), LengthUnit.of(unit.symbol()));
      assertEquals(Optional.of(unit), LengthUnit.of(unit.fullName()));
      assertEquals(Optional.of(unit), LengthUnit.of(unit.name().toLowerCase(Locale.ROOT)));
      assertEquals(Optional.of(unit), LengthUnit.of(unit.fullName().replace("meter", "metres")));
    }
  }

  @Test
  void plainSymbolsAreAsciiAndReadAgain() {
    for (LengthUnit unit : LengthUnit.values()) {
      assertTrue(unit.plainSymbol().chars().allMatch(c -> c < 128), unit.plainSymbol());
      assertEquals(Optional.of(unit), LengthUnit.of(unit.plainSymbol()));
    }
    assertEquals("um", new VoxelSize(1, 1, 1, "micron").plainUnit());
    assertEquals("pixel", VoxelSize.UNKNOWN.plainUnit());
  }
}
