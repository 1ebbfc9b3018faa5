/** Skeletons of labelled objects: trees along their centre lines with radii. */
package org.uniem.annotation.skeletons;
