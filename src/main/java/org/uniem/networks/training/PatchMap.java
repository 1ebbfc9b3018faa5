package org.uniem.networks.training;

import java.util.SplittableRandom;
import org.uniem.networks.Mirror;

/**
 * Where each pixel of a square patch comes from in a slice; one map serves label, image and all
 * context slices. Outside the bounds the image is mirrored and the label is unlabelled.
 *
 * <p>Immutable once made. Flips and quarter turns alone move whole pixels and are exact; scaling,
 * free rotation and elastic displacement interpolate.
 */
final class PatchMap {

  private static final double WARPED_SHARE = 0.5;

  private final int size;
  private final int sliceWidth;
  private final Split.Region bounds;
  private final int left;
  private final int top;

  /** Index into the slice of the nearest pixel, or its complement where that is out of bounds. */
  private final int[] nearest;

  /** Coordinates relative to left and top, {@code null} where the map moves whole pixels. */
  private float[] sourceX;

  private float[] sourceY;

  private PatchMap(int size, int sliceWidth, Split.Region bounds, int left, int top) {
    this.size = size;
    this.sliceWidth = sliceWidth;
    this.bounds = bounds;
    this.left = left;
    this.top = top;
    this.nearest = new int[size * size];
  }

  /** The window as it is. */
  static PatchMap plain(int size, int sliceWidth, Split.Region bounds, int left, int top) {
    PatchMap map = new PatchMap(size, sliceWidth, bounds, left, top);
    map.moveWholePixels(0, false, false);
    return map;
  }

  /** The window, randomly turned, flipped and warped as the augmentation says. */
  static PatchMap random(
      int size,
      int sliceWidth,
      Split.Region bounds,
      int left,
      int top,
      Augmentation augmentation,
      SplittableRandom random) {
    PatchMap map = new PatchMap(size, sliceWidth, bounds, left, top);
    int turns = augmentation.rotations() ? random.nextInt(4) : 0;
    boolean flipX = augmentation.flips() && random.nextBoolean();
    boolean flipY = augmentation.flips() && random.nextBoolean();
    boolean scale = augmentation.scale() && random.nextDouble() < WARPED_SHARE;
    boolean elastic = augmentation.elastic() && random.nextDouble() < WARPED_SHARE;
    if (scale || elastic) {
      map.warp(turns, flipX, flipY, scale, elastic, random);
    } else {
      map.moveWholePixels(turns, flipX, flipY);
    }
    return map;
  }

  /** Copies labels; 0 outside the bounds. */
  void readLabels(byte[] slice, byte[] target) {
    for (int i = 0; i < nearest.length; i++) {
      target[i] = nearest[i] < 0 ? 0 : slice[nearest[i]];
    }
  }

  /** Copies objects; 0 outside the bounds. */
  void readObjects(int[] slice, int[] target) {
    for (int i = 0; i < nearest.length; i++) {
      target[i] = nearest[i] < 0 ? 0 : slice[nearest[i]];
    }
  }

  /**
   * Reads channels of the image.
   *
   * @param channels the channels
   * @param target receives them, channel fastest
   * @param at where in the target the patch begins
   */
  void readImage(Pixels[] channels, float[] target, int at) {
    if (sourceX == null) {
      for (int i = 0, out = at; i < nearest.length; i++) {
        int index = nearest[i] < 0 ? ~nearest[i] : nearest[i];
        for (Pixels channel : channels) {
          target[out++] = channel.get(index);
        }
      }
      return;
    }
    for (int i = 0, out = at; i < nearest.length; i++) {
      float floorX = (float) Math.floor(sourceX[i]);
      float floorY = (float) Math.floor(sourceY[i]);
      float right = sourceX[i] - floorX;
      float below = sourceY[i] - floorY;
      int x0 = insideX(left + (int) floorX);
      int x1 = insideX(left + (int) floorX + 1);
      int y0 = insideY(top + (int) floorY) * sliceWidth;
      int y1 = insideY(top + (int) floorY + 1) * sliceWidth;
      for (Pixels channel : channels) {
        float a = channel.get(y0 + x0);
        float b = channel.get(y1 + x0);
        a += right * (channel.get(y0 + x1) - a);
        b += right * (channel.get(y1 + x1) - b);
        target[out++] = a + below * (b - a);
      }
    }
  }

  private void moveWholePixels(int turns, boolean flipX, boolean flipY) {
    int last = size - 1;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int u = flipX ? last - column : column;
        int v = flipY ? last - row : row;
        int x = left + turnedX(turns, u, v, last);
        int y = top + turnedX(turns + 3, u, v, last);
        int insideX = insideX(x);
        int insideY = insideY(y);
        int index = insideY * sliceWidth + insideX;
        nearest[row * size + column] = x == insideX && y == insideY ? index : ~index;
      }
    }
  }

  /** The x coordinate after quarter turns; that of y is the same with three turns more. */
  private static int turnedX(int turns, int u, int v, int last) {
    switch (turns & 3) {
      case 0:
        return u;
      case 1:
        return last - v;
      case 2:
        return last - u;
      default:
        return v;
    }
  }

  private void warp(
      int turns,
      boolean flipX,
      boolean flipY,
      boolean scale,
      boolean elastic,
      SplittableRandom random) {
    sourceX = new float[size * size];
    sourceY = new float[size * size];
    if (elastic) {
      ElasticField.add(size, random, sourceX, sourceY);
    }
    double factor = scale ? Math.exp(random.nextDouble(Math.log(0.8), Math.log(1.25))) : 1;
    double angle = turns * Math.PI / 2 + (scale ? random.nextDouble(2 * Math.PI) : 0);
    float cos = (float) (Math.cos(angle) / factor);
    float sin = (float) (Math.sin(angle) / factor);
    float centre = (size - 1) / 2f;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int i = row * size + column;
        float u = column - centre + sourceX[i];
        float v = row - centre + sourceY[i];
        u = flipX ? -u : u;
        v = flipY ? -v : v;
        sourceX[i] = centre + cos * u - sin * v;
        sourceY[i] = centre + sin * u + cos * v;
        int x = left + (int) Math.floor(sourceX[i] + 0.5f);
        int y = top + (int) Math.floor(sourceY[i] + 0.5f);
        nearest[i] = x == insideX(x) && y == insideY(y) ? y * sliceWidth + x : ~0;
      }
    }
  }

  private int insideX(int x) {
    return inside(x, bounds.x(), bounds.width());
  }

  private int insideY(int y) {
    return inside(y, bounds.y(), bounds.height());
  }

  private static int inside(int position, int first, int count) {
    if (position >= first && position < first + count) {
      return position;
    }
    return first + Mirror.index(position - first, count);
  }
}
