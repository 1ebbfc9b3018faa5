/** Voxels as the windows of Fiji want them: lazily loaded, with a contrast that suits them. */
package org.uniem.fiji.voxels;
