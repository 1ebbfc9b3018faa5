package org.uniem.networks.architecture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The vocabulary that architectures are written in: 2D layers over tensors batch, y, x, channel.
 *
 * <p>All convolutions pad with zeros so that the size stays (stride 1), halves (stride 2) or
 * doubles (transposed). Batch normalisation (Ioffe and Szegedy 2015, arXiv 1502.03167) uses the
 * batch while training and running statistics afterwards; dropout is on in training only. The same
 * architecture code thus builds both graphs. Not thread-safe.
 */
public final class Layers {

  /** Added to the variance in batch normalisation. */
  private static final float EPSILON = 1e-5f;

  private final Ops tf;
  private final Parameters parameters;
  private final Initializer kernelInitializer;
  private final Initializer scaleInitializer;
  private final Set<String> names;

  /**
   * @param tf builds the operations
   * @param parameters gives the weights
   */
  public Layers(Ops tf, Parameters parameters) {
    this(tf, parameters, Initializer.he(), Initializer.constant(1), new HashSet<>());
  }

  private Layers(
      Ops tf, Parameters parameters, Initializer kernel, Initializer scale, Set<String> names) {
    this.tf = tf;
    this.parameters = parameters;
    this.kernelInitializer = kernel;
    this.scaleInitializer = scale;
    this.names = names;
  }

  /**
   * The same layers with other initial values.
   *
   * @param kernel of convolution kernels; He's by default
   * @param scale of the scale of batch normalisation; 1 by default
   */
  public Layers initialisedBy(Initializer kernel, Initializer scale) {
    return new Layers(tf, parameters, kernel, scale, names);
  }

  /**
   * Convolution without bias.
   *
   * @param name unique in the network
   * @param x input [n, h, w, c]
   * @param filters number of output channels
   * @param kernel side of the kernel, odd
   * @param stride 1 or 2
   * @return [n, h/stride, w/stride, filters]
   */
  public FeatureMap conv(String name, FeatureMap x, int filters, int kernel, int stride) {
    return convolve(x, kernel(name, x, filters, kernel), filters, stride);
  }

  /** {@link #conv} plus a bias per output channel, 0 at first. */
  public FeatureMap convBias(String name, FeatureMap x, int filters, int kernel, int stride) {
    FeatureMap y = conv(name, x, filters, kernel, stride);
    Operand<TFloat32> bias = weight(name, "bias", new int[] {filters}, Initializer.constant(0));
    return new FeatureMap(tf.nn.biasAdd(y.operand(), bias), filters);
  }

  /** {@link #conv} followed by batch normalisation. */
  public FeatureMap convNorm(String name, FeatureMap x, int filters, int kernel, int stride) {
    return convNorm(name, x, filters, kernel, stride, 0);
  }

  /**
   * {@link #conv} followed by batch normalisation.
   *
   * @param offset initial offset of the normalisation
   */
  public FeatureMap convNorm(
      String name, FeatureMap x, int filters, int kernel, int stride, float offset) {
    Operand<TFloat32> weight = kernel(name, x, filters, kernel);
    Norm norm = norm(name, filters, offset);
    if (parameters.training()) {
      return normalise(name, convolve(x, weight, filters, stride), norm);
    }
    // Folded into the kernel, so that convolution, bias and rectifier run as one operation.
    Operand<TFloat32> folded = tf.math.mul(weight, norm.factor(tf));
    FeatureMap y = convolve(x, folded, filters, stride);
    return new FeatureMap(tf.nn.biasAdd(y.operand(), norm.rest(tf)), filters);
  }

  /**
   * Transposed convolution with a 3 × 3 kernel and stride 2, without bias.
   *
   * @return [n, 2h, 2w, filters]
   */
  public FeatureMap deconv(String name, FeatureMap x, int filters) {
    return deconvolve(x, deconvKernel(name, x, filters), filters);
  }

