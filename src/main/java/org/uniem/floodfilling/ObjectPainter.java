package org.uniem.floodfilling;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;

/**
 * Decides whether what was grown is an object and gives its voxels their label. Not thread-safe.
 */
final class ObjectPainter {

  private final FillingScene scene;
  private final FieldOfView field;
  private final int minVoxels;
  private final FillingCounter.Counts counts;

  ObjectPainter(
      FillingScene scene, FieldOfView field, int minVoxels, FillingCounter.Counts counts) {
    this.scene = scene;
    this.field = field;
    this.minVoxels = minVoxels;
    this.counts = counts;
  }

  /**
   * Labels an object, or marks its seed as rejected.
   *
   * @param growth has no move left
   * @param id the label it gets
   * @return the object, empty where it was rejected
   */
  Optional<FilledObject> paint(ObjectGrowth growth, int id) {
    Box box = new Box(growth);
    if (growth.hasWeakStart() || box.free < minVoxels) {
      reject(growth.startVoxel());
      return Optional.empty();
    }
    box.label(id);
    counts.add(FillingCounter.SEGMENTED, box.free);
    counts.add(FillingCounter.OVERLAPPING, box.taken.values().stream().mapToLong(n -> n).sum());
    return Optional.of(
        new FilledObject(
            id, growth.start(), growth.iterations(), growth.seconds(), box.free, box.taken));
  }

  /** Marks a seed so that others see it was tried. */
  void reject(int seed) {
    if (scene.labels()[seed] == FillingScene.FREE) {
      scene.labels()[seed] = FillingScene.REJECTED;
    }
  }

  private interface RowTask {
    void run(int firstVoxel, float[] logits);
  }

  /** The part of the scene that a growth has seen. */
  private final class Box {

    private final SeedCanvas canvas;
    private final int[] min = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    private final int[] max = new int[3];
    private final Map<Integer, Long> taken = new TreeMap<>();
    private long free;

    Box(ObjectGrowth growth) {
      canvas = growth.canvas();
      Extent margin = field.margin();
      for (MoveQueue.Place place : growth.visited()) {
        include(0, place.x(), margin.x());
        include(1, place.y(), margin.y());
        include(2, place.z(), margin.z());
      }
      for (int axis = 0; axis < 3; axis++) {
        long start = scene.box().min(axis);
        min[axis] = (int) Math.max(min[axis], scene.own().min(axis) - start);
        max[axis] = (int) Math.min(max[axis], scene.own().max(axis) - start);
      }
      eachRow(this::count);
    }

    private void include(int axis, int centre, int margin) {
      min[axis] = Math.min(min[axis], centre - margin);
      max[axis] = Math.max(max[axis], centre + margin);
    }

    private void eachRow(RowTask task) {
      float[] row = new float[max[0] - min[0] + 1];
      for (int z = min[2]; z <= max[2]; z++) {
        for (int y = min[1]; y <= max[1]; y++) {
          canvas.readRow(min[0], y, z, row, 0, row.length);
          task.run(scene.voxel(min[0], y, z), row);
        }
      }
    }

    private void count(int first, float[] logits) {
      int[] labels = scene.labels();
      for (int i = 0; i < logits.length; i++) {
        if (logits[i] >= field.segment()) {
          if (labels[first + i] > 0) {
            taken.merge(labels[first + i], 1L, Long::sum);
          } else {
            free++;
          }
        }
      }
    }

    void label(int id) {
      int[] labels = scene.labels();
      byte[] probabilities = scene.probabilities();
      eachRow(
          (first, logits) -> {
            for (int i = 0; i < logits.length; i++) {
              if (logits[i] >= field.segment() && labels[first + i] <= 0) {
                labels[first + i] = id;
                probabilities[first + i] = quantised(logits[i]);
              }
            }
          });
    }
  }

  private static byte quantised(float logit) {
    return (byte) (1 + (int) (254 * ObjectGrowth.probability(logit)));
  }
}
