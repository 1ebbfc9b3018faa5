/**
 * What the bytes of an HDF5 file mean: groups, datasets, attributes, chunks.
 *
 * <p>Own code, since the library for it, jHDF 0.13.0, gives wrong voxels without a word where a
 * filter of a chunk was skipped, and where a chunk was never written and has a fill value; does not
 * check checksums; reads no dataset whose largest size is beyond its present one, nothing of a
 * committed type, and no group with a member that it does not know; keeps the index of all chunks
 * in memory; and writes only what is in memory as a whole. It is run in tests, in both directions.
 *
 * <p>Source: <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">HDF5
 * File Format Specification, version 3.0</a>. Not read: files of several files (split, family),
 * shared messages in heaps, and what the messages of {@link UnsupportedFeatureException} name.
 */
package org.uniem.volumes.hdf5.structure;
