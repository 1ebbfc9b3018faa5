/** Records Case 1 in the windows of Fiji, and replays it without. */
package org.uniem.fiji.recording;
