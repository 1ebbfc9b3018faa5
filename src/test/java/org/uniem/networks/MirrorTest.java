package org.uniem.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MirrorTest {

  @Test
  void endsAreNotRepeated() {
    int[] expected = {1, 2, 1, 0, 1, 2, 1, 0};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], Mirror.index(i - 3, 3));
      assertEquals((long) expected[i], Mirror.index(i - 3L, 3L));
    }
  }

  @Test
  void aSinglePositionStandsForAll() {
    assertEquals(0, Mirror.index(-5, 1));
    assertEquals(0L, Mirror.index(7L, 1L));
  }
}
