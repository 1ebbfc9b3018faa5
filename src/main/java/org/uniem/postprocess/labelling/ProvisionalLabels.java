package org.uniem.postprocess.labelling;

import java.util.Arrays;
import org.uniem.job.ResourceException;

/**
 * Provisional labels, which of them belong together, and their voxel counts.
 *
 * <p>A union–find forest in flat arrays, 12 bytes a label. The smaller label becomes the root, so
 * the root of an object is the label that its first voxel in scan order got, whatever the order of
 * unions.
 */
final class ProvisionalLabels implements RunLinker.Labels {

  private int[] parent = new int[1024];
  private long[] voxels = new long[1024];
  private int count;

  @Override
  public int add() {
    if (count == parent.length) {
      if (count == Integer.MAX_VALUE - 8) {
        throw new ResourceException(
            "More than "
                + count
                + " pieces were found: expected far fewer objects. Raise the threshold or smooth"
                + " the probabilities first.");
      }
      int size = (int) Math.min(Integer.MAX_VALUE - 8, count * 3L / 2);
      parent = Arrays.copyOf(parent, size);
      voxels = Arrays.copyOf(voxels, size);
    }
    parent[count] = count;
    return count++;
  }

  @Override
  public void addVoxels(int label, long number) {
    voxels[label] += number;
  }

  @Override
  public void unite(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    if (rootA < rootB) {
      parent[rootB] = rootA;
    } else {
      parent[rootA] = rootB;
    }
  }

  private int root(int label) {
    int node = label;
    while (parent[node] != node) {
      parent[node] = parent[parent[node]];
      node = parent[node];
    }
    return node;
  }

  /** Number of labels made. */
  int count() {
    return count;
  }

  /**
   * Numbers the objects 1, 2, … in the order of their roots and gives up this forest: it must not
   * be used afterwards.
   */
  FoundObjects number(long minVoxels, long maxVoxels) {
    // Parents have smaller numbers: downwards every child is complete before it is passed on.
    for (int label = count - 1; label >= 0; label--) {
      if (parent[label] != label) {
        voxels[parent[label]] += voxels[label];
      }
    }
    int[] ids = parent;
    int objects = 0;
    long removed = 0;
    long kept = 0;
    for (int label = 0; label < count; label++) {
      if (parent[label] != label) {
        ids[label] = ids[parent[label]];
      } else if (voxels[label] < minVoxels || voxels[label] > maxVoxels) {
        ids[label] = 0;
        removed++;
      } else {
        kept += voxels[label];
        // ids shares the array with parent: slots up to this one hold ids, those after it parents.
        voxels[objects] = voxels[label];
        ids[label] = ++objects;
      }
    }
    return new FoundObjects(ids, Arrays.copyOf(voxels, objects), removed, kept);
  }

  /**
   * The objects of an image.
   *
   * @param idOfProvisional final id of each provisional label, 0 where removed
   * @param voxels voxel count of id 1, 2, …
   * @param removed number of objects that the size filter took away
   * @param foregroundVoxels voxels of the objects kept
   */
  record FoundObjects(int[] idOfProvisional, long[] voxels, long removed, long foregroundVoxels) {}
}
