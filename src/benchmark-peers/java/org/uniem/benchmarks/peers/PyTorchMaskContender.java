package org.uniem.benchmarks.peers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uniem.benchmarks.MaskContender;
import org.uniem.benchmarks.MaskTask;
import org.uniem.networks.Weights;

/** PyTorch with a flood-filling network, called through the Deep Java Library. */
public final class PyTorchMaskContender implements MaskContender {

  /** Makes {@link PyTorchMaskContender}s. */
  public static final class Factory implements MaskContender.Factory {

    @Override
    public MaskContender create(MaskTask task, int threads) {
      System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
      System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
      return new PyTorchMaskContender(task);
    }
  }

  private static final Shape ONE = new Shape(1, 1, 1);

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final Map<String, NDArray> weights = new HashMap<>();
  private final MaskTask task;

  PyTorchMaskContender(MaskTask task) {
    this.task = task;
    task.weights()
        .asMap()
        .forEach(
            (name, tensor) -> {
              boolean kernel = name.endsWith("/kernel");
              Weights.Tensor planar = kernel ? MaskTask.planar(tensor) : tensor;
              long[] shape = Arrays.stream(planar.shape()).asLongStream().toArray();
              weights.put(name, manager.create(planar.values(), new Shape(shape)));
            });
  }

  @Override
  public String engine() {
    return "PyTorch " + manager.getEngine().getVersion();
  }

  @Override
  public float[] predict(float[] images, float[] masks, int n) {
    List<Integer> field = task.field();
    try (NDManager run = manager.newSubManager()) {
      Shape shape = new Shape(n, 2, field.get(2), field.get(1), field.get(0));
      NDArray input = run.create(task.planarInput(images, masks, n), shape);
      NDArray x = convolution("conv0_b", relu(convolution("conv0_a", input)));
      for (int module = 1; module < task.depth(); module++) {
        NDArray hidden = convolution("conv" + module + "_a", relu(x));
        x = x.add(convolution("conv" + module + "_b", relu(hidden)));
      }
      NDArray mask = run.create(masks, new Shape(n, 1, field.get(2), field.get(1), field.get(0)));
      return mask.add(convolution("update", relu(x))).toFloatArray();
    }
  }

  private NDArray convolution(String name, NDArray x) {
    NDArray kernel = weights.get(name + "/kernel");
    long pad = kernel.getShape().get(2) / 2;
    return x.getNDArrayInternal()
        .convolution(x, kernel, weights.get(name + "/bias"), ONE, new Shape(pad, pad, pad), ONE, 1)
        .singletonOrThrow();
  }

  private static NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }

  @Override
  public void close() {
    manager.close();
  }
}
