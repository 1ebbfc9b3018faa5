/** Volumes whose images are decoded one by one when first needed. */
package org.uniem.volumes.planes;
