package org.uniem.networks;

import org.uniem.job.BadInputException;

/**
 * The settings a model is best predicted with; {@code null} where the model has no wish.
 *
 * @param flips number of flipped and transposed versions averaged: 1, 4 or 8
 * @param tile edge of a tile in pixels, above 0
 * @param overlap of neighbouring tiles in pixels, 0 or more
 * @param smoothingSigma of the Gaussian along z after prediction, in slices, 0 or more
 */
public record PredictionSettings(
    Integer flips, Integer tile, Integer overlap, Double smoothingSigma) {

  /** No wishes. */
  public static final PredictionSettings NONE = new PredictionSettings(null, null, null, null);

  public PredictionSettings {
    if (flips != null && flips != 1 && flips != 4 && flips != 8) {
      throw new BadInputException("inference flips is " + flips + ": expected 1, 4 or 8.");
    }
    if (tile != null && tile < 1) {
      throw new BadInputException("inference tile is " + tile + ": expected 1 or more.");
    }
    if (overlap != null && (overlap < 0 || (tile != null && overlap >= tile))) {
      throw new BadInputException(
          "inference overlap is " + overlap + ": expected 0 or more and less than the tile.");
    }
    if (smoothingSigma != null && !(smoothingSigma >= 0 && Double.isFinite(smoothingSigma))) {
      throw new BadInputException(
          "inference smoothingSigma is " + smoothingSigma + ": expected 0 or more.");
    }
  }
}
