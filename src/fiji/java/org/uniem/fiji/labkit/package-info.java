/** Painting in Labkit. */
package org.uniem.fiji.labkit;
