/** The suite in a Fiji that is started as users start it. */
package org.uniem.fiji.whole;
