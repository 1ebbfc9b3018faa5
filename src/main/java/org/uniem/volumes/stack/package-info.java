/**
 * Stacks of images: folders of PNG, TIFF or JPEG slices, and TIFF stacks as ImageJ reads and writes
 * them.
 */
package org.uniem.volumes.stack;
