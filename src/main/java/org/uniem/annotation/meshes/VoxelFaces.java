package org.uniem.annotation.meshes;

import java.util.Arrays;
import org.uniem.volumes.VoxelSize;

/**
 * The voxel faces of a surface and how they meet: face v is the one in whose middle vertex v of
 * marching cubes lies. Each has four edges and a neighbour across each of them: edge 2 · i + 1 lies
 * towards larger places along the i-th axis after its own, edge 2 · i towards smaller ones.
 * Immutable and thread-safe; 20 bytes per face.
 */
final class VoxelFaces {

  /** Faces that are looked at from an edge on away from it, and the neighbours of these. */
  private static final int ROWS = 2;

  private final byte[] directions;
  private final double[] size;
  private final int[] neighbours;
  private final byte[] turns;

  VoxelFaces(Surface surface) {
    directions = surface.directions();
    VoxelSize edges = surface.voxelSize();
    size = new double[] {edges.x(), edges.y(), edges.z()};
    neighbours = new int[Math.multiplyExact(4, directions.length)];
    Arrays.fill(neighbours, -1);
    turns = new byte[neighbours.length];
    int[] triangles = surface.mesh().triangles();
    for (int t = 0; t < triangles.length; t += 3) {
      for (int corner = 0; corner < 3; corner++) {
        join(triangles[t + corner], triangles[t + (corner + 1) % 3], surface.mesh().vertices());
      }
    }
  }

  /** Enters b as a neighbour of a if an edge of voxels is between them. */
  private void join(int a, int b, float[] places) {
    int axis = axis(a);
    int along = -1;
    int way = 0;
    int turn = 0;
    for (int i = 0; i < 3; i++) {
      double difference = (double) places[3 * b + i] - places[3 * a + i];
      int halves = (int) Math.round(2 * difference / size[i]);
      if (halves == 0) {
        continue;
      }
      if (i == axis && axis != axis(b)) {
        turn = -sign(a) * halves;
      } else if (along < 0 && i != axis) {
        along = i;
        way = halves;
      } else {
        // Both are in one cube of marching cubes, but not in one of its faces.
        return;
      }
    }
    if (axis == axis(b) || along == axis(b) && turn != 0) {
      int edge = 4 * a + 2 * ((along - axis + 3) % 3 - 1) + (way > 0 ? 1 : 0);
      neighbours[edge] = b;
      turns[edge] = (byte) turn;
    }
  }

  int count() {
    return directions.length;
  }

  /** The axis to which a face is at right angles. */
  int axis(int face) {
    return directions[face] >> 1;
  }

  /** 1 where the object is on the side of smaller places, else −1. */
  int sign(int face) {
    return (directions[face] & 1) != 0 ? 1 : -1;
  }

  /** The axis along which an edge of a face lies beside its middle. */
  int axisTo(int face, int edge) {
    return (axis(face) + 1 + edge / 2) % 3;
  }

  double area(int face) {
    int axis = axis(face);
    return size[(axis + 1) % 3] * size[(axis + 2) % 3];
  }

  /** Length of a voxel along an axis. */
  double size(int axis) {
    return size[axis];
  }

  /** The face across an edge. */
  int neighbour(int face, int edge) {
    return neighbours[4 * face + edge];
  }

  /**
   * 0 where the face across an edge goes on in the same plane, 1 where the object turns away there,
   * −1 where it comes forward.
   */
  int turn(int face, int edge) {
    return turns[4 * face + edge];
  }

  /**
   * Whether an edge is one of the object itself, such as that of a box, and none of the steps by
   * which voxels approach a slope: near it both sides are flat or end in edges that turn alike, as
   * do the sides next to these.
   */
  boolean isSharp(int face, int edge) {
    int turn = turn(face, edge);
    if (turn == 0 || !isFlat(face, edge, turn)) {
      return false;
    }
    int other = neighbour(face, edge);
    for (int back = 0; back < 4; back++) {
      if (neighbour(other, back) == face && turn(other, back) == turn) {
        return isFlat(other, back, turn);
      }
    }
    throw new IllegalStateException("Faces " + face + " and " + other + " are no neighbours.");
  }

  private boolean isFlat(int face, int edge, int turn) {
    int row = face;
    for (int r = 0; r < ROWS; r++) {
      if (turns(row, -turn)) {
        return false;
      }
      for (int side = 0; side < 4; side++) {
        if (side != edge && turns(neighbour(row, side), -turn)) {
          return false;
        }
      }
      if (turn(row, edge ^ 1) != 0) {
        return true;
      }
      row = neighbour(row, edge ^ 1);
    }
    return true;
  }

  private boolean turns(int face, int turn) {
    for (int edge = 4 * face; edge < 4 * face + 4; edge++) {
      if (turns[edge] == turn) {
        return true;
      }
    }
    return false;
  }
}
