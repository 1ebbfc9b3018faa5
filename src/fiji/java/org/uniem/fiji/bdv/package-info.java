/** Volumes in BigDataViewer. */
package org.uniem.fiji.bdv;
