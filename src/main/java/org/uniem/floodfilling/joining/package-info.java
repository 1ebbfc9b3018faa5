/** What follows the growing of objects: joining subvolumes, and the consensus of segmentations. */
package org.uniem.floodfilling.joining;
