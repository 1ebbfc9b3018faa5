/** How the pixels of images become numbers that networks take, whatever their type and range. */
package org.uniem.networks.pixels;
