/**
 * What stands in for the suite in a Fiji whose Java is too old for it. Alone of the suite compiled
 * for Java 8, so that such a Fiji can load it.
 */
package org.uniem.commands.requirement;
