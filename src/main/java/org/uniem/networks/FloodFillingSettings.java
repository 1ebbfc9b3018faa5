package org.uniem.networks;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.uniem.floodfilling.scene.Mirroring;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;

/**
 * What flood filling needs to know of a model beside its weights; the settings it was trained with
 * are the ones it segments best with.
 *
 * <p>Januszewski et al. 2018, 10.1038/s41592-018-0049-4. Immutable and thread-safe.
 *
 * @param fieldOfView voxels that the network sees at a time, x, y, z; each odd
 * @param deltas how far the field of view moves at a time, voxels, x, y, z; 1 … half the field
 * @param padProbability of voxels not visited yet to belong to the object, above 0 and below 1
 * @param seedProbability of the voxel an object starts from
 * @param moveThreshold probability from which on the field of view moves there
 * @param segmentThreshold probability from which on a voxel belongs to the finished object
 * @param mirror whether volumes are mirrored at their faces, a name of {@link Mirroring}; {@code
 *     null} stands for none
 */
public record FloodFillingSettings(
    List<Integer> fieldOfView,
    List<Integer> deltas,
    double padProbability,
    double seedProbability,
    double moveThreshold,
    double segmentThreshold,
    String mirror) {

  /** Name of the architecture in {@code model.json}; parameters are depth and features. */
  public static final String ARCHITECTURE = "flood-filling";

  /** Probabilities of the published networks. */
  public static final double DEFAULT_PAD = 0.05;

  /** Probability of the first voxel in the published networks. */
  public static final double DEFAULT_SEED = 0.95;

  /** Move threshold of the published networks. */
  public static final double DEFAULT_MOVE = 0.9;

  /** Segment threshold of the published networks. */
  public static final double DEFAULT_SEGMENT = 0.6;

  private static final int LARGEST_FIELD = 511;

  public FloodFillingSettings {
    mirror = mirror == null ? Mirroring.NONE.toString() : mirror;
    mirroring(mirror);
    fieldOfView = axes("fieldOfView", fieldOfView);
    deltas = axes("deltas", deltas);
    for (int axis = 0; axis < 3; axis++) {
      int size = fieldOfView.get(axis);
      if (size < 3 || size > LARGEST_FIELD || size % 2 == 0) {
        throw new BadInputException(
            "fieldOfView is "
                + fieldOfView
                + " (x, y, z): expected odd numbers from 3 to "
                + LARGEST_FIELD
                + ".");
      }
      if (deltas.get(axis) < 1 || deltas.get(axis) > size / 2) {
        throw new BadInputException(
            "deltas are "
                + deltas
                + " (x, y, z): expected 1 … half the fieldOfView "
                + fieldOfView
                + ", because a move must stay inside it.");
      }
    }
    requireProbability("padProbability", padProbability);
    requireProbability("seedProbability", seedProbability);
    requireProbability("moveThreshold", moveThreshold);
    requireProbability("segmentThreshold", segmentThreshold);
    if (seedProbability < moveThreshold) {
      throw new BadInputException(
          "seedProbability "
              + seedProbability
              + " is below moveThreshold "
              + moveThreshold
              + ": no object would start. Give a higher one.");
    }
  }

  /** A network with the probabilities of the published ones. */
  public static FloodFillingSettings of(List<Integer> fieldOfView, List<Integer> deltas) {
    return new FloodFillingSettings(
        fieldOfView, deltas, DEFAULT_PAD, DEFAULT_SEED, DEFAULT_MOVE, DEFAULT_SEGMENT, null);
  }

  /** Whether volumes are mirrored at their faces. */
  public Mirroring mirroring() {
    return mirroring(mirror);
  }

  private static Mirroring mirroring(String mirror) {
    try {
      return Mirroring.parse(mirror);
    } catch (BadParameterException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private static List<Integer> axes(String name, List<Integer> values) {
    if (values == null || values.size() != 3 || values.stream().anyMatch(Objects::isNull)) {
      throw new BadInputException(
          name + " is " + values + ": expected three whole numbers for x, y and z.");
    }
    return Collections.unmodifiableList(values);
  }

  private static void requireProbability(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new BadInputException(
          name + " is " + value + ": expected a probability above 0 and below 1.");
    }
  }
}
