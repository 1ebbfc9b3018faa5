/**
 * Prediction of whole stacks with 2D networks: tiles with overlap, flips, several models, smoothing
 * across slices; slices stream through, so memory does not grow with their number.
 */
package org.uniem.networks.inference;
