/** Where progress is shown and who is told of a training: terminal, status bar, task list. */
package org.uniem.commands.progress;
