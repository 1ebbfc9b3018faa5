package org.uniem.networks.floodfilling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.training.Box;
import org.uniem.floodfilling.training.ExampleSource;
import org.uniem.floodfilling.training.FieldMoves;
import org.uniem.floodfilling.training.FixedMoves;
import org.uniem.floodfilling.training.FollowingMoves;
import org.uniem.floodfilling.training.GrowingExample;
import org.uniem.floodfilling.training.TrainingExample;
import org.uniem.networks.Weights;

/**
 * The examples that are learnt from at a time, each at a place of its own in its moves. Not
 * thread-safe.
 */
final class GrowingBatch {

  /** Numbers above 2²⁴ are not exact in 32-bit floats. */
  private static final long DIGIT = 1 << 20;

  private final MaskTrainingOptions options;
  private final Supplier<FieldMoves> moves;
  private final Box field;
  private final float pad;
  private final float seed;
  private final GrowingExample[] slots;
  private long next;

  /** Starts with no examples. */
  GrowingBatch(MaskTrainingOptions options) {
    this.options = options;
    this.field = options.field();
    this.pad = FillingOptions.logit(options.settings().padProbability());
    this.seed = FillingOptions.logit(options.settings().seedProbability());
    this.slots = new GrowingExample[options.update().batch()];
    float threshold = FillingOptions.logit(options.settings().moveThreshold());
    int far = options.movement().moves();
    List<int[]> grid = FixedMoves.grid(options.deltas(), far, options.seed());
    this.moves =
        options.movement().following()
            ? () -> new FollowingMoves(options.deltas(), far, threshold)
            : () -> new FixedMoves(grid, threshold);
  }

  /** The number of the example that is needed next. */
  long next() {
    return next;
  }

  /**
   * Gives each slot something to look at and copies it.
   *
   * @param examples gives the example of a number; they are asked for in order
   * @param batch receives what the network shall see
   */
  void fill(LongFunction<TrainingExample> examples, MaskTrainingGraph.Batch batch) {
    for (int i = 0; i < slots.length; i++) {
      while (slots[i] == null || slots[i].isDone()) {
        // Counted only once it is there: waiting for it may be cancelled.
        TrainingExample example = examples.apply(next);
        slots[i] = new GrowingExample(next, example, field, moves.get(), pad, seed);
        next++;
      }
      slots[i].look(
          batch.images(), batch.masks(), batch.targets(), batch.weights(), i * field.voxels());
    }
  }

  /** Takes over the new masks and moves on. */
  void learn(float[] masks) {
    for (int i = 0; i < slots.length; i++) {
      slots[i].learn(masks, i * field.voxels());
    }
  }

  /** All that must be known to go on later. */
  Map<String, Weights.Tensor> state() {
    Map<String, Weights.Tensor> state = new LinkedHashMap<>();
    put(state, "examples/next", number(next));
    for (int i = 0; i < slots.length && slots[i] != null; i++) {
      put(state, "examples/" + i + "/number", number(slots[i].number()));
      put(state, "examples/" + i + "/mask", slots[i].mask());
      put(state, "examples/" + i + "/at", floats(slots[i].at()));
      put(state, "examples/" + i + "/moves", floats(slots[i].moves()));
    }
    return state;
  }

  /** Goes on from a state; makes the examples in it anew. */
  void restore(Weights state, ExampleSource source) {
    next = number(state.get("examples/next").values());
    for (int i = 0; i < slots.length; i++) {
      if (state.contains("examples/" + i + "/number")) {
        long number = number(state.get("examples/" + i + "/number").values());
        FieldMoves restored = moves.get();
        restored.restore(ints(state.get("examples/" + i + "/moves").values()));
        slots[i] =
            new GrowingExample(
                number,
                source.example(number),
                options.field(),
                restored,
                state.get("examples/" + i + "/mask").values(),
                ints(state.get("examples/" + i + "/at").values()));
      }
    }
  }

  private static void put(Map<String, Weights.Tensor> state, String name, float... values) {
    state.put(name, new Weights.Tensor(new int[] {values.length}, values));
  }

  private static float[] number(long value) {
    return new float[] {value / DIGIT, value % DIGIT};
  }

  private static long number(float[] digits) {
    return (long) digits[0] * DIGIT + (long) digits[1];
  }

  private static float[] floats(int[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
    return floats;
  }

  private static int[] ints(float[] values) {
    int[] ints = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      ints[i] = (int) values[i];
    }
    return ints;
  }
}
