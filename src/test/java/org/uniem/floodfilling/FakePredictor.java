package org.uniem.floodfilling;

import java.util.concurrent.atomic.AtomicInteger;

/** A network of few voxels whose answer for each voxel is given by a function. */
public class FakePredictor implements MaskPredictor {

  /** What the network says of one voxel; a little less of those farther from the centre. */
  public interface Answer {
    float logit(float image, float centreImage, float mask);
  }

  private static final float LESS_PER_VOXEL = 1 / 1024f;

  private final int[] field;
  private final int[] deltas;
  private final Answer answer;
  public final AtomicInteger calls = new AtomicInteger();
  public final AtomicInteger fields = new AtomicInteger();

  public FakePredictor(int[] field, int[] deltas, Answer answer) {
    this.field = field;
    this.deltas = deltas;
    this.answer = answer;
  }

  /** Knows the objects: they have intensities of their own. */
  public static FakePredictor ofIntensities(int edge, int delta) {
    return new FakePredictor(
        new int[] {edge, edge, edge},
        new int[] {delta, delta, delta},
        (image, centre, mask) -> image == centre ? 4 : -4);
  }

  /** Says anything, but always the same of the same voxels: objects grow into each other. */
  public static FakePredictor chaotic() {
    return new FakePredictor(
        new int[] {5, 7, 3},
        new int[] {1, 2, 1},
        (image, centre, mask) -> {
          int hash = Float.hashCode(image) * 31 + Float.hashCode(mask);
          hash = (hash ^ (hash >>> 15)) * 0x2c1b3c6d;
          hash = (hash ^ (hash >>> 12)) * 0x297a2d39;
          int chance = (hash ^ (hash >>> 15)) & 0xFF;
          if (chance < 7 || mask > 2 && chance < 240) {
            return 3;
          }
          return chance < 120 ? 1 : mask - chance / 1024f;
        });
  }

  @Override
  public int[] fieldOfView() {
    return field.clone();
  }

  @Override
  public int[] deltas() {
    return deltas.clone();
  }

  @Override
  public float[] predict(float[] images, float[] masks, int n) {
    calls.incrementAndGet();
    fields.addAndGet(n);
    int voxels = field[0] * field[1] * field[2];
    float[] logits = new float[n * voxels];
    for (int i = 0; i < n * voxels; i++) {
      float centre = images[i / voxels * voxels + voxels / 2];
      logits[i] = answer.logit(images[i], centre, masks[i]) - LESS_PER_VOXEL * away(i % voxels);
    }
    return logits;
  }

  private int away(int voxel) {
    return Math.abs(voxel % field[0] - field[0] / 2)
        + Math.abs(voxel / field[0] % field[1] - field[1] / 2)
        + Math.abs(voxel / field[0] / field[1] - field[2] / 2);
  }

  @Override
  public void close() {}
}
