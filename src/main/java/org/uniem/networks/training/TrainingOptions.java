package org.uniem.networks.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.uniem.job.BadParameterException;
import org.uniem.networks.architecture.Optimiser;

/**
 * How a network is trained; start from {@link #DEFAULT} and change what is needed. Immutable.
 *
 * @param architecture name of the architecture, for example {@code "compact-unet"}
 * @param architectureOptions its options by name; missing ones take their defaults
 * @param loss names joined by {@code +}, see {@link Loss}
 * @param steps ends after so many steps; 0 = no limit
 * @param minutes ends after so many minutes, earlier runs of a resumed training included; 0 = no
 *     limit
 * @param batchSize patches per step
 * @param patchSize side of a patch in pixels
 * @param learningRate of Adam at its highest
 * @param schedule how the learning rate goes on from there
 * @param beta1 of Adam; the papers take 0.5
 * @param beta2 of Adam
 * @param weightDecay decoupled, per unit of learning rate
 * @param averageDecay of the moving average of weights that becomes the model; 0 = the last weights
 * @param validationFraction share of the labelled slices kept for validation; 0 = none
 * @param patience ends after so many validations without a better score; 0 = never
 * @param validateEvery steps between validations
 * @param checkpointSeconds seconds between checkpoints
 * @param seed fixes first weights, patches and augmentation
 */
public record TrainingOptions(
    String architecture,
    Map<String, Integer> architectureOptions,
    String loss,
    long steps,
    double minutes,
    int batchSize,
    int patchSize,
    double learningRate,
    Schedule schedule,
    double beta1,
    double beta2,
    double weightDecay,
    double averageDecay,
    double validationFraction,
    int patience,
    int validateEvery,
    double checkpointSeconds,
    long seed) {

  /** Course of the learning rate over the training. */
  public enum Schedule {
    /** The same all the time, as in the papers. */
    CONSTANT,
    /** Rises over the first steps, then falls along half a cosine to a hundredth. */
    COSINE
  }

  /** The CPU-first default; Adam's constants are chosen for it, not the papers'. */
  public static final TrainingOptions DEFAULT =
      new TrainingOptions(
          "compact-unet",
          Map.of(),
          "logistic+dice",
          0,
          10,
          4,
          256,
          2e-3,
          Schedule.COSINE,
          0.9,
          0.999,
          0.01,
          0.995,
          0.15,
          0,
          200,
          60,
          1);

  /** Checks the ranges. */
  public TrainingOptions {
    architectureOptions = Map.copyOf(architectureOptions);
    range("batchSize", batchSize, 1, 256);
    range("patchSize", patchSize, 16, 4096);
    range("learningRate", learningRate, 1e-9, 10);
    range("beta1", beta1, 0, 0.999999);
    range("beta2", beta2, 0, 0.999999999);
    range("weightDecay", weightDecay, 0, 10);
    range("averageDecay", averageDecay, 0, 0.999999);
    range("validationFraction", validationFraction, 0, 0.9);
    range("patience", patience, 0, Integer.MAX_VALUE);
    range("validateEvery", validateEvery, 1, Integer.MAX_VALUE);
    range("steps", steps, 0, 1 << 24);
    range("minutes", minutes, 0, 1e6);
    if (steps == 0 && minutes == 0) {
      throw new BadParameterException(
          "Training has no end: give steps or minutes, or both (the first to come ends it).");
    }
    Loss.parse(loss);
  }

  private static void range(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new BadParameterException(
          name + "=" + value + " is out of range: give " + min + " to " + max + ".");
    }
  }

  /** A copy with other limits. */
  public TrainingOptions withLimits(long newSteps, double newMinutes) {
    return new TrainingOptions(
        architecture,
        architectureOptions,
        loss,
        newSteps,
        newMinutes,
        batchSize,
        patchSize,
        learningRate,
        schedule,
        beta1,
        beta2,
        weightDecay,
        averageDecay,
        validationFraction,
        patience,
        validateEvery,
        checkpointSeconds,
        seed);
  }

  /** A copy with another architecture, loss and patches. */
  public TrainingOptions withNetwork(
      String newArchitecture,
      Map<String, Integer> newOptions,
      String newLoss,
      int newBatchSize,
      int newPatchSize) {
    return new TrainingOptions(
        newArchitecture,
        newOptions,
        newLoss,
        steps,
        minutes,
        newBatchSize,
        newPatchSize,
        learningRate,
        schedule,
        beta1,
        beta2,
        weightDecay,
        averageDecay,
        validationFraction,
        patience,
        validateEvery,
        checkpointSeconds,
        seed);
  }

  /** A copy with other constants of Adam. */
  public TrainingOptions withOptimiser(Optimiser optimiser) {
    return new TrainingOptions(
        architecture,
        architectureOptions,
        loss,
        steps,
        minutes,
        batchSize,
        patchSize,
        optimiser.learningRate(),
        optimiser.cosine() ? Schedule.COSINE : Schedule.CONSTANT,
        optimiser.beta1(),
        optimiser.beta2(),
        optimiser.weightDecay(),
        optimiser.averageDecay(),
        validationFraction,
        patience,
        validateEvery,
        checkpointSeconds,
        seed);
  }

  /** A copy with another validation. */
  public TrainingOptions withValidation(double newFraction, int newPatience, int newEvery) {
    return new TrainingOptions(
        architecture,
        architectureOptions,
        loss,
        steps,
        minutes,
        batchSize,
        patchSize,
        learningRate,
        schedule,
        beta1,
        beta2,
        weightDecay,
        averageDecay,
        newFraction,
        newPatience,
        newEvery,
        checkpointSeconds,
        seed);
  }

  /** A copy with another interval between checkpoints. */
  public TrainingOptions withCheckpoints(double newSeconds) {
    return new TrainingOptions(
        architecture,
        architectureOptions,
        loss,
        steps,
        minutes,
        batchSize,
        patchSize,
        learningRate,
        schedule,
        beta1,
        beta2,
        weightDecay,
        averageDecay,
        validationFraction,
        patience,
        validateEvery,
        newSeconds,
        seed);
  }

  /** A copy with another seed. */
  public TrainingOptions withSeed(long newSeed) {
    return new TrainingOptions(
        architecture,
        architectureOptions,
        loss,
        steps,
        minutes,
        batchSize,
        patchSize,
        learningRate,
        schedule,
        beta1,
        beta2,
        weightDecay,
        averageDecay,
        validationFraction,
        patience,
        validateEvery,
        checkpointSeconds,
        newSeed);
  }

  /** What decides the result, by name: everything but limits and checkpoints. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("architecture", architecture);
    map.put("architectureOptions", new java.util.TreeMap<>(architectureOptions).toString());
    map.put("loss", loss);
    map.put("batchSize", batchSize);
    map.put("patchSize", patchSize);
    map.put("learningRate", learningRate);
    map.put("schedule", schedule.name().toLowerCase(java.util.Locale.ROOT));
    map.put("beta1", beta1);
    map.put("beta2", beta2);
    map.put("weightDecay", weightDecay);
    map.put("averageDecay", averageDecay);
    map.put("validationFraction", validationFraction);
    map.put("patience", patience);
    map.put("validateEvery", validateEvery);
    map.put("seed", seed);
    return map;
  }

  /**
   * The learning rate of a step.
   *
   * @param step from 1
   * @param progress share of the training done, 0 … 1
   */
  public double learningRateAt(long step, double progress) {
    if (schedule == Schedule.CONSTANT) {
      return learningRate;
    }
    double rise = Math.min(1, step / 50.0);
    double fall = 0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
    return learningRate * rise * fall;
  }
}
