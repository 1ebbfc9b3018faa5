package org.uniem.networks.architecture;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What flows between layers: a tensor batch, y, x, channel.
 *
 * @param operand the tensor, float32
 * @param channels size of its last axis
 */
public record FeatureMap(Operand<TFloat32> operand, int channels) {}
