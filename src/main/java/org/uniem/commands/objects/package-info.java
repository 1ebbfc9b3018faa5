/** Commands that measure objects, mesh and skeletonize them. */
package org.uniem.commands.objects;
