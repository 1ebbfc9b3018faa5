/** The viewers that need nothing but ImageJ. */
package org.uniem.viewers.imagej;
