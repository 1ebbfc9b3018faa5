/** The training monitor: follows the event files of a training and shows them in a window. */
package org.uniem.viewers.monitor;
