package org.uniem.annotation.skeletons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uniem.annotation.ObjectVoxels;
import org.uniem.job.Job;

/**
 * The voxels that belong to the branches found so far: those within the reach of a voxel of a
 * branch, by the way through the object. So a branch takes nothing of a part, or of another branch,
 * that lies beside it on the other side of a gap. Ways go over 26 neighbours, which makes them up
 * to a tenth too long. Not thread-safe; 4 bytes per voxel and 12 per voxel at the rim of the
 * territory.
 */
final class Territory {

  private static final int VOXELS_BETWEEN_CHECKS = 1 << 15;

  private final Neighbourhood neighbourhood;
  private final Job job;
  // How far the branches reach beyond each voxel; negative where they do not.
  private final float[] beyond;
  // The ball that does.
  private final int[] balls;
  // Voxels by descending reach; those that were reached better later are passed over.
  private float[] reaches = new float[64];
  private int[] voxels = new int[64];
  private int size;
  private final List<int[]> middles = new ArrayList<>();
  private float[] radii = new float[64];

  Territory(ObjectVoxels object, Job job) {
    neighbourhood = new Neighbourhood(object);
    this.job = job;
    beyond = new float[object.count()];
    Arrays.fill(beyond, -1);
    balls = new int[object.count()];
  }

  boolean has(int voxel) {
    return beyond[voxel] >= 0;
  }

  /**
   * Begins a ball; {@link #spread} takes what is in it.
   *
   * @param voxel its middle
   * @param place of the voxel in the bounding box
   * @param radius 0 or more
   */
  void begin(int voxel, int[] place, double radius) {
    int ball = middles.size();
    if (ball == radii.length) {
      radii = Arrays.copyOf(radii, 2 * ball);
    }
    radii[ball] = (float) radius;
    middles.add(place);
    reach(voxel, radii[ball], ball);
  }

  void spread() {
    for (int i = 0; size > 0; i++) {
      if (i % VOXELS_BETWEEN_CHECKS == 0) {
        job.checkCancelled();
      }
      float reach = reaches[0];
      int voxel = voxels[0];
      removeFirst();
      if (reach == beyond[voxel]) {
        int ball = balls[voxel];
        int count = neighbourhood.around(voxel);
        for (int n = 0; n < count; n++) {
          double far = Math.sqrt(neighbourhood.squareTo(n, middles.get(ball)));
          reach(neighbourhood.voxel(n), (float) (radii[ball] - far), ball);
        }
      }
    }
  }

  private void reach(int voxel, float reach, int ball) {
    if (reach < 0 || reach <= beyond[voxel]) {
      return;
    }
    beyond[voxel] = reach;
    balls[voxel] = ball;
    if (size == voxels.length) {
      int larger = size + size / 2;
      reaches = Arrays.copyOf(reaches, larger);
      voxels = Arrays.copyOf(voxels, larger);
    }
    int place = size++;
    while (place > 0 && reaches[(place - 1) / 2] < reach) {
      copy((place - 1) / 2, place);
      place = (place - 1) / 2;
    }
    reaches[place] = reach;
    voxels[place] = voxel;
  }

  private void removeFirst() {
    size--;
    float reach = reaches[size];
    int place = 0;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      child += child + 1 < size && reaches[child + 1] > reaches[child] ? 1 : 0;
      if (reaches[child] <= reach) {
        break;
      }
      copy(child, place);
      place = child;
    }
    copy(size, place);
  }

  private void copy(int source, int target) {
    reaches[target] = reaches[source];
    voxels[target] = voxels[source];
  }
}
