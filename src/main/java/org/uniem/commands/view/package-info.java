/** Commands that open viewers. */
package org.uniem.commands.view;
