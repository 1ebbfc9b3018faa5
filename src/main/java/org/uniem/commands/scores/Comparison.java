package org.uniem.commands.scores;

import net.imglib2.FinalDimensions;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.postprocess.labelling.LabellingOptions;
import org.uniem.postprocess.labelling.StackObjects;
import org.uniem.volumes.ValueSurvey;
import org.uniem.volumes.ValueSurvey.Kind;
import org.uniem.volumes.Volume;

/**
 * What can be meant by comparing a segmentation with a ground truth: classes, masks or objects.
 * Scores of anything else look like scores, so it is refused.
 */
enum Comparison {
  /** Equal values are right. */
  CLASSES,
  /** What is not 0 in the one is compared with what is not 0 in the other. */
  MASKS;

  /** More values than a network has classes: they are ids of objects. */
  private static final int MOST_CLASSES = 16;

  /**
   * What to compare voxel by voxel.
   *
   * @param found the segmentation, no probability map to be thresholded
   * @param truth of the same size
   * @param job told where objects are compared as masks
   * @throws BadInputException if one is an image or a map, or both hold objects
   */
  static Comparison ofVoxels(Volume found, Volume truth, Job job) {
    ValueSurvey foundValues = labels("segmentation", found);
    ValueSurvey truthValues = labels("truth", truth);
    boolean foundMask = isMask(foundValues);
    boolean truthMask = isMask(truthValues);
    if (foundMask && truthMask) {
      return MASKS;
    }
    if (!foundMask && !truthMask) {
      requireClasses("segmentation", found, foundValues);
      requireClasses("truth", truth, truthValues);
      return CLASSES;
    }
    ValueSurvey mask = foundMask ? foundValues : truthValues;
    ValueSurvey labels = foundMask ? truthValues : foundValues;
    boolean mayBeClasses =
        labels.distinct() <= MOST_CLASSES && labels.lowest().contains((float) mask.largest());
    if (mayBeClasses || mask.kind() == Kind.CONSTANT) {
      return CLASSES;
    }
    job.message(
        "The segmentation holds "
            + foundValues.describe()
            + ", the truth "
            + truthValues.describe()
            + ": what is not 0 in the one is compared with what is not 0 in the other. For objects"
            + " give mode=instance and a truth with an id for each.");
    return MASKS;
  }

  /** Of 0 and another value; of one value alone too, as a mask may be empty. */
  private static boolean isMask(ValueSurvey values) {
    return values.distinct() <= 2 && values.smallest() == 0;
  }

  /**
   * Checks that objects can be compared one by one.
   *
   * @param found the segmentation
   * @param truth of the same size
   * @throws BadInputException if one is an image or a map, or a mask of several pieces
   */
  static void requireObjects(Volume found, Volume truth, Job job) {
    requireSinglePiece("segmentation", found, labels("segmentation", found), job);
    requireSinglePiece("truth", truth, labels("truth", truth), job);
  }

  /**
   * Checks that a volume can hold ids.
   *
   * @param parameter name of the parameter, {@code segmentation} or {@code truth}
   * @throws BadInputException if it is an image or a map
   */
  static void requireLabels(String parameter, Volume volume) {
    labels(parameter, volume);
  }

  private static ValueSurvey labels(String parameter, Volume volume) {
    ValueSurvey survey = ValueSurvey.ofLabels(volume, 0);
    if (!survey.isGradual()) {
      return survey;
    }
    boolean map = parameter.equals("segmentation");
    throw new BadInputException(
        parameter
            + "="
            + volume.name()
            + " holds "
            + survey.describe()
            + ": expected labels. "
            + (map
                ? "Give a threshold, for example threshold=0.5, if it is a probability map, or"
                    + " label its objects with label-objects first."
                : "Give the ground truth; make a mask of soft edges sharp with filter"
                    + " steps='binarise threshold=127'."));
  }

  private static void requireClasses(String parameter, Volume volume, ValueSurvey survey) {
    if (survey.distinct() > MOST_CLASSES) {
      throw new BadInputException(
          parameter
              + "="
              + volume.name()
              + " holds "
              + survey.describe()
              + ", more than there can be classes: expected classes for mode=semantic. Give"
              + " mode=instance to compare objects.");
    }
  }

  private static void requireSinglePiece(
      String parameter, Volume volume, ValueSurvey survey, Job job) {
    if (survey.kind() != Kind.MASK || survey.smallest() != 0) {
      return;
    }
    LabellingOptions options =
        new LabellingOptions(1, Connectivity.of(26), 0, Long.MAX_VALUE, false, false);
    long pieces =
        StackObjects.findPieces(
                (z, target) -> volume.readLabels(z, 0, target),
                new FinalDimensions(volume.width(), volume.height(), volume.depth()),
                options,
                job)
            .count();
    if (pieces > 1) {
      throw new BadInputException(
          parameter
              + "="
              + volume.name()
              + " holds "
              + survey.describe()
              + ", in "
              + pieces
              + " pieces: expected an id for each object. Number them with label-objects images="
              + volume.name()
              + " mode=labels, or give mode=semantic to compare masks.");
    }
  }
}
