/**
 * Windows that show and paint volumes and meshes, as SciJava plugin types: the plain ones of ImageJ
 * are here, better ones come with the application and have a higher priority.
 */
package org.uniem.viewers;
