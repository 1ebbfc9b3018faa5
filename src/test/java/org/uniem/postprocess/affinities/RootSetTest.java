package org.uniem.postprocess.affinities;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RootSetTest {

  @Test
  void actsAsAHashSet() {
    long seed = new Random().nextLong();
    System.out.println("RootSetTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int range = 1 + random.nextInt(60);
      int[] set = null;
      Set<Integer> expected = new HashSet<>();
      for (int step = 0; step < 300; step++) {
        int root = random.nextInt(range) * 16;
        if (set == null || random.nextInt(5) < 3) {
          set = RootSet.add(set, root);
          expected.add(root);
        } else {
          set = RootSet.remove(set, root);
          expected.remove(root);
        }
        assertEquals(expected.contains(root), RootSet.contains(set, root));
        assertEquals(expected.size(), RootSet.size(set));
      }
      Set<Integer> visited = new HashSet<>();
      for (int slot = RootSet.next(set, 0); slot > 0; slot = RootSet.next(set, slot)) {
        visited.add(RootSet.root(set, slot));
      }
      assertEquals(expected, visited);
    }
    assertEquals(0, RootSet.size(null));
  }
}
