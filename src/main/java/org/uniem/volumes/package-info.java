/** A volume = pixels over x, y, z (and channels) with voxel size and unit; readers and writers. */
package org.uniem.volumes;
