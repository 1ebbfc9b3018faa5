/** What commands are given: their annotated fields as one list, paths, volumes, slices, axes. */
package org.uniem.commands.parameters;
