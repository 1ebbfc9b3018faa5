/** What is known of the objects of a segmentation: tables of sizes and places. */
package org.uniem.annotation;
