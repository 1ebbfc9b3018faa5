/** Scores of a segmentation against ground truth, for volumes of any size. */
package org.uniem.metrics;
