package org.uniem.annotation.meshes;

import java.util.Arrays;
import org.uniem.job.Job;

/**
 * Directions of a surface in the middle of its voxel faces: the mean of the faces around, taken by
 * steps from face to face (Fourey and Malgouyres 2008, 10.1007/978-3-540-79126-3_26), over no more
 * of them than the object is thick.
 *
 * <p>Deviations: steps stop at sharp edges ({@link VoxelFaces#isSharp}); the mean of a face is kept
 * as it was when faces around began to look in opposite directions; there are as many steps as the
 * edges of a voxel differ, so that they reach across those between thick slices. Immutable and
 * thread-safe; 16 bytes per face and 32 more while it is made.
 */
final class FaceNormals {

  private static final double STEPS = 12;
  private static final int MOST_STEPS = 240;

  /**
   * Where the faces' mean is shorter than this they look in opposite directions, as around a thin
   * tube; of planes it is 0.58 and more, measured in their area.
   */
  private static final double SHORTEST = 0.3;

  private final VoxelFaces faces;
  private final boolean[] sharp;
  private final int steps;
  private final float[] normals;

  FaceNormals(VoxelFaces faces, Job job) {
    this.faces = faces;
    double x = faces.size(0);
    double y = faces.size(1);
    double z = faces.size(2);
    double ratio = Math.max(x, Math.max(y, z)) / Math.min(x, Math.min(y, z));
    steps = (int) Math.min(MOST_STEPS, Math.round(STEPS * ratio));
    sharp = new boolean[4 * faces.count()];
    for (int edge = 0; edge < sharp.length; edge++) {
      sharp[edge] = faces.isSharp(edge / 4, edge % 4);
    }
    normals = new float[Math.multiplyExact(3, faces.count())];
    find(job);
  }

  private void find(Job job) {
    int count = faces.count();
    // Means of the faces' normals, as long as the faces are large, and of their areas.
    float[] now = new float[Math.multiplyExact(4, count)];
    for (int face = 0; face < count; face++) {
      float area = (float) faces.area(face);
      now[4 * face + faces.axis(face)] = faces.sign(face) * area;
      now[4 * face + 3] = area;
      normals[3 * face + faces.axis(face)] = faces.sign(face);
    }
    float[] next = new float[now.length];
    boolean[] done = new boolean[count];
    for (int step = 0; step < steps; step++) {
      job.checkCancelled();
      walk(now, next, 4);
      for (int face = 0; face < count; face++) {
        done[face] |= !take(face, next, !done[face]);
      }
      float[] free = now;
      now = next;
      next = free;
    }
  }

  private boolean take(int face, float[] means, boolean use) {
    double x = means[4 * face];
    double y = means[4 * face + 1];
    double z = means[4 * face + 2];
    double length = Math.sqrt(x * x + y * y + z * z);
    if (length < SHORTEST * means[4 * face + 3]) {
      return false;
    }
    if (use) {
      normals[3 * face] = (float) (x / length);
      normals[3 * face + 1] = (float) (y / length);
      normals[3 * face + 2] = (float) (z / length);
    }
    return true;
  }

  /** One step: half stays, half goes to the neighbours that no sharp edge parts. */
  private void walk(float[] now, float[] next, int numbers) {
    double[] sum = new double[numbers];
    for (int face = 0; face < faces.count(); face++) {
      int count = 0;
      Arrays.fill(sum, 0);
      for (int edge = 0; edge < 4; edge++) {
        if (!sharp[4 * face + edge]) {
          int other = numbers * faces.neighbour(face, edge);
          for (int i = 0; i < numbers; i++) {
            sum[i] += now[other + i];
          }
          count++;
        }
      }
      for (int i = 0; i < numbers; i++) {
        double value = now[numbers * face + i];
        next[numbers * face + i] = (float) (count == 0 ? value : (value + sum[i] / count) / 2);
      }
    }
  }

  /** The means over as many faces as normals are, weighted; both arrays are changed. */
  void average(float[] values, float[] weights, Job job) {
    float[] pairs = new float[2 * values.length];
    for (int face = 0; face < values.length; face++) {
      pairs[2 * face] = values[face] * weights[face];
      pairs[2 * face + 1] = weights[face];
    }
    float[] next = new float[pairs.length];
    for (int step = 0; step < steps; step++) {
      job.checkCancelled();
      walk(pairs, next, 2);
      float[] free = pairs;
      pairs = next;
      next = free;
    }
    for (int face = 0; face < values.length; face++) {
      weights[face] = pairs[2 * face + 1];
      values[face] = weights[face] > 0 ? pairs[2 * face] / weights[face] : 0;
    }
  }

  boolean isSharp(int face, int edge) {
    return sharp[4 * face + edge];
  }

  float normal(int face, int axis) {
    return normals[3 * face + axis];
  }

  /** The part of the surface that a face stands for. */
  double area(int face) {
    double cosine = faces.sign(face) * normals[3 * face + faces.axis(face)];
    return faces.area(face) * Math.max(0, cosine);
  }
}
