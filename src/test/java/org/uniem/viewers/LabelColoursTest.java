package org.uniem.viewers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelColoursTest {

  @Test
  void firstIdsHaveColoursOfTheirOwnThatAreNotGrey() {
    Set<Integer> seen = new HashSet<>();
    for (long id = 1; id <= LabelColours.COUNT; id++) {
      int rgb = LabelColours.of(id);
      assertTrue(seen.add(rgb), "id " + id);
      int red = rgb >> 16 & 255;
      int green = rgb >> 8 & 255;
      int blue = rgb & 255;
      int spread = Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
      assertTrue(spread >= 40, Integer.toHexString(rgb));
    }
  }

  @Test
  void backgroundIsBlackAndLargeIdsAreSpread() {
    assertEquals(0, LabelColours.of(0));
    Set<Integer> seen = new HashSet<>();
    for (long id = 1L << 40; id < (1L << 40) + 64; id++) {
      seen.add(LabelColours.of(id));
    }
    assertTrue(seen.size() > 40, "only " + seen.size() + " colours for 64 neighbouring ids");
    assertNotEquals(0, LabelColours.of(Long.MIN_VALUE));
  }
}
