/**
 * Datasets of N5, whose axes are stored x first.
 *
 * @see <a href="https://github.com/saalfeldlab/n5">the description of the format</a>
 */
package org.uniem.volumes.n5;