  /** {@link #deconv} followed by batch normalisation. */
  public FeatureMap deconvNorm(String name, FeatureMap x, int filters) {
    Operand<TFloat32> weight = deconvKernel(name, x, filters);
    Norm norm = norm(name, filters, 0);
    if (parameters.training()) {
      return normalise(name, deconvolve(x, weight, filters), norm);
    }
    Operand<TFloat32> factor =
        tf.reshape(norm.factor(tf), tf.constant(new int[] {1, 1, filters, 1}));
    FeatureMap y = deconvolve(x, tf.math.mul(weight, factor), filters);
    return new FeatureMap(tf.nn.biasAdd(y.operand(), norm.rest(tf)), filters);
  }

  private Operand<TFloat32> kernel(String name, FeatureMap x, int filters, int kernel) {
    return weight(
        name, "kernel", new int[] {kernel, kernel, x.channels(), filters}, kernelInitializer);
  }

  private Operand<TFloat32> deconvKernel(String name, FeatureMap x, int filters) {
    return weight(name, "kernel", new int[] {3, 3, filters, x.channels()}, kernelInitializer);
  }

  private FeatureMap convolve(FeatureMap x, Operand<TFloat32> weight, int filters, long stride) {
    return new FeatureMap(
        tf.nn.conv2d(x.operand(), weight, List.of(1L, stride, stride, 1L), "SAME"), filters);
  }

  private FeatureMap deconvolve(FeatureMap x, Operand<TFloat32> weight, int filters) {
    Operand<TInt32> inputSize =
        tf.slice(tf.shape(x.operand()), tf.constant(new int[] {0}), tf.constant(new int[] {3}));
    Operand<TInt32> outputSize =
        tf.concat(
            List.of(
                tf.math.mul(inputSize, tf.constant(new int[] {1, 2, 2})),
                tf.constant(new int[] {filters})),
            tf.constant(0));
    return new FeatureMap(
        tf.nn.conv2dBackpropInput(outputSize, weight, x.operand(), List.of(1L, 2L, 2L, 1L), "SAME"),
        filters);
  }

