/** Commands of flood-filling networks. */
package org.uniem.commands.floodfilling;
