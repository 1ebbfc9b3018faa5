/**
 * Flood filling of volumes of any size in overlapping subvolumes, each kept on disk once finished.
 */
package org.uniem.floodfilling.subvolumes;
