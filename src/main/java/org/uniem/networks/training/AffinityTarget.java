package org.uniem.networks.training;

import java.util.Arrays;
import org.uniem.postprocess.affinities.Offset;

/**
 * Computes the affinities of a patch after it was turned, flipped and warped, so that an offset
 * always is one of what the network sees. Not thread-safe.
 *
 * <p>A target is 1 where a pixel and the one at the offset have one object, 0 where they do not or
 * one has none, and {@link #UNKNOWN} where one of them is unlabelled or outside of the patch.
 */
final class AffinityTarget {

  /** Marks what training ignores in one map. */
  static final float UNKNOWN = -1;

  private final TrainingData data;
  private final int size;
  private final byte[] otherLabels;
  private final int[] objects;
  private final int[] otherObjects;

  /**
   * @param size side of the patches in pixels
   */
  AffinityTarget(TrainingData data, int size) {
    this.data = data;
    this.size = size;
    otherLabels = new byte[size * size];
    objects = new int[size * size];
    otherObjects = new int[size * size];
  }

  /**
   * Writes the targets of one patch.
   *
   * @param map where its pixels come from
   * @param z its slice
   * @param flipZ whether the slices are seen in reverse order
   * @param labels 0 where a pixel is unlabelled
   * @param target receives a value per pixel and offset, offset fastest
   * @param from where in the target the patch begins
   */
  void write(PatchMap map, int z, boolean flipZ, byte[] labels, float[] target, int from) {
    map.readObjects(data.objects(z), objects);
    int maps = data.options().offsets().size();
    int read = z;
    System.arraycopy(labels, 0, otherLabels, 0, labels.length);
    System.arraycopy(objects, 0, otherObjects, 0, objects.length);
    for (int k = 0; k < maps; k++) {
      Offset offset = data.options().offsets().get(k);
      int other = flipZ ? z - offset.z() : z + offset.z();
      if (other != read) {
        read(map, other);
        read = other;
      }
      for (int i = 0; i < labels.length; i++) {
        int x = i % size + offset.x();
        int y = i / size + offset.y();
        boolean inside = x >= 0 && y >= 0 && x < size && y < size;
        target[from + i * maps + k] = inside && labels[i] != 0 ? value(i, y * size + x) : UNKNOWN;
      }
    }
  }

  private void read(PatchMap map, int z) {
    if (data.objects(z) == null) {
      Arrays.fill(otherLabels, (byte) 0);
      return;
    }
    map.readLabels(data.labels(z), otherLabels);
    map.readObjects(data.objects(z), otherObjects);
  }

  private float value(int i, int j) {
    if (otherLabels[j] == 0) {
      return UNKNOWN;
    }
    return objects[i] != 0 && objects[i] == otherObjects[j] ? 1 : 0;
  }
}
