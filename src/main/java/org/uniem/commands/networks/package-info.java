/** Commands that train networks and predict with them. */
package org.uniem.commands.networks;
