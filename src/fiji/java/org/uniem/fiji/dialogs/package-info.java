/** Parts of the commands' dialogs that Fiji's own have not. */
package org.uniem.fiji.dialogs;
