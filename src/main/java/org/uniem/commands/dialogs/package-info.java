/** What a command has in Fiji: its dialog, values proposed for it, buttons and windows. */
package org.uniem.commands.dialogs;
