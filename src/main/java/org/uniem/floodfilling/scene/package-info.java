/** What flood filling works on: one piece of a volume in memory, with the objects found in it. */
package org.uniem.floodfilling.scene;
