/** The images of ImageJ: open ones as inputs of commands, and results as new ones. */
package org.uniem.viewers.images;
