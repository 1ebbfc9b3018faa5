/** Structures of networks, each a SciJava plugin that builds its layers. */
package org.uniem.networks.architecture;
