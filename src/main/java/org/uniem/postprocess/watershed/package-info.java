/**
 * Seeded watershed of images of any size, seeds from distance maps, and objects from boundary or
 * object maps by both.
 */
package org.uniem.postprocess.watershed;
