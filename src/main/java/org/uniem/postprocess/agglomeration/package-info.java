/**
 * From an over-segmentation to objects: the graph of touching regions, agglomeration by affinity,
 * and multicut.
 */
package org.uniem.postprocess.agglomeration;
