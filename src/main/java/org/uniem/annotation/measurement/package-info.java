/** Shapes of labelled objects and the areas in which they touch. */
package org.uniem.annotation.measurement;
