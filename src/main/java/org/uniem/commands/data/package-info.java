/** Images and ground truth: commands that filter, convert, make, open and paint them. */
package org.uniem.commands.data;
