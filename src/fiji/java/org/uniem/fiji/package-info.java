/** What needs the libraries that come with Fiji: BigDataViewer, Labkit and the like. */
package org.uniem.fiji;
