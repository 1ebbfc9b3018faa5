/** TensorBoard event files: written while a network trains, and followed by whoever watches it. */
package org.uniem.networks.training.events;
