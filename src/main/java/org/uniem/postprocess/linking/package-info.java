/** Links the objects of single slices to objects of the whole stack. */
package org.uniem.postprocess.linking;
