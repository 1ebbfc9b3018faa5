/** Lists and disjoint sets of whole numbers: voxels, regions, objects. */
package org.uniem.postprocess.indices;
