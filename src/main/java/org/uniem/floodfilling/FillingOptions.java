package org.uniem.floodfilling;

import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.BadParameterException;

/**
 * How objects are grown and which are kept. Immutable.
 *
 * @param padProbability what the network is told of voxels never seen, between 0 and 1; as in
 *     training
 * @param seedProbability what it is told of the seed, between 0 and 1; as in training
 * @param moveProbability the field of view moves to voxels of at least this probability
 * @param segmentProbability the object is the voxels of at least this probability
 * @param minSegmentVoxels smaller objects are rejected, 0 or more
 * @param discoThreshold where more than this share of the field of view is likely object, voxels
 *     that were unlikely before may not become more likely; negative switches the rule off
 * @param minBoundaryDistance seeds with an object in the box of this many voxels around them are
 *     rejected
 * @param batch how many fields of view the network looks at together, 1 or more; the objects do not
 *     depend on it
 */
public record FillingOptions(
    double padProbability,
    double seedProbability,
    double moveProbability,
    double segmentProbability,
    int minSegmentVoxels,
    double discoThreshold,
    Extent minBoundaryDistance,
    int batch) {

  /** The settings of the published result on fib25, one field of view at a time. */
  public static final FillingOptions PUBLISHED =
      new FillingOptions(0.05, 0.95, 0.9, 0.6, 1000, 0, new Extent(1, 1, 1), 1);

  public FillingOptions {
    requireProbability("padProbability", padProbability);
    requireProbability("seedProbability", seedProbability);
    requireProbability("moveProbability", moveProbability);
    requireProbability("segmentProbability", segmentProbability);
    if (seedProbability < moveProbability) {
      throw new BadParameterException(
          "seedProbability="
              + seedProbability
              + " is below moveProbability="
              + moveProbability
              + ": no object could begin. Raise the one or lower the other.");
    }
    if (minSegmentVoxels < 0) {
      throw new BadParameterException(
          "minSegmentVoxels=" + minSegmentVoxels + " is too small: give 0 or more.");
    }
    if (Double.isNaN(discoThreshold)) {
      throw new BadParameterException("discoThreshold is not a number: give a share, or -1.");
    }
    if (batch < 1) {
      throw new BadParameterException("batch=" + batch + " is too small: give 1 or more.");
    }
  }

  private static void requireProbability(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new BadParameterException(
          name + "=" + value + " is not possible: give a number between 0 and 1.");
    }
  }

  /** The same with another smallest size of objects. */
  public FillingOptions withMinSegmentVoxels(int voxels) {
    return new FillingOptions(
        padProbability,
        seedProbability,
        moveProbability,
        segmentProbability,
        voxels,
        discoThreshold,
        minBoundaryDistance,
        batch);
  }

  /** The same with another share above which unlikely voxels stay so. */
  public FillingOptions withDiscoThreshold(double share) {
    return new FillingOptions(
        padProbability,
        seedProbability,
        moveProbability,
        segmentProbability,
        minSegmentVoxels,
        share,
        minBoundaryDistance,
        batch);
  }

  /** The same with another distance of seeds from objects. */
  public FillingOptions withMinBoundaryDistance(Extent distance) {
    return new FillingOptions(
        padProbability,
        seedProbability,
        moveProbability,
        segmentProbability,
        minSegmentVoxels,
        discoThreshold,
        distance,
        batch);
  }

  /** The same with another number of fields of view at a time. */
  public FillingOptions withBatch(int fields) {
    return new FillingOptions(
        padProbability,
        seedProbability,
        moveProbability,
        segmentProbability,
        minSegmentVoxels,
        discoThreshold,
        minBoundaryDistance,
        fields);
  }

  /** The logarithm of the odds, in single precision as the published program compares it. */
  public static float logit(double probability) {
    double p = (float) probability;
    return (float) Math.log(p / (1 - p));
  }
}
