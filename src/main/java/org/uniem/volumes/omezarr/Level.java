package org.uniem.volumes.omezarr;

import java.util.List;
import org.uniem.volumes.omezarr.arrays.ZarrArray;

/**
 * One resolution of an image.
 *
 * @param array its elements
 * @param axes what its axes are
 * @param scale size of an element along each axis
 */
record Level(ZarrArray array, List<Axis> axes, double[] scale) {}
