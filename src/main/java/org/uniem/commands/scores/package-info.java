/** Commands that compare results with the truth. */
package org.uniem.commands.scores;
