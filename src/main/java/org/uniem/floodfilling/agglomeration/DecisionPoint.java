package org.uniem.floodfilling.agglomeration;

import org.uniem.floodfilling.scene.VoxelPosition;

/**
 * Where two objects are nearest to each other, so that it can be decided there whether they are
 * one.
 *
 * @param a id of the one
 * @param b id of the other, larger
 * @param distance from each object to there, in the unit of the voxel size: half of the gap
 * @param position a voxel where what is nearer to the one touches what is nearer to the other
 */
public record DecisionPoint(long a, long b, double distance, VoxelPosition position) {}
