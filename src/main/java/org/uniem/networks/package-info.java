/**
 * Networks: models and their files, architectures, training and prediction; alone sees TensorFlow.
 */
package org.uniem.networks;
