/**
 * TIFF and BigTIFF files as stacks of slices, by own code.
 *
 * <p>Libraries were considered and are not better for data that are measured: TwelveMonkeys 3.15
 * clamps floats to 0 … 1; ImageJ 1.54p reads unsigned 32-bit numbers as signed, and predictor 3 as
 * garbage without a word; the reader of the Java runtime turns values over where 0 is white.
 */
package org.uniem.volumes.stack.tiff;
