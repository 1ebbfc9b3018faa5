package org.uniem.volumes;

/** A volume with a voxel size given by the user. */
record RecalibratedVolume(Volume delegate, VoxelSize voxelSize) implements DelegatingVolume {}
