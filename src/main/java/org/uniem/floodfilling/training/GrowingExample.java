package org.uniem.floodfilling.training;

import java.util.Arrays;

/**
 * An example while the network learns from it: the mask grown so far, and where the field of view
 * is. Not thread-safe.
 */
public final class GrowingExample {

  private final long number;
  private final TrainingExample example;
  private final Box field;
  private final FieldMoves moves;
  private final float[] mask;
  private int[] at;

  /**
   * Starts one.
   *
   * @param number of the example
   * @param example what is learnt
   * @param field of view, not larger than the example
   * @param moves a new sequence of moves
   * @param pad logit of voxels not seen yet
   * @param seed logit of the centre
   */
  public GrowingExample(
      long number, TrainingExample example, Box field, FieldMoves moves, float pad, float seed) {
    this.number = number;
    this.example = example;
    this.field = field;
    this.moves = moves;
    this.mask = new float[example.size().voxels()];
    Arrays.fill(mask, pad);
    mask[example.size().centre()] = seed;
    this.at = moves.next(this::logit);
  }

  /**
   * Goes on with one.
   *
   * @param mask of {@link #mask()}
   * @param at of {@link #at()}
   * @param moves restored ones
   */
  public GrowingExample(
      long number, TrainingExample example, Box field, FieldMoves moves, float[] mask, int[] at) {
    this.number = number;
    this.example = example;
    this.field = field;
    this.moves = moves;
    this.mask = mask.clone();
    this.at = at.clone();
  }

  private float logit(int x, int y, int z) {
    Box size = example.size();
    return mask[size.voxel(x + size.x() / 2, y + size.y() / 2, z + size.z() / 2)];
  }

  /** The number of the example. */
  public long number() {
    return number;
  }

  /** Whether there is nothing left to look at. */
  public boolean isDone() {
    return at.length == 0;
  }

  /** Offset of the field of view from the centre of the example; empty when done. */
  public int[] at() {
    return at.clone();
  }

  /** The mask, a copy. */
  public float[] mask() {
    return mask.clone();
  }

  /** State of the moves. */
  public int[] moves() {
    return moves.state();
  }

  /**
   * Copies what is in the field of view.
   *
   * @param images receives intensities
   * @param masks receives logits
   * @param targets receives probabilities
   * @param weights receives what a voxel counts
   * @param offset of the first value in each
   */
  public void look(float[] images, float[] masks, float[] targets, float[] weights, int offset) {
    copyRows(example.images(), images, offset);
    copyRows(mask, masks, offset);
    copyRows(example.targets(), targets, offset);
    copyRows(example.weights(), weights, offset);
  }

  private void copyRows(float[] from, float[] to, int offset) {
    for (int row = 0; row < field.y() * field.z(); row++) {
      System.arraycopy(from, start(row), to, offset + row * field.x(), field.x());
    }
  }

  /** First voxel in the example of a row of the field of view. */
  private int start(int row) {
    Box size = example.size();
    return size.voxel(
        at[0] + size.x() / 2 - field.x() / 2,
        at[1] + size.y() / 2 - field.y() / 2 + row % field.y(),
        at[2] + size.z() / 2 - field.z() / 2 + row / field.y());
  }

  /**
   * Takes over what the network made of the field of view, and moves on.
   *
   * @param logits the new mask
   * @param offset of the first value
   */
  public void learn(float[] logits, int offset) {
    for (int row = 0; row < field.y() * field.z(); row++) {
      System.arraycopy(logits, offset + row * field.x(), mask, start(row), field.x());
    }
    moves.looked(at[0], at[1], at[2], this::logit);
    at = moves.next(this::logit);
  }
}
