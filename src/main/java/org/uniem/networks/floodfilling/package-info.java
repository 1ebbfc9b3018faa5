/**
 * Flood-filling networks in TensorFlow: the network as {@link
 * org.uniem.floodfilling.MaskPredictor}, and the import of published ones.
 */
package org.uniem.networks.floodfilling;
