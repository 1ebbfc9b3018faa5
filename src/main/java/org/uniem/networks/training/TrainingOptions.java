package org.uniem.networks.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.uniem.job.BadParameterException;
import org.uniem.networks.architecture.CompactUNet;
import org.uniem.networks.architecture.Optimiser;
import org.uniem.networks.training.run.CosineSchedule;
import org.uniem.networks.training.run.RunPlan;
import org.uniem.networks.training.run.TrainingLimits;

/**
 * How a network is trained; start from {@link #DEFAULT} and change what is needed. Immutable.
 *
 * @param network what is trained and on which patches
 * @param limits when it ends
 * @param optimiser constants of Adam
 * @param holdout what is kept for validation
 * @param checkpointSeconds seconds between checkpoints
 * @param publishSeconds seconds between models saved while it trains, for previews; 0 = at the end
 *     alone
 * @param seed fixes first weights, patches and augmentation
 */
public record TrainingOptions(
    Network network,
    TrainingLimits limits,
    Optimiser optimiser,
    Holdout holdout,
    double checkpointSeconds,
    double publishSeconds,
    long seed) {

  /** Share of the old value in the smoothed loss. */
  private static final double LOSS_SMOOTHING = 0.98;

  /** The CPU-first default; Adam's constants are chosen for it, not the papers'. */
  public static final TrainingOptions DEFAULT =
      new TrainingOptions(
          new Network("compact-unet", Map.of(), "logistic+dice", 4, 256),
          new TrainingLimits(0, 10),
          new CompactUNet().optimiser(),
          new Holdout(Holdout.AUTO, 0, 200),
          60,
          0,
          1);

  /**
   * What is trained and on which patches.
   *
   * @param architecture name of the architecture, for example {@code "compact-unet"}
   * @param options its options by name; missing ones take their defaults
   * @param loss names joined by {@code +}, see {@link Loss}
   * @param batchSize patches per step, 1 … 256
   * @param patchSize side of a patch in pixels, 16 … 4096
   */
  public record Network(
      String architecture,
      Map<String, Integer> options,
      String loss,
      int batchSize,
      int patchSize) {

    public Network {
      options = Map.copyOf(options);
      range("batchSize", batchSize, 1, 256);
      range("patchSize", patchSize, 16, 4096);
      Loss.parse(loss);
    }
  }

  /**
   * What is kept for validation, and how often it is looked at.
   *
   * @param fraction share of the labelled slices, 0 (none) … 0.9, or {@link #AUTO}
   * @param patience ends after so many validations without a better score; 0 = never
   * @param every steps between validations, 1 or more
   */
  public record Holdout(double fraction, int patience, int every) {

    /** As fits what is labelled. */
    public static final double AUTO = -1;

    /** Share that is kept where there is enough. */
    private static final double SHARE = 0.15;

    /** With fewer, a part of the very slices that are learnt from would be kept. */
    private static final int FEWEST_SLICES = 4;

    public Holdout {
      if (fraction != AUTO) {
        range("validationFraction", fraction, 0, 0.9);
      }
      range("patience", patience, 0, Integer.MAX_VALUE);
      range("validateEvery", every, 1, Integer.MAX_VALUE);
    }

    /**
     * The share that is kept, 0 … 0.9. Where it is to fit, few slices are all learnt from: a strip
     * of the only one starves the training and is too little to choose the best weights by.
     *
     * @param labelledSlices how many there are
     */
    public double fractionOf(int labelledSlices) {
      if (fraction != AUTO) {
        return fraction;
      }
      // Patience needs something to lose it by.
      return labelledSlices >= FEWEST_SLICES || patience > 0 ? SHARE : 0;
    }
  }

  /** Checks the ranges. */
  public TrainingOptions {
    range("learningRate", optimiser.learningRate(), 1e-9, 10);
    range("beta1", optimiser.beta1(), 0, 0.999999);
    range("beta2", optimiser.beta2(), 0, 0.999999999);
    range("weightDecay", optimiser.weightDecay(), 0, 10);
    range("averageDecay", optimiser.averageDecay(), 0, 0.999999);
    range("checkpointSeconds", checkpointSeconds, 0, Double.MAX_VALUE);
    range("publishEvery", publishSeconds, 0, Double.MAX_VALUE);
  }

  private static void range(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new BadParameterException(
          name + "=" + value + " is out of range: give " + min + " to " + max + ".");
    }
  }

  /** A copy with other limits. */
  public TrainingOptions withLimits(long steps, double minutes) {
    return new TrainingOptions(
        network,
        new TrainingLimits(steps, minutes),
        optimiser,
        holdout,
        checkpointSeconds,
        publishSeconds,
        seed);
  }

  /** A copy with another architecture, loss and patches. */
  public TrainingOptions withNetwork(
      String architecture,
      Map<String, Integer> options,
      String loss,
      int batchSize,
      int patchSize) {
    return new TrainingOptions(
        new Network(architecture, options, loss, batchSize, patchSize),
        limits,
        optimiser,
        holdout,
        checkpointSeconds,
        publishSeconds,
        seed);
  }

  /** A copy with other constants of Adam. */
  public TrainingOptions withOptimiser(Optimiser other) {
    return new TrainingOptions(
        network, limits, other, holdout, checkpointSeconds, publishSeconds, seed);
  }

  /** A copy with another validation. */
  public TrainingOptions withValidation(double fraction, int patience, int every) {
    return new TrainingOptions(
        network,
        limits,
        optimiser,
        new Holdout(fraction, patience, every),
        checkpointSeconds,
        publishSeconds,
        seed);
  }

  /** A copy with another interval between checkpoints. */
  public TrainingOptions withCheckpoints(double seconds) {
    return new TrainingOptions(network, limits, optimiser, holdout, seconds, publishSeconds, seed);
  }

  /** A copy with another interval between models saved while it trains. */
  public TrainingOptions withPublishing(double seconds) {
    return new TrainingOptions(
        network, limits, optimiser, holdout, checkpointSeconds, seconds, seed);
  }

  /** A copy with another seed. */
  public TrainingOptions withSeed(long other) {
    return new TrainingOptions(
        network, limits, optimiser, holdout, checkpointSeconds, publishSeconds, other);
  }

  /** What the loop of a training needs to know. */
  RunPlan plan() {
    return new RunPlan(
        limits,
        holdout.every(),
        holdout.patience(),
        checkpointSeconds,
        publishSeconds,
        LOSS_SMOOTHING);
  }

  /** What decides the result, by name: everything but limits and what is saved when. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("architecture", network.architecture());
    map.put("architectureOptions", new TreeMap<>(network.options()).toString());
    map.put("loss", network.loss());
    map.put("batchSize", network.batchSize());
    map.put("patchSize", network.patchSize());
    map.put("learningRate", optimiser.learningRate());
    map.put("schedule", optimiser.cosine() ? "cosine" : "constant");
    map.put("beta1", optimiser.beta1());
    map.put("beta2", optimiser.beta2());
    map.put("weightDecay", optimiser.weightDecay());
    map.put("averageDecay", optimiser.averageDecay());
    map.put("validationFraction", holdout.fraction());
    map.put("patience", holdout.patience());
    map.put("validateEvery", holdout.every());
    map.put("seed", seed);
    return map;
  }

  /**
   * The learning rate of a step: the same all the time, as in the papers, or rising over the first
   * steps and then falling along half a cosine to a hundredth.
   *
   * @param step from 1
   * @param progress share of the training done, 0 … 1
   */
  public double learningRateAt(long step, double progress) {
    if (!optimiser.cosine()) {
      return optimiser.learningRate();
    }
    return optimiser.learningRate() * CosineSchedule.share(step, progress);
  }
}
