/**
 * Flood-filling networks: objects grown one by one by a network that moves its field of view over
 * the image (Januszewski et al. 2018, 10.1038/s41592-018-0049-4). Sees the network only through
 * {@link org.uniem.floodfilling.MaskPredictor}.
 */
package org.uniem.floodfilling;