  private record Norm(
      Operand<TFloat32> scale,
      Operand<TFloat32> offset,
      Operand<TFloat32> mean,
      Operand<TFloat32> variance) {

    Operand<TFloat32> factor(Ops tf) {
      return tf.math.mul(scale, tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON))));
    }

    Operand<TFloat32> rest(Ops tf) {
      return tf.math.sub(offset, tf.math.mul(mean, factor(tf)));
    }
  }

  private Norm norm(String name, int channels, float offset) {
    int[] shape = {channels};
    return new Norm(
        weight(name, "scale", shape, scaleInitializer),
        weight(name, "offset", shape, Initializer.constant(offset)),
        parameters.statistic(name + "/mean", shape, Initializer.constant(0)),
        parameters.statistic(name + "/variance", shape, Initializer.constant(1)));
  }

  private FeatureMap normalise(String name, FeatureMap x, Norm norm) {
    Operand<TFloat32> none = tf.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> y =
        tf.nn.fusedBatchNorm(
            x.operand(),
            norm.scale(),
            norm.offset(),
            none,
            none,
            FusedBatchNorm.isTraining(true),
            FusedBatchNorm.epsilon(EPSILON));
    parameters.follow(name + "/mean", y.batchMean());
    parameters.follow(name + "/variance", y.batchVariance());
    return new FeatureMap(y.y(), x.channels());
  }

  /** max(x, 0). */
  public FeatureMap relu(FeatureMap x) {
    return new FeatureMap(tf.nn.relu(x.operand()), x.channels());
  }

  /** x where positive, slope · x elsewhere. */
  public FeatureMap leakyRelu(FeatureMap x, float slope) {
    return new FeatureMap(tf.nn.leakyRelu(x.operand(), LeakyRelu.alpha(slope)), x.channels());
  }

  /** 1 / (1 + exp(−x)). */
  public FeatureMap sigmoid(FeatureMap x) {
    return new FeatureMap(tf.math.sigmoid(x.operand()), x.channels());
  }

  /** Sum of two maps of the same shape. */
  public FeatureMap add(FeatureMap a, FeatureMap b) {
    return new FeatureMap(tf.math.add(a.operand(), b.operand()), a.channels());
  }

  /** a + gate · (b − a), element by element. */
  public FeatureMap mix(FeatureMap a, FeatureMap b, FeatureMap gate) {
    Operand<TFloat32> change = tf.math.mul(gate.operand(), tf.math.sub(b.operand(), a.operand()));
    return new FeatureMap(tf.math.add(a.operand(), change), a.channels());
  }

  /** a · x + b, element by element. */
  public FeatureMap affine(FeatureMap x, float a, float b) {
    return new FeatureMap(
        tf.math.add(tf.math.mul(x.operand(), tf.constant(a)), tf.constant(b)), x.channels());
  }

  /** Channels of all maps one after the other. */
  public FeatureMap concat(List<FeatureMap> maps) {
    if (maps.size() == 1) {
      return maps.get(0);
    }
    List<Operand<TFloat32>> operands = new ArrayList<>();
    int channels = 0;
    for (FeatureMap map : maps) {
      operands.add(map.operand());
      channels += map.channels();
    }
    return new FeatureMap(tf.concat(operands, tf.constant(3)), channels);
  }

  /** Channels of both maps one after the other. */
  public FeatureMap concat(FeatureMap a, FeatureMap b) {
    return concat(List.of(a, b));
  }

  /** Largest of each 2 × 2 pixels: [n, h/2, w/2, c]. */
  public FeatureMap maxPool(FeatureMap x) {
    Operand<TInt32> window = tf.constant(new int[] {1, 2, 2, 1});
    return new FeatureMap(tf.nn.maxPool(x.operand(), window, window, "SAME"), x.channels());
  }

  /** Each 2 × 2 pixels become four times the channels: [n, h/2, w/2, 4c]. */
  public FeatureMap spaceToDepth(FeatureMap x) {
    return new FeatureMap(tf.nn.spaceToDepth(x.operand(), 2L), 4 * x.channels());
  }

  /** Inverse of {@link #spaceToDepth}: [n, 2h, 2w, c/4]. Shi et al. 2016, arXiv 1609.05158. */
  public FeatureMap depthToSpace(FeatureMap x) {
    return new FeatureMap(tf.nn.depthToSpace(x.operand(), 2L), x.channels() / 4);
  }

  /** Every pixel becomes 2 × 2 equal ones: [n, 2h, 2w, c]. */
  public FeatureMap upsample(FeatureMap x) {
    Operand<TInt32> size =
        tf.math.mul(
            tf.slice(tf.shape(x.operand()), tf.constant(new int[] {1}), tf.constant(new int[] {2})),
            tf.constant(2));
    return new FeatureMap(tf.image.resizeNearestNeighbor(x.operand(), size), x.channels());
  }

  /**
   * Sets a share of the values to 0 and enlarges the others, in training only. Srivastava et al.
   * 2014, JMLR 15.
   *
   * @param stream different for every dropout layer of a network
   * @param rate share set to 0, 0 ≤ rate &lt; 1
   */
  public FeatureMap dropout(int stream, FeatureMap x, float rate) {
    if (!parameters.training() || rate == 0) {
      return x;
    }
    Operand<TInt32> seed = tf.math.add(parameters.stepSeed(), tf.constant(new int[] {0, stream}));
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(tf.shape(x.operand()), seed, TFloat32.class);
    Operand<TFloat32> keep =
        tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant(rate)), TFloat32.class);
    Operand<TFloat32> y = tf.math.mul(x.operand(), tf.math.mul(keep, tf.constant(1 / (1 - rate))));
    return new FeatureMap(y, x.channels());
  }

  private Operand<TFloat32> weight(String layer, String kind, int[] shape, Initializer initial) {
    String name = layer + "/" + kind;
    if (!names.add(name)) {
      throw new IllegalArgumentException("Two layers of the network are called " + layer + ".");
    }
    return parameters.weight(name, shape, initial);
  }
}
