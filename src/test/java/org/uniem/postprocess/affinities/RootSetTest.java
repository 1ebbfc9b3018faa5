package org.uniem.postprocess.affinities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RootSetTest {

  @Test
  void actsAsAHashSetThatMayForgetWhatIsNoRoot() {
    long seed = new Random().nextLong();
    System.out.println("RootSetTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int range = 1 + random.nextInt(60);
      int[] parent = new int[16 * range];
      Arrays.setAll(parent, voxel -> voxel);
      int[] set = null;
      Set<Integer> expected = new HashSet<>();
      Set<Integer> added = new HashSet<>();
      for (int step = 0; step < 300; step++) {
        int root = random.nextInt(range) * 16;
        if (random.nextInt(5) < 3) {
          parent[root] = root;
          set = RootSet.add(set, root, voxel -> parent[voxel] == voxel);
          expected.add(root);
          added.add(root);
          assertTrue(RootSet.contains(set, root));
        } else if (!added.contains(root)) {
          assertFalse(RootSet.contains(set, root));
        } else if (random.nextInt(3) == 0) {
          parent[root] = root + 1;
          expected.remove(root);
        }
      }
      Set<Integer> visited = new HashSet<>();
      int size = 0;
      for (int slot = RootSet.next(set, 0); slot > 0; slot = RootSet.next(set, slot)) {
        size++;
        if (parent[RootSet.root(set, slot)] == RootSet.root(set, slot)) {
          visited.add(RootSet.root(set, slot));
        }
      }
      assertEquals(expected, visited);
      assertEquals(size, RootSet.size(set));
    }
    assertEquals(0, RootSet.size(null));
    assertFalse(RootSet.contains(null, 0));
  }

  @Test
  void whatIsNoRootMakesRoomForRoots() {
    int[] parent = new int[1000];
    int[] set = null;
    for (int root = 0; root < 1000; root++) {
      parent[root] = root;
      set = RootSet.add(set, root, voxel -> parent[voxel] == voxel);
      parent[root] = 0;
    }
    assertTrue(set.length < 10, "array of " + set.length);
  }
}
