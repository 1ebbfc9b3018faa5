package org.uniem.networks.training;

import java.util.function.BiConsumer;
import org.uniem.job.Job;

/** Scores the network in training on the patches kept for validation. */
final class Validation {

  private Validation() {}

  /**
   * @param loss mean over the patches
   * @param jaccard of the foreground at probability 0.5, or its mean over the classes
   */
  record Score(double loss, double jaccard) {}

  /**
   * @param batch room for one tile
   * @param preview sees the first tile and what the network makes of it
   */
  static Score score(
      TrainingGraph graph,
      PatchSampler sampler,
      TrainingGraph.Batch batch,
      int outputs,
      BiConsumer<TrainingGraph.Batch, TrainingGraph.Evaluation> preview,
      Job job) {
    long[] both = new long[outputs];
    long[] either = new long[outputs];
    double loss = 0;
    for (int i = 0; i < sampler.validationCount(); i++) {
      job.checkCancelled();
      sampler.fillValidation(i, batch.image(), batch.target(), batch.weight());
      TrainingGraph.Evaluation evaluation = graph.evaluate(batch);
      loss += evaluation.loss();
      count(evaluation.probabilities(), batch, outputs, both, either);
      if (i == 0) {
        preview.accept(batch, evaluation);
      }
    }
    return new Score(loss / sampler.validationCount(), jaccard(both, either));
  }

  private static void count(
      float[] probabilities, TrainingGraph.Batch batch, int outputs, long[] both, long[] either) {
    for (int i = 0; i < batch.weight().length; i++) {
      if (batch.weight()[i] == 0) {
        continue;
      }
      for (int k = 0; k < outputs; k++) {
        boolean found = probabilities[i * outputs + k] >= 0.5f;
        float target = batch.target()[i * outputs + k];
        boolean known = target != AffinityTarget.UNKNOWN;
        boolean real = target >= 0.5f;
        both[k] += known && found && real ? 1 : 0;
        either[k] += known && (found || real) ? 1 : 0;
      }
    }
  }

  private static double jaccard(long[] both, long[] either) {
    double sum = 0;
    int classes = 0;
    for (int k = 0; k < both.length; k++) {
      if (either[k] > 0) {
        sum += (double) both[k] / either[k];
        classes++;
      }
    }
    return classes == 0 ? 0 : sum / classes;
  }
}
