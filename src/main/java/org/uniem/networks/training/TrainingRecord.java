package org.uniem.networks.training;

import java.nio.file.Path;

/** Tells listeners, the log and TensorBoard how a training goes. Not thread-safe. */
final class TrainingRecord implements AutoCloseable {

  private final TrainingListener listener;

  TrainingRecord(Path folder, TrainingListener listener) {
    this.listener = listener;
  }

  void graph(byte[] definition) {}

  void step(long step, double seconds, double loss, double learningRate) {
    listener.step(step, loss);
  }

  void validation(long step, double seconds, double loss, double jaccard) {
    listener.validation(step, loss, jaccard);
  }

  void preview(
      long step,
      TrainingGraph.Batch batch,
      TrainingGraph.Evaluation evaluation,
      int inputChannels,
      int outputs) {}

  void flush() {}

  @Override
  public void close() {}
}
