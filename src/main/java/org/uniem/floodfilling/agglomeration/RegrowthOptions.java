package org.uniem.floodfilling.agglomeration;

import java.util.LinkedHashMap;
import java.util.Map;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.BadParameterException;

/**
 * How the two objects of a pair are grown anew.
 *
 * @param radius voxels around the decision point that the network sees
 * @param analysisRadius voxels around it in which the result is compared, at most the radius; half
 *     a field of view less leaves out what the network could not finish
 * @param attempts seeds that are tried for each object, 1 or more
 * @param exclusion voxels around a seed that failed in which no other is tried
 * @param recovery an attempt is good if it gives back this part of the object, 0 … 1
 * @param maskProbability what has at least this probability is compared, between 0 and 1
 * @param filling how masks are grown; smallest sizes and distances do not count
 */
public record RegrowthOptions(
    Extent radius,
    Extent analysisRadius,
    int attempts,
    Extent exclusion,
    double recovery,
    double maskProbability,
    FillingOptions filling) {

  /** The recommended settings, for voxels twice as long in z. */
  public static final RegrowthOptions PUBLISHED =
      new RegrowthOptions(
          new Extent(50, 50, 25),
          new Extent(34, 34, 17),
          8,
          new Extent(8, 8, 4),
          0.6,
          0.5,
          FillingOptions.PUBLISHED);

  public RegrowthOptions {
    if (analysisRadius.x() > radius.x()
        || analysisRadius.y() > radius.y()
        || analysisRadius.z() > radius.z()) {
      throw new BadParameterException(
          "analysisRadius="
              + analysisRadius
              + " is larger than radius="
              + radius
              + ": what is compared must have been grown. Lower the one or raise the other.");
    }
    if (attempts < 1 || !(recovery >= 0 && recovery <= 1)) {
      throw new BadParameterException(
          "attempts="
              + attempts
              + ", recovery="
              + recovery
              + " are not possible: give 1 or more, and a part 0 … 1.");
    }
    if (!(maskProbability > 0 && maskProbability < 1)) {
      throw new BadParameterException(
          "maskProbability="
              + maskProbability
              + " is not possible: give a number between 0 and 1.");
    }
  }

  /** All that the result depends on, by name. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("radius", radius.toString());
    settings.put("analysisRadius", analysisRadius.toString());
    settings.put("attempts", String.valueOf(attempts));
    settings.put("exclusion", exclusion.toString());
    settings.put("recovery", String.valueOf(recovery));
    settings.put("maskProbability", String.valueOf(maskProbability));
    settings.put("padProbability", String.valueOf(filling.padProbability()));
    settings.put("seedProbability", String.valueOf(filling.seedProbability()));
    settings.put("moveProbability", String.valueOf(filling.moveProbability()));
    settings.put("segmentProbability", String.valueOf(filling.segmentProbability()));
    settings.put("discoThreshold", String.valueOf(filling.discoThreshold()));
    return settings;
  }
}
