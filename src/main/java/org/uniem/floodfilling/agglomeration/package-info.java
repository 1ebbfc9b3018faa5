/**
 * Joins objects that are one by growing both anew where they are nearest to each other
 * (resegmentation): candidates, scores, and tables of merges that can be edited and undone.
 */
package org.uniem.floodfilling.agglomeration;
