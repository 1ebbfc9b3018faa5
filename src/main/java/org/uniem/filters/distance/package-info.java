/** Exact Euclidean distances in masks and label images. */
package org.uniem.filters.distance;
