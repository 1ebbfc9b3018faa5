package org.uniem.networks.training.run;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.uniem.networks.training.events.EventWriter;

/**
 * Tells the listener, the log and TensorBoard how a training goes. Not thread-safe.
 *
 * <p>{@code log.csv} and the event files get the mean loss every ten steps, each validation, and a
 * preview: image, target and probability of the first validation patch side by side.
 */
public final class TrainingRecord implements AutoCloseable {

  private static final int EVERY = 10;

  private final TrainingListener listener;
  private final TrainingLog log;
  private final EventWriter events;
  private double lossSum;
  private int lossCount;
  private double lastRate;

  /**
   * @param folder where log and events go
   * @param step steps done before, 0 for a fresh training
   * @param listener follows too
   */
  public TrainingRecord(Path folder, long step, TrainingListener listener) {
    this.listener = listener;
    Path file = folder.resolve("log.csv");
    this.log = step == 0 ? TrainingLog.create(file) : TrainingLog.resume(file, step);
    try {
      this.events = new EventWriter(folder);
    } catch (RuntimeException | Error e) {
      log.close();
      throw e;
    }
  }

  /** Notes the graph, in TensorFlow's exchange format. */
  public void graph(byte[] definition) {
    events.graph(definition);
  }

  /** Notes a step and its loss. */
  public void step(long step, double seconds, double loss, double learningRate) {
    lossSum += loss;
    lossCount++;
    lastRate = learningRate;
    if (lossCount == EVERY) {
      double mean = lossSum / lossCount;
      lossSum = 0;
      lossCount = 0;
      events.scalar("loss/training", step, mean);
      events.scalar("learningRate", step, learningRate);
      log.add(new TrainingLog.Row(step, seconds, mean, Double.NaN, Double.NaN, learningRate));
    }
    listener.step(step, loss);
  }

  /** Notes a score of another name than the Jaccard index, 0 … 1. */
  public void score(long step, double seconds, String name, double value) {
    events.scalar(name + "/validation", step, value);
    events.flush();
    log.add(new TrainingLog.Row(step, seconds, Double.NaN, Double.NaN, value, lastRate));
  }

  /** Notes a validation: loss and Jaccard index, 0 … 1. */
  public void validation(long step, double seconds, double loss, double jaccard) {
    events.scalar("loss/validation", step, loss);
    events.scalar("jaccard/validation", step, jaccard);
    events.flush();
    log.add(new TrainingLog.Row(step, seconds, Double.NaN, loss, jaccard, lastRate));
    listener.validation(step, loss, jaccard);
  }

  /** Notes a picture. */
  public void picture(String name, long step, BufferedImage picture) {
    events.image(name, step, picture);
  }

  /** Makes what was noted visible to others. */
  public void flush() {
    events.flush();
  }

  @Override
  public void close() {
    try (EventWriter last = events) {
      log.close();
    }
  }
}
