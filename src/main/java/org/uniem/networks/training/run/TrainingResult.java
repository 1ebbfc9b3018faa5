package org.uniem.networks.training.run;

import org.uniem.networks.ModelDescription;

/**
 * What a training came to.
 *
 * @param model description of the saved model
 * @param steps steps done, earlier runs of a resumed training included
 * @param seconds time taken, earlier runs included
 * @param loss smoothed loss of the last steps
 * @param jaccard best validation score, NaN without validation
 * @param reason why it ended, for people
 */
public record TrainingResult(
    ModelDescription model,
    long steps,
    double seconds,
    double loss,
    double jaccard,
    String reason) {}
