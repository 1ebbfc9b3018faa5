/** Where objects are begun: the seed policies of flood filling. */
package org.uniem.floodfilling.seeds;
