/** Reads weights that other TensorFlow programs have saved, without running anything of theirs. */
package org.uniem.networks.checkpoints;
