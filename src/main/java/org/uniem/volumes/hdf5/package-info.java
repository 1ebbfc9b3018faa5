/**
 * HDF5 files: datasets as volumes, with the conventions of CREMI, ilastik, SNEMI and BigDataViewer.
 */
package org.uniem.volumes.hdf5;
