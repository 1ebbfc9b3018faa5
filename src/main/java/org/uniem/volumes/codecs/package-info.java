/**
 * The compressors and checksums of Zarr chunks: from bytes to bytes. Zstandard and LZ4 are kept
 * libraries that Fiji has as well; the container of Blosc is read and written here.
 */
package org.uniem.volumes.codecs;
