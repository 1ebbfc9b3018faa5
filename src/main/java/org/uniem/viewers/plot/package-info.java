/** What plots need, on paper and on screen. */
package org.uniem.viewers.plot;
