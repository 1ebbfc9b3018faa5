package org.uniem.networks.floodfilling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uniem.floodfilling.scene.Mirroring;
import org.uniem.floodfilling.training.Box;
import org.uniem.floodfilling.training.ExamplePlaces;
import org.uniem.floodfilling.training.Variation;
import org.uniem.job.BadParameterException;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.training.run.CosineSchedule;
import org.uniem.networks.training.run.RunPlan;
import org.uniem.networks.training.run.TrainingLimits;

/**
 * How a flood-filling network is trained. Immutable.
 *
 * @param network its size
 * @param settings its field of view, moves and probabilities
 * @param movement how the field of view moves in an example
 * @param update how it learns
 * @param examples what it learns from
 * @param holdout what is kept for validation
 * @param limits when it ends
 * @param checkpointSeconds time between checkpoints, above 0
 * @param seed fixes first weights, examples and their variations
 */
public record MaskTrainingOptions(
    Network network,
    FloodFillingSettings settings,
    Movement movement,
    Update update,
    Examples examples,
    Holdout holdout,
    TrainingLimits limits,
    double checkpointSeconds,
    long seed) {

  /** Share of the old value in the smoothed loss. */
  private static final double LOSS_SMOOTHING = 0.99;

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * The size of a network.
   *
   * @param depth residual modules
   * @param features channels between the layers
   */
  public record Network(int depth, int features) {}

  /**
   * How the field of view moves in an example.
   *
   * @param moves how many deltas it may get away from the centre, 0 or more
   * @param following whether it follows the mask, or goes through a fixed list of offsets
   */
  public record Movement(int moves, boolean following) {

    public Movement {
      if (moves < 0 || moves > 16) {
        throw new BadParameterException("moves=" + moves + " is out of range: give 0 to 16.");
      }
    }
  }

  /**
   * How weights are changed.
   *
   * @param rule how they follow gradients
   * @param learningRate above 0
   * @param cosine whether the learning rate falls towards the end, see {@link CosineSchedule};
   *     constant otherwise, as in the authors' program
   * @param batch examples at a time, 1 or more
   */
  public record Update(UpdateRule rule, double learningRate, boolean cosine, int batch) {

    public Update {
      if (!(learningRate > 0) || !Double.isFinite(learningRate)) {
        throw new BadParameterException(
            "learningRate=" + learningRate + " is out of range: give a number above 0.");
      }
      if (batch < 1 || batch > 1024) {
        throw new BadParameterException("batchSize=" + batch + " is out of range: give 1 to 1024.");
      }
    }
  }

  /**
   * What is learnt from.
   *
   * @param smallestObject objects with fewer voxels are left out
   * @param variation how examples are varied
   */
  public record Examples(long smallestObject, Variation variation) {

    /** As for the published networks. */
    public static final Examples PUBLISHED =
        new Examples(ExamplePlaces.DEFAULT_SMALLEST_OBJECT, Variation.PUBLISHED);
  }

  /**
   * What is kept for validation.
   *
   * @param fraction of the labelled volume, along its longest axis in fields of view; 0 … 0.9
   * @param every steps from one validation to the next, 1 or more
   */
  public record Holdout(double fraction, int every) {

    public Holdout {
      if (!(fraction >= 0 && fraction <= 0.9)) {
        throw new BadParameterException(
            "validationFraction=" + fraction + " is out of range: give 0 … 0.9.");
      }
      if (every < 1) {
        throw new BadParameterException("validateEvery=" + every + " is out of range: give 1 …");
      }
    }
  }

  public MaskTrainingOptions {
    if (!(checkpointSeconds > 0)) {
      throw new BadParameterException("The time between checkpoints must be above 0.");
    }
    requireArray(settings, movement, update);
  }

  /** A batch of fields of view, and an example, are one array each. */
  private static void requireArray(
      FloodFillingSettings settings, Movement movement, Update update) {
    double field = 1;
    double example = 1;
    for (int axis = 0; axis < 3; axis++) {
      double size = settings.fieldOfView().get(axis);
      field *= size;
      example *= size + 2.0 * movement.moves() * settings.deltas().get(axis);
    }
    if (Math.max(field * update.batch(), example) > LARGEST_ARRAY) {
      throw new BadParameterException(
          "batchSize="
              + update.batch()
              + " with fov="
              + settings.fieldOfView().toString().replaceAll("[\\[\\] ]", "")
              + " and moves="
              + movement.moves()
              + " is more than 2^31 voxels: lower batchSize, fov or moves.");
    }
  }

  /** Field of view in voxels. */
  Box field() {
    return box(settings.fieldOfView());
  }

  /** Moves in voxels. */
  Box deltas() {
    return box(settings.deltas());
  }

  /** Size of an example: the field of view wherever it may move to. */
  Box example() {
    return field().plus(2 * movement.moves(), deltas());
  }

  /** Voxels that are added at each face so that every voxel can be the centre of an example. */
  int[] border() {
    Box reach = example().half();
    return settings.mirroring().border(reach.x(), reach.y(), reach.z());
  }

  /**
   * The learning rate of a step.
   *
   * @param step from 1
   * @param progress share of the training done, 0 … 1
   */
  double learningRateAt(long step, double progress) {
    return update.learningRate() * (update.cosine() ? CosineSchedule.share(step, progress) : 1);
  }

  private static Box box(List<Integer> xyz) {
    return new Box(xyz.get(0), xyz.get(1), xyz.get(2));
  }

  /** What the loop of a training needs to know; it does not end early. */
  RunPlan plan() {
    return new RunPlan(limits, holdout.every(), 0, checkpointSeconds, 0, LOSS_SMOOTHING);
  }

  /** What decides the result, by name: everything but limits and what is saved when. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("depth", network.depth());
    map.put("features", network.features());
    map.put("fieldOfView", settings.fieldOfView().toString());
    map.put("deltas", settings.deltas().toString());
    map.put("padProbability", settings.padProbability());
    map.put("seedProbability", settings.seedProbability());
    map.put("moveThreshold", settings.moveThreshold());
    map.put("segmentThreshold", settings.segmentThreshold());
    if (settings.mirroring() != Mirroring.NONE) {
      map.put("mirror", settings.mirror());
    }
    map.put("moves", movement.moves());
    map.put("movement", movement.following() ? "following" : "fixed");
    map.put("optimiser", update.rule().toString());
    map.put("learningRate", update.learningRate());
    map.put("schedule", update.cosine() ? "cosine" : "constant");
    map.put("batchSize", update.batch());
    map.put("minObjectVoxels", examples.smallestObject());
    map.put("augmentation", examples.variation().toString());
    map.put("validationFraction", holdout.fraction());
    map.put("validateEvery", holdout.every());
    map.put("seed", seed);
    return map;
  }
}
