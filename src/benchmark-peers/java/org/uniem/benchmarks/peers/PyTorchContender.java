package org.uniem.benchmarks.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uniem.benchmarks.Contender;
import org.uniem.benchmarks.Convolution;
import org.uniem.benchmarks.Replay;
import org.uniem.benchmarks.Task;
import org.uniem.networks.Weights;

/** PyTorch, called through the Deep Java Library. Tensors are batch, channel, y, x. */
public final class PyTorchContender implements Contender {

  /** Makes {@link PyTorchContender}s. */
  public static final class Factory implements Contender.Factory {

    @Override
    public Contender create(Task task, int threads) {
      System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
      System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
      return new PyTorchContender(task);
    }
  }

  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);
  private static final Shape NONE = new Shape(0, 0);
  private static final int NEAREST = 0;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final Engine engine = manager.getEngine();
  private final Optimizer adam =
      Adam.builder().optLearningRateTracker(Tracker.fixed(Task.LEARNING_RATE)).build();
  private final Map<String, NDArray> trained = new LinkedHashMap<>();
  private final Map<String, NDArray> fixed = new LinkedHashMap<>();
  private final Task task;
  private final float[] batch;
  private final float[] target;
  private final float[] tile;

  PyTorchContender(Task task) {
    this.task = task;
    this.batch = task.batch();
    this.target = task.target();
    this.tile = task.tile();
    // One run over nothing but names: collects the weights each layer needs.
    task.trace().replay("image", new Collector());
  }

  @Override
  public String engine() {
    return "PyTorch " + engine.getVersion();
  }

  @Override
  public boolean trains() {
    return true;
  }

  @Override
  public float train() {
    Shape shape = new Shape(task.batchSize(), 1, task.patch(), task.patch());
    try (NDManager step = manager.newSubManager()) {
      float loss;
      try (GradientCollector gradients = engine.newGradientCollector()) {
        NDArray z = task.trace().replay(step.create(batch, shape), new TrainingLayers());
        NDArray value = logisticLoss(z, step.create(target, shape));
        gradients.backward(value);
        loss = value.getFloat();
      }
      trained.forEach(
          (name, weight) -> {
            try (NDArray gradient = weight.getGradient()) {
              adam.update(name, weight, gradient);
            }
          });
      return loss;
    }
  }

  private static NDArray logisticLoss(NDArray z, NDArray t) {
    NDArray rest = z.abs().neg().exp().add(1).log();
    return relu(z).sub(z.mul(t)).add(rest).mean();
  }

  @Override
  public float[] predict() {
    int side = task.tileSide();
    try (NDManager run = manager.newSubManager()) {
      NDArray image = run.create(tile, new Shape(1, 1, side, side));
      NDArray logits = task.trace().replay(image, new InferenceLayers());
      return logits.getNDArrayInternal().sigmoid().toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }

  private NDArray array(Weights.Tensor tensor) {
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    return manager.create(tensor.values(), new Shape(shape));
  }

  private static NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }

  /** Layers without weights are the same in training and inference. */
  private abstract static class PyTorchLayers implements Replay<NDArray> {

    static NDArray convolve(Convolution layer, NDArray x, NDArray kernel, NDArray bias) {
      int side = (int) kernel.getShape().get(2);
      int before = layer.padBefore(side);
      int after = layer.padAfter(side);
      if (layer.transposed()) {
        return transposed(x, kernel, bias);
      }
      Shape stride = layer.stride() == 1 ? ONE : TWO;
      Shape padding = new Shape(before, before);
      if (before != after) {
        x = x.pad(new Shape(before, after, before, after), 0);
        padding = NONE;
      }
      return x.getNDArrayInternal()
          .convolution(x, kernel, bias, stride, padding, ONE, 1)
          .singletonOrThrow();
    }

    /**
     * The Deep Java Library lacks transposed convolutions for PyTorch. This is the same sum: each
     * of the four output pixels of an input pixel sees 2 × 2 inputs, so a 2 × 2 convolution gives
     * them as channels (16/9 of the multiplications).
     */
    private static NDArray transposed(NDArray x, NDArray kernel, NDArray bias) {
      long in = kernel.getShape().get(0);
      long out = kernel.getShape().get(1);
      NDArray four =
          kernel
              .pad(new Shape(0, 1, 0, 1), 0)
              .reshape(in, out, 2, 2, 2, 2)
              .flip(2, 4)
              .transpose(3, 5, 1, 0, 2, 4)
              .reshape(4 * out, in, 2, 2);
      NDArray bias4 = bias == null ? null : NDArrays.concat(new NDList(bias, bias, bias, bias));
      NDArray padded = x.pad(new Shape(1, 0, 1, 0), 0);
      return subPixels(
          x.getNDArrayInternal()
              .convolution(padded, four, bias4, ONE, NONE, ONE, 1)
              .singletonOrThrow());
    }

    private static NDArray subPixels(NDArray x) {
      long n = x.getShape().get(0);
      long c = x.getShape().get(1) / 4;
      long h = x.getShape().get(2);
      long w = x.getShape().get(3);
      return x.reshape(n, 2, 2, c, h, w).transpose(0, 3, 4, 1, 5, 2).reshape(n, c, 2 * h, 2 * w);
    }

    @Override
    public NDArray relu(NDArray x) {
      return PyTorchContender.relu(x);
    }

    @Override
    public NDArray add(NDArray a, NDArray b) {
      return a.add(b);
    }

    @Override
    public NDArray concat(List<NDArray> maps) {
      return NDArrays.concat(new NDList(maps), 1);
    }

    @Override
    public NDArray maxPool(NDArray x) {
      return Pool.maxPool2d(x, TWO, TWO, NONE, false);
    }

    @Override
    public NDArray upsample(NDArray x) {
      long[] size = {2 * x.getShape().get(2), 2 * x.getShape().get(3)};
      return x.getNDArrayInternal().interpolation(size, NEAREST, false);
    }

    @Override
    public NDArray depthToSpace(NDArray x) {
      return subPixels(x);
    }
  }

  private final class TrainingLayers extends PyTorchLayers {

    @Override
    public NDArray convolution(Convolution layer, NDArray x) {
      NDArray bias = layer.bias().isEmpty() ? null : trained.get(layer.bias());
      NDArray y = convolve(layer, x, trained.get(layer.kernel()), bias);
      if (layer.norm().isEmpty()) {
        return y;
      }
      return BatchNorm.batchNorm(
              y,
              fixed.get(layer.norm() + "mean"),
              fixed.get(layer.norm() + "variance"),
              trained.get(layer.norm() + "scale"),
              trained.get(layer.norm() + "offset"),
              1,
              0.1f,
              Convolution.EPSILON,
              true)
          .singletonOrThrow();
    }
  }

  private final class InferenceLayers extends PyTorchLayers {

    @Override
    public NDArray convolution(Convolution layer, NDArray x) {
      String name = layer.kernel();
      return convolve(layer, x, fixed.get(name), fixed.get(name + "/bias"));
    }
  }

  /** Uploads the weights of every layer, for training as they are, for inference folded. */
  private final class Collector implements Replay<String> {

    @Override
    public String convolution(Convolution layer, String x) {
      train(layer.kernel(), layer.planarKernel(task.initial()));
      if (!layer.bias().isEmpty()) {
        train(layer.bias(), task.initial().get(layer.bias()));
      }
      if (!layer.norm().isEmpty()) {
        for (String name : List.of("scale", "offset")) {
          train(layer.norm() + name, task.initial().get(layer.norm() + name));
        }
        for (String name : List.of("mean", "variance")) {
          fixed.put(layer.norm() + name, array(task.initial().get(layer.norm() + name)));
        }
      }
      fixed.put(layer.kernel(), array(layer.foldedKernel(task.trained())));
      fixed.put(layer.kernel() + "/bias", manager.create(layer.foldedBias(task.trained())));
      return x;
    }

    private void train(String name, Weights.Tensor tensor) {
      NDArray array = array(tensor);
      array.setRequiresGradient(true);
      trained.put(name, array);
    }

    @Override
    public String relu(String x) {
      return x;
    }

    @Override
    public String add(String a, String b) {
      return a;
    }

    @Override
    public String concat(List<String> maps) {
      return maps.get(0);
    }

    @Override
    public String maxPool(String x) {
      return x;
    }

    @Override
    public String upsample(String x) {
      return x;
    }

    @Override
    public String depthToSpace(String x) {
      return x;
    }
  }
}
