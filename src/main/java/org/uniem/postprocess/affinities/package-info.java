/**
 * Affinities, the probabilities that two voxels at a given offset belong together, and the mutex
 * watershed, which makes objects of them.
 */
package org.uniem.postprocess.affinities;
