/** Shows objects of flood filling while they grow, in this or another process. */
package org.uniem.viewers.filling;
