package org.uniem.annotation.meshes;

import org.uniem.job.Job;
import org.uniem.volumes.VoxelSize;

/**
 * The surface of an object and what is on its other side; the arrays are referenced, not copied.
 * Each vertex lies in the middle of a voxel face, with the object on one side of it.
 *
 * @param mesh the surface as marching cubes give it
 * @param voxelSize edges of the voxels
 * @param directions of the faces, seen from the object: 2 · axis, and 1 more towards larger places
 * @param outside for each vertex the label of the voxel next to it outside the object, 0 for
 *     background and beyond the border of the stack; empty where it was not kept
 */
public record Surface(TriangleMesh mesh, VoxelSize voxelSize, byte[] directions, long[] outside) {

  /**
   * The area for which each vertex stands: that of its voxel face times the cosine of the angle
   * between the face and the surface. Right within some percent for objects of a voxel too; flat
   * sides along the axes are exact.
   *
   * @param job carries the cancel token
   * @return in the square of the unit
   */
  public double[] areas(Job job) {
    FaceNormals normals = new FaceNormals(new VoxelFaces(this), job);
    double[] areas = new double[directions.length];
    for (int face = 0; face < areas.length; face++) {
      areas[face] = normals.area(face);
    }
    return areas;
  }

  /** The volume of the voxels that the surface holds, in the cube of the unit. */
  public double voxelVolume() {
    double faces = 0;
    for (int v = 0; v < directions.length; v++) {
      if (directions[v] >> 1 == 0) {
        long edge = Math.round(mesh.vertices()[3 * v] / voxelSize.x());
        faces += (directions[v] & 1) != 0 ? edge : -edge;
      }
    }
    return faces * voxelSize.x() * voxelSize.y() * voxelSize.z();
  }
}
