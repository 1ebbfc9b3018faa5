package org.uniem.volumes.omezarr;

/**
 * An axis of the arrays.
 *
 * @param name for example {@code "z"}, in lower case
 * @param unit of lengths along it, empty where the file says nothing
 */
record Axis(String name, String unit) {}
