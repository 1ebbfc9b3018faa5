/**
 * Volumes whose voxels are stored in chunks that each have a file, or a place in one: what the
 * formats of that kind share.
 */
package org.uniem.volumes.chunked;
