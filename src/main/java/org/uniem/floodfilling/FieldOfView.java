package org.uniem.floodfilling;

import java.util.Arrays;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;

/** What the network looks at, how far it moves and what it takes for likely. Immutable. */
final class FieldOfView {

  /** Voxels that one array holds. */
  static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final int[] size;
  private final int[] deltas;
  private final int voxels;
  private final Extent margin;
  private final float pad;
  private final float seed;
  private final float move;
  private final float segment;
  private final double disco;

  FieldOfView(MaskPredictor predictor, FillingOptions options) {
    size = predictor.fieldOfView().clone();
    deltas = predictor.deltas().clone();
    requirePossible();
    margin = Extent.of(size).half();
    voxels = Math.toIntExact(Extent.of(size).voxels());
    requireFitsArray(options.batch());
    pad = FillingOptions.logit(options.padProbability());
    seed = FillingOptions.logit(options.seedProbability());
    move = FillingOptions.logit(options.moveProbability());
    segment = FillingOptions.logit(options.segmentProbability());
    disco = options.discoThreshold();
  }

  private void requirePossible() {
    for (int d = 0; d < 3; d++) {
      if (size[d] % 2 == 0 || deltas[d] < 0 || deltas[d] > size[d] / 2) {
        throw new BadInputException(
            "The network has a field of view of "
                + Arrays.toString(size)
                + " voxels and moves by "
                + Arrays.toString(deltas)
                + ": expected odd sizes and moves of 0 to half the size. Import it again with other"
                + " deltas.");
      }
    }
  }

  private void requireFitsArray(int batch) {
    if ((long) batch * voxels > LARGEST_ARRAY) {
      throw new BadParameterException(
          "batch="
              + batch
              + " fields of view of "
              + Arrays.toString(size)
              + " voxels are more than "
              + LARGEST_ARRAY
              + " voxels: give a batch of "
              + LARGEST_ARRAY / voxels
              + " or less.");
    }
  }

  /**
   * Checks that it fits into a box.
   *
   * @throws BadInputException if the box is smaller
   */
  void requireFits(Extent box) {
    if (box.x() < size[0] || box.y() < size[1] || box.z() < size[2]) {
      throw new BadInputException(
          "The image, or a subvolume of it, has "
              + box
              + " voxels along x,y,z, the field of view of the network "
              + Extent.of(size)
              + ": expected at least as many. Use larger subvolumes or a network with a smaller"
              + " field of view.");
    }
  }

  int[] size() {
    return size;
  }

  int voxels() {
    return voxels;
  }

  /** Half its size: how far its centre stays from the faces of a box. */
  Extent margin() {
    return margin;
  }

  /** Logit that stands for never seen. */
  float pad() {
    return pad;
  }

  /** Logit of a seed. */
  float seed() {
    return seed;
  }

  /** Smallest logit of a place to move to. */
  float move() {
    return move;
  }

  /** Smallest logit of a voxel of the object. */
  float segment() {
    return segment;
  }

  MoveQueue movesFrom(MoveQueue.Place start) {
    return new MoveQueue(size, deltas, move, start);
  }

  /** Whether, with so many voxels likely, unlikely ones must stay unlikely. */
  boolean holdsDown(int likely) {
    return disco >= 0 && (double) likely / voxels > disco;
  }
}
