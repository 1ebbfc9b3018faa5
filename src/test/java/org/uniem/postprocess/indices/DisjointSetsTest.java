package org.uniem.postprocess.indices;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DisjointSetsTest {

  @Test
  void theSmallestNumberOfASetIsItsRoot() {
    DisjointSets sets = new DisjointSets(6);
    sets.unite(5, 3);
    sets.unite(3, 1);
    sets.unite(4, 2);
    assertEquals(1, sets.root(5));
    assertTrue(sets.isRoot(0) && sets.isRoot(1) && sets.isRoot(2));
    assertFalse(sets.isRoot(3));
    assertEquals(6, sets.count());
    assertArrayEquals(new int[] {0, 1, 2, 1, 2, 1}, sets.roots());
  }

  @Test
  void joinKeepsTheRootThatIsNamed() {
    DisjointSets sets = new DisjointSets(3);
    sets.join(2, 0);
    assertEquals(2, sets.root(0));
    sets.join(1, 2);
    assertArrayEquals(new int[] {1, 1, 1}, sets.roots());
  }

  @Test
  void setsAreThoseOfATableThatIsRewrittenAtEachUnion() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] table = new int[200];
    DisjointSets sets = new DisjointSets(table.length);
    for (int i = 0; i < table.length; i++) {
      table[i] = i;
    }
    for (int union = 0; union < 150; union++) {
      int a = random.nextInt(table.length);
      int b = random.nextInt(table.length);
      sets.unite(a, b);
      int low = Math.min(table[a], table[b]);
      int high = Math.max(table[a], table[b]);
      for (int i = 0; i < table.length; i++) {
        table[i] = table[i] == high ? low : table[i];
      }
    }
    assertArrayEquals(table, sets.roots(), "seed " + seed);
  }
}
