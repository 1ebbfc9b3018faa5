package org.uniem.annotation.meshes;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;

/**
 * Ways to take the steps of voxels out of a surface; triangles stay, vertices move. All draw thin
 * parts and small objects together; meshes that are written are kept from it by {@link
 * VolumeKeeping}.
 */
public enum Smoothing {
  /** Leaves the surface as it is. */
  NONE {
    @Override
    void step(Neighbours neighbours, float[] original, float[] places, float[] means) {}
  },

  /**
   * Shrinks by 0.5 of the way to the mean of the neighbours, then grows by 0.53 (Taubin 1995,
   * 10.1145/218380.218473, with equal weights): keeps the volume.
   */
  TAUBIN {
    @Override
    void step(Neighbours neighbours, float[] original, float[] places, float[] means) {
      move(neighbours, places, means, 0.5);
      move(neighbours, places, means, -0.53);
    }

    private void move(Neighbours neighbours, float[] places, float[] means, double share) {
      neighbours.average(places, means);
      for (int i = 0; i < places.length; i++) {
        places[i] += (float) (share * (means[i] - places[i]));
      }
    }
  },

  /**
   * Moves to the mean of the neighbours and pushes back by what the surroundings moved: the HC
   * algorithm (Vollmer, Mencl and Müller 1999, 10.1111/1467-8659.00334) with alpha 0.1 and beta
   * 0.5.
   */
  HUMPHREY {
    @Override
    void step(Neighbours neighbours, float[] original, float[] places, float[] means) {
      float[] differences = new float[places.length];
      neighbours.average(places, means);
      for (int i = 0; i < places.length; i++) {
        differences[i] = (float) (means[i] - (ALPHA * original[i] + (1 - ALPHA) * places[i]));
        places[i] = means[i];
      }
      neighbours.average(differences, means);
      for (int i = 0; i < places.length; i++) {
        places[i] -= (float) (BETA * differences[i] + (1 - BETA) * means[i]);
      }
    }
  };

  private static final double ALPHA = 0.1;
  private static final double BETA = 0.5;

  /** Does one iteration on the places; means is room for as many numbers. */
  abstract void step(Neighbours neighbours, float[] original, float[] places, float[] means);

  /**
   * Smooths a surface.
   *
   * @param mesh closed; not changed
   * @param iterations 0 or more
   * @param job carries the cancel token
   * @return the same triangles with other vertices
   */
  public TriangleMesh apply(TriangleMesh mesh, int iterations, Job job) {
    return apply(mesh, iterations, new BitSet(), job);
  }

  /** As {@link #apply(TriangleMesh, int, Job)}, but some vertices stay where they are. */
  TriangleMesh apply(TriangleMesh mesh, int iterations, BitSet fixed, Job job) {
    if (iterations < 0) {
      throw new BadParameterException(
          "iterations=" + iterations + " is too small: give 0 or more.");
    }
    if (this == NONE || iterations == 0) {
      return mesh;
    }
    Neighbours neighbours = new Neighbours(mesh);
    float[] places = mesh.vertices().clone();
    float[] means = new float[places.length];
    for (int i = 0; i < iterations; i++) {
      job.checkCancelled();
      step(neighbours, mesh.vertices(), places, means);
      for (int v = fixed.nextSetBit(0); v >= 0; v = fixed.nextSetBit(v + 1)) {
        System.arraycopy(mesh.vertices(), 3 * v, places, 3 * v, 3);
      }
    }
    return new TriangleMesh(mesh.id(), places, mesh.triangles());
  }

  /**
   * The smoothing of a name as users give it.
   *
   * @param name {@code "none"}, {@code "taubin"} or {@code "humphrey"}
   */
  public static Smoothing of(String name) {
    return Arrays.stream(values())
        .filter(smoothing -> smoothing.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameterException(
                    "smoothing=" + name + " is unknown: give none, taubin or humphrey."));
  }
}
