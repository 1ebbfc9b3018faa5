/**
 * PNG and JPEG files as they are stored: no colour profile, gamma, transparency or scaling by the
 * decoder changes a value.
 *
 * <p>The decoders are those of the Java runtime, which are given the file without what would make
 * them change values: a grey PNG of 1, 2 or 4 bits, for example, comes as stored, but already
 * scaled where the file names a transparent value.
 */
package org.uniem.volumes.stack.raster;
