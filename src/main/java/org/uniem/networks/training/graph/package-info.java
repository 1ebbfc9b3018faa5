/** TensorFlow graphs whose variables are learnt, whatever the kind of network. */
package org.uniem.networks.training.graph;
