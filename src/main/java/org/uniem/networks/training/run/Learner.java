package org.uniem.networks.training.run;

import java.util.Map;
import org.uniem.job.Job;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.Weights;

/**
 * What is trained, step by step: the part of a training that differs between kinds of networks.
 * {@link TrainingRun} calls it from one thread.
 */
public interface Learner extends AutoCloseable {

  /** Where a training stands when it validates. */
  record Moment(long step, double seconds, double smoothedLoss) {}

  /** Everything that must be known to go on later. */
  Weights state();

  /** Goes on from a state, before the first step. */
  void restore(Weights state);

  /**
   * The learning rate of a step.
   *
   * @param step from 1
   * @param progress share of the training done, 0 … 1
   */
  double learningRate(long step, double progress);

  /**
   * Trains one step.
   *
   * @param step from 1, one after the other
   * @param rate learning rate
   * @param job waiting for data ends with its cancel
   * @return the loss before the step
   */
  float learn(long step, double rate, Job job);

  /** Whether a part is kept for validation. */
  boolean validates();

  /**
   * Scores what was learnt so far on the part kept, and tells the record.
   *
   * @return the score, 0 … 1; higher is better
   */
  double validate(Moment now, TrainingRecord record, Job job);

  /** Name of the score in the model, such as {@code validationJaccard}. */
  String scoreName();

  /** The weights of the model: averaged over the last steps. */
  Weights weights();

  /** The model but for where it comes from and its scores. */
  ModelDescription.Builder description();

  /** What the model notes of its training beside options, steps and time. */
  Map<String, Object> facts();

  /** What helps against a loss that is not finite, as the end of a sentence. */
  String remedy();

  /**
   * What is told at the end.
   *
   * @param seconds that this run took
   * @return a sentence, or nothing
   */
  String epilogue(double seconds);

  /** The graph in TensorFlow's exchange format, for TensorBoard. */
  byte[] definition();

  @Override
  void close();
}
