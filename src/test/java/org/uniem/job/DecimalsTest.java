package org.uniem.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {

  @Test
  void digitsStayWhateverTheSize() {
    assertEquals("0", Decimals.of(0));
    assertEquals("0", Decimals.of(-0.0));
    assertEquals("18", Decimals.of(18));
    assertEquals("-2.5", Decimals.of(-2.5));
    assertEquals("0.1", Decimals.of(0.1));
    assertEquals("0.333333333", Decimals.of(1 / 3.0));
    assertEquals("123456.789", Decimals.of(123456.789));
    assertEquals("1234567890", Decimals.of(1234567891.4));
    assertEquals("0.000123", Decimals.of(1.23e-4));
    assertEquals("4.5E-8", Decimals.of(4.5e-8));
    assertEquals("6.4E-26", Decimals.of(6.4e-26));
    assertEquals("1E-9", Decimals.of(1e-9));
    assertEquals("1E15", Decimals.of(1e15));
    assertEquals("-1.25E300", Decimals.of(-1.25e300));
    assertEquals("0.8", Decimals.of(0.8f, 6));
    assertEquals("NaN", Decimals.of(Double.NaN));
  }

  @Test
  void numbersComeBackWithinHalfABillionthInEveryLanguage() {
    Locale before = Locale.getDefault();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try {
      Locale.setDefault(Locale.GERMANY);
      for (int i = 0; i < 2000; i++) {
        double value = random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
        double back = Double.parseDouble(Decimals.of(value));
        assertEquals(value, back, 5.1e-9 * Math.abs(value), "seed " + seed);
      }
    } finally {
      Locale.setDefault(before);
    }
  }
}
