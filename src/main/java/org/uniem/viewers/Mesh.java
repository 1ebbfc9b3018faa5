package org.uniem.viewers;

/**
 * The surface of one object; the arrays are referenced, not copied.
 *
 * @param id of the object
 * @param name for people
 * @param vertices x, y, z of each vertex, in the unit of the voxel size
 * @param triangles three vertex numbers each, counter-clockwise seen from outside
 * @param colour red, green, blue of 8 bits each
 */
public record Mesh(long id, String name, float[] vertices, int[] triangles, int colour) {}
