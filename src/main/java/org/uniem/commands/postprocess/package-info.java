/** Commands that turn maps into objects and join regions. */
package org.uniem.commands.postprocess;
