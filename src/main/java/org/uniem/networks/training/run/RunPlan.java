package org.uniem.networks.training.run;

/**
 * How long a training runs and what happens on the way.
 *
 * @param limits when it ends
 * @param validateEvery steps between validations, 1 or more
 * @param patience ends after so many validations without a better score; 0 = never
 * @param checkpointSeconds seconds between checkpoints
 * @param publishSeconds seconds between models saved while it trains; 0 = at the end alone
 * @param lossSmoothing share of the old value in the smoothed loss, 0 … 1
 */
public record RunPlan(
    TrainingLimits limits,
    int validateEvery,
    int patience,
    double checkpointSeconds,
    double publishSeconds,
    double lossSmoothing) {}
