/** The demo, which runs commands of the other rooms, and where to read more. */
package org.uniem.commands.help;
