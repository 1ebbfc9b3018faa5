package org.uniem.postprocess.labelling;

import java.util.Arrays;
import org.uniem.job.ResourceException;

/**
 * Provisional labels, which of them belong together, and their voxel counts.
 *
 * <p>A union–find forest in flat arrays, 13 bytes a label and 4 more with holes. The smaller label
 * becomes the root, so the root of an object is the label that its first voxel in scan order got,
 * whatever the order of unions.
 */
final class ProvisionalLabels implements RunLinker.Labels {

  private static final byte GAP = 1;
  private static final byte BORDER = 2;
  private static final int NOBODY = -1;
  private static final int SEVERAL = -2;
  private static final int MOST = Integer.MAX_VALUE - 8;

  private int[] parent = new int[1024];
  private long[] voxels = new long[1024];
  private byte[] marks = new byte[1024];
  private int count;

  /** The first object that each gap met; empty without holes. */
  private int[] around = new int[0];

  /** Pairs of a gap and a further object that may turn out to be the same as the first. */
  private int[] alsoAround = new int[0];

  private int alsoCount;

  @Override
  public int add(boolean gap) {
    if (count == parent.length) {
      reserve(count + 1L);
    }
    parent[count] = count;
    marks[count] = gap ? GAP : 0;
    return count++;
  }

  private void reserve(long wanted) {
    if (wanted > MOST) {
      throw new ResourceException(
          "More than "
              + MOST
              + " pieces were found: expected far fewer objects. Raise the threshold or smooth"
              + " the probabilities first.");
    }
    int size = (int) Math.min(MOST, Math.max(wanted, count * 3L / 2));
    parent = Arrays.copyOf(parent, size);
    voxels = Arrays.copyOf(voxels, size);
    marks = Arrays.copyOf(marks, size);
  }

  /**
   * Takes over the labels of others, each more by the number of labels before.
   *
   * @return that number
   */
  int append(ProvisionalLabels other) {
    int offset = count;
    reserve((long) count + other.count);
    for (int label = 0; label < other.count; label++) {
      parent[offset + label] = other.parent[label] + offset;
    }
    System.arraycopy(other.voxels, 0, voxels, offset, other.count);
    System.arraycopy(other.marks, 0, marks, offset, other.count);
    count += other.count;
    for (int gap = 0; gap < Math.min(other.count, other.around.length); gap++) {
      if (other.around[gap] != NOBODY) {
        meet(offset + gap, offset + other.around[gap]);
      }
    }
    for (int i = 0; i < other.alsoCount; i += 2) {
      meet(offset + other.alsoAround[i], offset + other.alsoAround[i + 1]);
    }
    return offset;
  }

  @Override
  public void addVoxels(int label, long number) {
    voxels[label] += number;
  }

  @Override
  public void reachBorder(int label) {
    marks[label] |= BORDER;
  }

  @Override
  public void unite(int a, int b) {
    if (parent[a] == parent[b]) {
      return;
    }
    int rootA = root(a);
    int rootB = root(b);
    if (rootA < rootB) {
      parent[rootB] = rootA;
    } else {
      parent[rootA] = rootB;
    }
  }

  @Override
  public void meet(int gap, int object) {
    if (gap >= around.length) {
      int before = around.length;
      around = Arrays.copyOf(around, parent.length);
      Arrays.fill(around, before, around.length, NOBODY);
    }
    if (around[gap] == NOBODY) {
      around[gap] = object;
    } else if (around[gap] != object && root(around[gap]) != root(object)) {
      if (alsoCount == alsoAround.length) {
        alsoAround = Arrays.copyOf(alsoAround, Math.max(1024, Math.multiplyExact(alsoCount, 2)));
      }
      alsoAround[alsoCount++] = gap;
      alsoAround[alsoCount++] = object;
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
   * Fills holes, filters, numbers the objects 1, 2, … in the order of their roots and gives up this
   * forest: it must not be used afterwards.
   */
  FoundObjects number(LabellingOptions options) {
    for (int label = 0; label < count; label++) {
      int root = parent[parent[label]];
      parent[label] = root;
      if (root != label) {
        voxels[root] += voxels[label];
        marks[root] |= marks[label];
      }
    }
    int[] owner = fillHoles();
    int[] ids = parent;
    int objects = 0;
    long removed = 0;
    long kept = 0;
    for (int label = 0; label < count; label++) {
      if (parent[label] != label) {
        ids[label] = ids[parent[label]];
      } else if ((marks[label] & GAP) != 0) {
        // An object begins before the holes in it: its id is known.
        ids[label] = owner.length > 0 && owner[label] >= 0 ? ids[owner[label]] : 0;
      } else if (isKept(label, options)) {
        kept += voxels[label];
        // ids shares the array with parent: slots up to this one hold ids, those after it parents.
        voxels[objects] = voxels[label];
        ids[label] = ++objects;
      } else {
        ids[label] = 0;
        removed++;
      }
    }
    return new FoundObjects(ids, Arrays.copyOf(voxels, objects), removed, kept);
  }

  private boolean isKept(int root, LabellingOptions options) {
    return voxels[root] >= options.minVoxels()
        && voxels[root] <= options.maxVoxels()
        && !(options.withoutBorder() && (marks[root] & BORDER) != 0);
  }

  /** Adds holes to the objects around them; the object of each root of a gap, if it is a hole. */
  private int[] fillHoles() {
    if (around.length == 0) {
      return around;
    }
    int[] owner = new int[count];
    Arrays.fill(owner, NOBODY);
    for (int gap = 0; gap < Math.min(count, around.length); gap++) {
      if (around[gap] != NOBODY) {
        addOwner(owner, parent[gap], parent[around[gap]]);
      }
    }
    for (int i = 0; i < alsoCount; i += 2) {
      addOwner(owner, parent[alsoAround[i]], parent[alsoAround[i + 1]]);
    }
    for (int gap = 0; gap < count; gap++) {
      if (parent[gap] == gap && owner[gap] >= 0) {
        if ((marks[gap] & BORDER) != 0) {
          owner[gap] = SEVERAL;
        } else {
          voxels[owner[gap]] += voxels[gap];
        }
      }
    }
    return owner;
  }

  private static void addOwner(int[] owner, int gap, int object) {
    if (owner[gap] == NOBODY) {
      owner[gap] = object;
    } else if (owner[gap] != object) {
      owner[gap] = SEVERAL;
    }
  }

  /**
   * The objects of an image.
   *
   * @param idOfProvisional final id of each provisional label, 0 where removed or background
   * @param voxels voxel count of id 1, 2, …, with holes that were filled
   * @param removed number of objects that size or border took away
   * @param foregroundVoxels voxels of the objects kept
   */
  record FoundObjects(int[] idOfProvisional, long[] voxels, long removed, long foregroundVoxels) {}
}
