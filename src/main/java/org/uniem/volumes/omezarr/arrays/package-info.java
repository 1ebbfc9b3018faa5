/**
 * Zarr arrays of version 2 and 3 in folders: their metadata, their chunks and shards.
 *
 * @see <a href="https://zarr-specs.readthedocs.io/">the specifications</a>
 */
package org.uniem.volumes.omezarr.arrays;
