package org.uniem.annotation.meshes;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntToDoubleFunction;
import org.uniem.job.Job;

/**
 * Smooths a surface so that it holds as much as the voxels of the object, wherever it is thin.
 *
 * <p>Smoothing alone draws thin parts and small objects to a line or a point. So what it moves the
 * surface in or out around a place is taken back there; what marching cubes cut off at the edges of
 * voxels is added where they do not level out; sharp edges of the object ({@link
 * VoxelFaces#isSharp}), at whose sides vertices are moved up to them, stay; and no vertex leaves
 * its place of before by more than half a voxel along an axis. At last all vertices move along the
 * surface's normals until the volume is right. Not thread-safe.
 */
final class VolumeKeeping {

  /** How far of the half voxel up to a sharp edge; triangles that lie across it stay so narrow. */
  private static final double REACH = 0.45;

  private static final double FURTHEST = 0.5;

  /** Share of the volume that may be wrong. */
  private static final double ENOUGH = 1e-6;

  /** Corrections of the volume; each leaves a small part of the error before. */
  private static final int CORRECTIONS = 8;

  private final TriangleMesh raw;
  private final VoxelFaces faces;
  private final FaceNormals normals;
  private final Job job;

  private VolumeKeeping(Surface surface, Job job) {
    raw = surface.mesh();
    faces = new VoxelFaces(surface);
    normals = new FaceNormals(faces, job);
    this.job = job;
  }

  /**
   * Smooths the surface of an object.
   *
   * @param surface not changed
   * @param smoothing way of smoothing
   * @param iterations 0 or more
   * @param job carries the cancel token
   * @return the same triangles with other vertices
   */
  static TriangleMesh apply(Surface surface, Smoothing smoothing, int iterations, Job job) {
    if (smoothing == Smoothing.NONE || iterations == 0) {
      return surface.mesh();
    }
    VolumeKeeping work = new VolumeKeeping(surface, job);
    BitSet fixed = new BitSet(work.faces.count());
    BitSet moved = new BitSet(work.faces.count());
    TriangleMesh sharp = work.sharpen(fixed, moved);
    TriangleMesh mesh = smoothing.apply(sharp, iterations, fixed, job);
    work.takeBack(mesh.vertices(), sharp, moved);
    work.correct(mesh, surface.voxelVolume());
    return mesh;
  }

  /** Moves vertices beside sharp edges up to them, unless edges on two sides pull. */
  private TriangleMesh sharpen(BitSet fixed, BitSet moved) {
    float[] places = raw.vertices().clone();
    for (int face = 0; face < faces.count(); face++) {
      int[] pull = new int[3];
      for (int edge = 0; edge < 4; edge++) {
        if (normals.isSharp(face, edge)) {
          fixed.set(face);
          pull[faces.axisTo(face, edge)] += (edge & 1) != 0 ? 1 : -1;
        }
      }
      for (int axis = 0; axis < 3; axis++) {
        places[3 * face + axis] += (float) (pull[axis] * REACH * faces.size(axis));
        moved.set(face, moved.get(face) || pull[axis] != 0);
      }
    }
    return new TriangleMesh(raw.id(), places, raw.triangles());
  }

  /** Moves vertices along the normals by what the surroundings lost. */
  private void takeBack(float[] places, TriangleMesh before, BitSet moved) {
    float[] way = new float[faces.count()];
    float[] weights = new float[way.length];
    double[] growth = growth(before);
    for (int face = 0; face < way.length; face++) {
      // Faces that look aside still have some weight, so that none has none around it.
      double weight = Math.max(1e-3 * faces.area(face), growth[face]);
      double out = -cutOff(face, moved) / weight;
      for (int axis = 0; axis < 3; axis++) {
        int i = 3 * face + axis;
        out += ((double) places[i] - before.vertices()[i]) * normals.normal(face, axis);
      }
      way[face] = (float) out;
      weights[face] = (float) weight;
    }
    normals.average(way, weights, job);
    move(places, face -> -way[face]);
  }

  /**
   * The volume that the slanted surface of marching cubes cuts off at the edges of a face: an
   * eighth of a voxel at each, half of it on the side of the face.
   */
  private double cutOff(int face, BitSet moved) {
    int turns = 0;
    for (int edge = 0; edge < 4 && !moved.get(face); edge++) {
      turns += moved.get(faces.neighbour(face, edge)) ? 0 : faces.turn(face, edge);
    }
    return turns * faces.size(0) * faces.size(1) * faces.size(2) / 16;
  }

  private void correct(TriangleMesh mesh, double volume) {
    for (int i = 0; i < CORRECTIONS; i++) {
      job.checkCancelled();
      if (Math.abs(volume - mesh.volume()) < ENOUGH * volume) {
        return;
      }
      double growth = Arrays.stream(growth(mesh)).sum();
      if (growth > 0) {
        double way = (volume - mesh.volume()) / growth;
        move(mesh.vertices(), face -> way);
      }
    }
  }

  /** How fast the volume grows where a vertex moves along its normal. */
  private double[] growth(TriangleMesh mesh) {
    double[] growth = new double[faces.count()];
    double[] normal = new double[3];
    int[] t = mesh.triangles();
    for (int corner = 0; corner < t.length; corner++) {
      if (corner % 3 == 0) {
        mesh.normal(t[corner], t[corner + 1], t[corner + 2], normal);
      }
      for (int axis = 0; axis < 3; axis++) {
        growth[t[corner]] += normal[axis] / 6 * normals.normal(t[corner], axis);
      }
    }
    return growth;
  }

  private void move(float[] places, IntToDoubleFunction way) {
    for (int face = 0; face < faces.count(); face++) {
      double length = way.applyAsDouble(face);
      for (int axis = 0; axis < 3; axis++) {
        int i = 3 * face + axis;
        double place = places[i] + length * normals.normal(face, axis);
        double furthest = FURTHEST * faces.size(axis);
        double from = raw.vertices()[i];
        places[i] = (float) Math.max(from - furthest, Math.min(from + furthest, place));
      }
    }
  }
}
