/**
 * What flood-filling networks are trained from: where examples are taken, how they are varied and
 * how the field of view moves in them.
 */
package org.uniem.floodfilling.training;
