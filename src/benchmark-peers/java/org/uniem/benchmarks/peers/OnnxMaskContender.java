package org.uniem.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.uniem.benchmarks.MaskContender;
import org.uniem.benchmarks.MaskTask;
import org.uniem.networks.Weights;

/** ONNX Runtime with a flood-filling network as an ONNX model. */
public final class OnnxMaskContender implements MaskContender {

  /** Makes {@link OnnxMaskContender}s. */
  public static final class Factory implements MaskContender.Factory {

    @Override
    public MaskContender create(MaskTask task, int threads) {
      try {
        return new OnnxMaskContender(task, threads);
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime refuses " + task.name() + ".", e);
      }
    }
  }

  private static final int FLOAT = 1;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final MaskTask task;

  OnnxMaskContender(MaskTask task, int threads) throws OrtException {
    this.task = task;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      this.session = environment.createSession(new Model(task).write(), options);
    }
  }

  @Override
  public String engine() {
    return "ONNX Runtime " + environment.getVersion();
  }

  @Override
  public float[] predict(float[] images, float[] masks, int n) {
    List<Integer> field = task.field();
    long[] shape = {n, 2, field.get(2), field.get(1), field.get(0)};
    FloatBuffer input = FloatBuffer.wrap(task.planarInput(images, masks, n));
    try (OnnxTensor fed = OnnxTensor.createTensor(environment, input, shape);
        OrtSession.Result result = session.run(Map.of("input", fed))) {
      float[] logits = new float[masks.length];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(logits);
      for (int i = 0; i < logits.length; i++) {
        logits[i] += masks[i];
      }
      return logits;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not predict.", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not close its session.", e);
    }
  }

  /** Writes the layers; field numbers from onnx.proto of ONNX 1.x, operator set 13. */
  private static final class Model {

    private final Message graph = new Message();
    private final MaskTask task;
    private final Weights weights;
    private int count;

    Model(MaskTask task) {
      this.task = task;
      this.weights = task.weights();
    }

    byte[] write() {
      String x = convolution("conv0_b", node("Relu", convolution("conv0_a", "input")));
      for (int module = 1; module < task.depth(); module++) {
        String hidden = convolution("conv" + module + "_a", node("Relu", x));
        x = node("Add", x, convolution("conv" + module + "_b", node("Relu", hidden)));
      }
      String change = convolution("update", node("Relu", x));
      graph.message(1, new Message().text(1, change).text(2, "change").text(4, "Identity"));
      graph.text(2, "network");
      graph.message(11, box("input", 2));
      graph.message(12, box("change", 1));
      return new Message()
          .number(1, 8)
          .message(7, graph)
          .message(8, new Message().text(1, "").number(2, 13))
          .toByteArray();
    }

    private String convolution(String name, String x) {
      Weights.Tensor kernel = MaskTask.planar(weights.get(name + "/kernel"));
      tensor(name + "/kernel", kernel);
      tensor(name + "/bias", weights.get(name + "/bias"));
      int pad = kernel.shape()[2] / 2;
      Message pads = new Message().text(1, "pads");
      for (int i = 0; i < 6; i++) {
        pads.number(8, pad);
      }
      String output = "map" + count++;
      Message node = new Message().text(1, x).text(1, name + "/kernel").text(1, name + "/bias");
      node.text(2, output).text(4, "Conv").message(5, pads.number(20, 7));
      graph.message(1, node);
      return output;
    }

    private String node(String operator, String... inputs) {
      String output = "map" + count++;
      Message node = new Message();
      for (String input : inputs) {
        node.text(1, input);
      }
      graph.message(1, node.text(2, output).text(4, operator));
      return output;
    }

    private void tensor(String name, Weights.Tensor values) {
      Message tensor = new Message();
      for (int size : values.shape()) {
        tensor.number(1, size);
      }
      ByteBuffer raw =
          ByteBuffer.allocate(4 * values.values().length).order(ByteOrder.LITTLE_ENDIAN);
      raw.asFloatBuffer().put(values.values());
      graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
    }

    private Message box(String name, int channels) {
      Message shape = new Message().message(1, new Message().text(2, "n"));
      for (int size :
          new int[] {channels, task.field().get(2), task.field().get(1), task.field().get(0)}) {
        shape.message(1, new Message().number(1, size));
      }
      Message type = new Message().message(1, new Message().number(1, FLOAT).message(2, shape));
      return new Message().text(1, name).message(2, type);
    }
  }
}
