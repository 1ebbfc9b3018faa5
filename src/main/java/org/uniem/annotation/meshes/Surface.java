package org.uniem.annotation.meshes;

/**
 * The surface of an object and what is on its other side; the array is referenced, not copied.
 *
 * @param mesh the surface
 * @param outside for each vertex the label of the voxel next to it outside the object, 0 for
 *     background and beyond the border of the stack
 */
public record Surface(TriangleMesh mesh, long[] outside) {}
