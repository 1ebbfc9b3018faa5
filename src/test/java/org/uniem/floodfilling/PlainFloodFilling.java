package org.uniem.floodfilling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Flood filling as the specification says it, one object after the other on whole arrays, slow and
 * without regard for anything else: what the real one is held against.
 */
final class PlainFloodFilling {

  private final int[] size;
  private final float[] image;
  private final MaskPredictor net;
  private final FillingOptions options;
  private final int[] field;
  private final int[] deltas;
  final int[] labels;
  final List<Integer> iterations = new ArrayList<>();
  int weak;
  int unlikely;
  int invalid;

  PlainFloodFilling(int[] size, float[] image, MaskPredictor net, FillingOptions options) {
    this.size = size;
    this.image = image;
    this.net = net;
    this.options = options;
    field = net.fieldOfView();
    deltas = net.deltas();
    labels = new int[image.length];
  }

  void fill(List<int[]> seeds) {
    int next = 1;
    for (int[] seed : seeds) {
      if (!inside(seed)) {
        continue;
      }
      if (labels[index(seed)] > 0) {
        invalid++;
        continue;
      }
      if (nearObject(seed)) {
        labels[index(seed)] = -1;
        continue;
      }
      next += grow(seed, next) ? 1 : 0;
    }
  }

  private boolean grow(int[] seed, int id) {
    float move = FillingOptions.logit(options.moveProbability());
    float[] canvas = new float[image.length];
    Arrays.fill(canvas, Float.NaN);
    canvas[index(seed)] = FillingOptions.logit(options.seedProbability());
    Deque<int[]> queue = new ArrayDeque<>(List.of(seed));
    Set<List<Integer>> done = new HashSet<>();
    int looks = 0;
    while (!queue.isEmpty()) {
      int[] at = queue.remove();
      if (done.contains(cell(at, seed))) {
        continue;
      }
      if (canvas[index(at)] < move) {
        unlikely++;
        continue;
      }
      if (!inside(at) || labels[index(at)] > 0) {
        invalid++;
        continue;
      }
      if (canvas[index(seed)] < move) {
        weak++;
        break;
      }
      done.add(cell(at, seed));
      look(canvas, at, queue);
      looks++;
    }
    return keep(canvas, seed, id, looks);
  }

  private void look(float[] canvas, int[] at, Deque<int[]> queue) {
    float move = FillingOptions.logit(options.moveProbability());
    int n = field[0] * field[1] * field[2];
    float[] images = new float[n];
    float[] masks = new float[n];
    int[] where = new int[n];
    for (int i = 0; i < n; i++) {
      int x = at[0] - field[0] / 2 + i % field[0];
      int y = at[1] - field[1] / 2 + i / field[0] % field[1];
      int z = at[2] - field[2] / 2 + i / field[0] / field[1];
      where[i] = index(new int[] {x, y, z});
      images[i] = image[where[i]];
      masks[i] =
          Float.isNaN(canvas[where[i]])
              ? FillingOptions.logit(options.padProbability())
              : canvas[where[i]];
    }
    float[] logits = net.predict(images, masks, 1);
    double likely = 0;
    for (float logit : logits) {
      likely += logit >= move ? 1 : 0;
    }
    boolean hold = options.discoThreshold() >= 0 && likely / n > options.discoThreshold();
    for (int i = 0; i < n; i++) {
      if (hold && canvas[where[i]] < 0 && logits[i] > canvas[where[i]]) {
        logits[i] = canvas[where[i]];
      }
      canvas[where[i]] = logits[i];
    }
    List<float[]> moves = new ArrayList<>();
    for (int axis = 2; axis >= 0; axis--) {
      for (int sign = -1; sign <= 1; sign += 2) {
        bestOfFace(canvas, at, axis, sign * deltas[axis], moves);
      }
    }
    moves.sort(
        Comparator.<float[]>comparingDouble(m -> m[0])
            .thenComparingDouble(m -> m[3])
            .thenComparingDouble(m -> m[2])
            .thenComparingDouble(m -> m[1])
            .reversed());
    Set<String> once = new HashSet<>();
    for (float[] m : moves) {
      if (once.add(Arrays.toString(m))) {
        queue.add(new int[] {at[0] + (int) m[1], at[1] + (int) m[2], at[2] + (int) m[3]});
      }
    }
  }

  private void bestOfFace(float[] canvas, int[] at, int axis, int offset, List<float[]> moves) {
    float[] best = null;
    for (int z = -deltas[2]; z <= deltas[2]; z++) {
      for (int y = -deltas[1]; y <= deltas[1]; y++) {
        for (int x = -deltas[0]; x <= deltas[0]; x++) {
          int[] away = {x, y, z};
          if (away[axis] == offset) {
            float score = canvas[index(new int[] {at[0] + x, at[1] + y, at[2] + z})];
            if (best == null || score > best[0]) {
              best = new float[] {score, x, y, z};
            }
          }
        }
      }
    }
    if (best[0] >= FillingOptions.logit(options.moveProbability())) {
      moves.add(best);
    }
  }

  private boolean keep(float[] canvas, int[] seed, int id, int looks) {
    float segment = FillingOptions.logit(options.segmentProbability());
    int voxels = 0;
    for (int i = 0; i < canvas.length; i++) {
      voxels += canvas[i] >= segment && labels[i] <= 0 ? 1 : 0;
    }
    boolean weakStart = canvas[index(seed)] < FillingOptions.logit(options.moveProbability());
    if (weakStart || voxels < options.minSegmentVoxels()) {
      labels[index(seed)] = labels[index(seed)] == 0 ? -1 : labels[index(seed)];
      return false;
    }
    for (int i = 0; i < canvas.length; i++) {
      if (canvas[i] >= segment && labels[i] <= 0) {
        labels[i] = id;
      }
    }
    iterations.add(looks);
    return true;
  }

  private List<Integer> cell(int[] at, int[] seed) {
    List<Integer> cell = new ArrayList<>();
    for (int d = 0; d < 3; d++) {
      cell.add(Math.floorDiv(at[d] - seed[d] + deltas[d] / 2, Math.max(deltas[d], 1)));
    }
    return cell;
  }

  private boolean nearObject(int[] seed) {
    int[] mbd = {
      options.minBoundaryDistance().x(),
      options.minBoundaryDistance().y(),
      options.minBoundaryDistance().z()
    };
    for (int i = 0; i < labels.length; i++) {
      int x = Math.abs(i % size[0] - seed[0]);
      int y = Math.abs(i / size[0] % size[1] - seed[1]);
      int z = Math.abs(i / size[0] / size[1] - seed[2]);
      if (labels[i] > 0 && x <= mbd[0] && y <= mbd[1] && z <= mbd[2]) {
        return true;
      }
    }
    return false;
  }

  private boolean inside(int[] at) {
    for (int d = 0; d < 3; d++) {
      if (at[d] - field[d] / 2 < 0 || at[d] + field[d] / 2 >= size[d]) {
        return false;
      }
    }
    return true;
  }

  private int index(int[] at) {
    return (at[2] * size[1] + at[1]) * size[0] + at[0];
  }
}
