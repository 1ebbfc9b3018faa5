package org.uniem.floodfilling.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GrowingExampleTest {

  private static final Box FIELD = new Box(5, 5, 3);
  private static final Box DELTAS = new Box(2, 2, 1);
  private static final Box SIZE = FIELD.plus(2, DELTAS);
  private static final float PAD = -3;
  private static final float SEED = 3;
  private static final float MOVE = 2;

  private static TrainingExample example() {
    float[] images = new float[SIZE.voxels()];
    for (int i = 0; i < images.length; i++) {
      images[i] = i;
    }
    return new TrainingExample(SIZE, images, images.clone(), images.clone());
  }

  /** A network that finds all voxels of x ≥ the centre of the example likely. */
  private static List<String> walk(GrowingExample growing, int steps) {
    List<String> walked = new ArrayList<>();
    int n = FIELD.voxels();
    for (int step = 0; step < steps && !growing.isDone(); step++) {
      int[] at = growing.at();
      walked.add(Arrays.toString(at));
      float[] images = new float[n + 2];
      float[] masks = new float[n + 2];
      growing.look(images, masks, new float[n + 2], new float[n + 2], 1);
      assertEquals(0, images[0]);
      for (int i = 1; i <= n; i++) {
        int x = (int) images[i] % SIZE.x();
        masks[i] = x >= SIZE.x() / 2 ? 5 + 0.001f * i : -5;
      }
      growing.learn(masks, 1);
    }
    return walked;
  }

  private static GrowingExample start(FieldMoves moves) {
    return new GrowingExample(4, example(), FIELD, moves, PAD, SEED);
  }

  @Test
  void fieldOfViewIsCutWhereItIs() {
    GrowingExample growing = start(new FixedMoves(FixedMoves.grid(DELTAS, 1, 1), MOVE));
    float[] images = new float[FIELD.voxels()];
    float[] masks = new float[FIELD.voxels()];
    growing.look(images, masks, new float[FIELD.voxels()], new float[FIELD.voxels()], 0);
    assertEquals(SIZE.centre(), images[FIELD.centre()]);
    assertEquals(SIZE.centre() + 1, images[FIELD.centre() + 1]);
    assertEquals(SIZE.voxel(2, 2, 1), images[0]);
    assertEquals(SEED, masks[FIELD.centre()]);
    assertEquals(PAD, masks[0]);
  }

  @Test
  void fixedMovesVisitTheLikelyOffsetsOnceInTheirOrder() {
    List<int[]> grid = FixedMoves.grid(DELTAS, 1, 6);
    assertEquals(27, grid.size());
    assertArrayEquals(new int[3], grid.get(0));
    List<String> walked = walk(start(new FixedMoves(grid, MOVE)), 100);
    List<String> expected =
        grid.stream().filter(offset -> offset[0] >= 0).map(Arrays::toString).toList();
    assertEquals(expected, walked);
  }

  @Test
  void followingMovesGoWhereTheMaskGoes() {
    List<String> walked = walk(start(new FollowingMoves(DELTAS, 1, MOVE)), 100);
    assertEquals("[0, 0, 0]", walked.get(0));
    Set<String> places = new HashSet<>(walked);
    assertEquals(walked.size(), places.size());
    assertEquals(4, walked.size(), walked.toString());
    for (String place : places) {
      assertFalse(place.startsWith("[-2"), place);
    }
  }

  @Test
  void likeliestFaceComesFirst() {
    FollowingMoves moves = new FollowingMoves(DELTAS, 1, MOVE);
    float[] logits = new float[SIZE.voxels()];
    FieldMoves.Mask mask =
        (x, y, z) -> {
          if (x == 2 && y == 1 && z == 0) {
            return 4;
          }
          return x == -1 && y == 0 && z == 1 ? 6 : logits[0];
        };
    assertArrayEquals(new int[3], moves.next((x, y, z) -> SEED));
    moves.looked(0, 0, 0, mask);
    assertArrayEquals(new int[] {-1, 0, 1}, moves.next(mask));
    assertArrayEquals(new int[] {2, 1, 0}, moves.next(mask));
    assertEquals(0, moves.next(mask).length);
  }

  @Test
  void interruptedExampleGoesOnAsIfNothingHadHappened() {
    for (boolean following : new boolean[] {false, true}) {
      List<int[]> grid = FixedMoves.grid(DELTAS, 1, 6);
      Supplier<FieldMoves> moves =
          () -> following ? new FollowingMoves(DELTAS, 1, MOVE) : new FixedMoves(grid, MOVE);
      List<String> whole = walk(start(moves.get()), 100);
      GrowingExample first = start(moves.get());
      List<String> parts = new ArrayList<>(walk(first, 4));
      FieldMoves restored = moves.get();
      restored.restore(first.moves());
      GrowingExample second =
          new GrowingExample(4, example(), FIELD, restored, first.mask(), first.at());
      parts.addAll(walk(second, 100));
      assertEquals(whole, parts);
      assertEquals(4, second.number());
    }
  }
}
