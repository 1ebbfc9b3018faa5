/**
 * Images and labels in OME-Zarr of versions 0.4 and 0.5.
 *
 * @see <a href="https://ngff.openmicroscopy.org/">the specifications</a>
 */
package org.uniem.volumes.omezarr;
