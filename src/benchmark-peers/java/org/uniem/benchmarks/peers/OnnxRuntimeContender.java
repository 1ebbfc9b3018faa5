package org.uniem.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.uniem.benchmarks.Contender;
import org.uniem.benchmarks.Task;

/** ONNX Runtime with the layers as an ONNX model; inference only. */
public final class OnnxRuntimeContender implements Contender {

  /** Makes {@link OnnxRuntimeContender}s. */
  public static final class Factory implements Contender.Factory {

    @Override
    public Contender create(Task task, int threads) {
      try {
        return new OnnxRuntimeContender(task, threads);
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime refuses " + task.name() + ".", e);
      }
    }
  }

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final float[] tile;
  private final int side;

  OnnxRuntimeContender(Task task, int threads) throws OrtException {
    this.tile = task.tile();
    this.side = task.tileSide();
    byte[] model = new OnnxModel(task.trained()).write(task.trace(), side);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      this.session = environment.createSession(model, options);
    }
  }

  @Override
  public String engine() {
    return "ONNX Runtime " + environment.getVersion();
  }

  @Override
  public boolean trains() {
    return false;
  }

  @Override
  public float train() {
    throw new UnsupportedOperationException("ONNX Runtime for Java does not train.");
  }

  @Override
  public float[] predict() {
    long[] shape = {1, 1, side, side};
    try (OnnxTensor fed = OnnxTensor.createTensor(environment, FloatBuffer.wrap(tile), shape);
        OrtSession.Result result = session.run(Map.of(OnnxModel.INPUT, fed))) {
      float[] values = new float[side * side];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(values);
      return values;
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
}
