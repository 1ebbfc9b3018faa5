package org.uniem.commands.floodfilling;

import java.util.Arrays;
import java.util.List;
import org.uniem.floodfilling.training.ExamplePlaces;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;
import org.uniem.networks.FloodFillingSettings;

/**
 * What {@code ffn-train} takes where nothing else is given.
 *
 * <p>The first two are the published networks. The small ones learn within an hour on a processor:
 * they see less, many examples at a time, and what is not visited yet is undecided to them (0.5),
 * so that the mask grows from early on.
 */
enum FfnPreset {
  ISOTROPIC("isotropic", Size.of(33, 33, 8, 8, 12, 32), Learning.PUBLISHED),
  ANISOTROPIC("anisotropic", Size.of(33, 17, 8, 4, 9, 32), Learning.PUBLISHED),
  SMALL("small", Size.of(13, 13, 3, 3, 5, 16), Learning.QUICK),
  SMALL_ANISOTROPIC("small-anisotropic", Size.of(17, 7, 4, 2, 5, 16), Learning.QUICK);

  private final String title;
  private final Size size;
  private final Learning learning;

  FfnPreset(String title, Size size, Learning learning) {
    this.title = title;
    this.size = size;
    this.learning = learning;
  }

  /**
   * A network.
   *
   * @param field of view, x, y, z
   * @param deltas x, y, z
   * @param depth residual modules
   * @param features channels
   */
  record Size(List<Integer> field, List<Integer> deltas, int depth, int features) {

    private static Size of(int field, int fieldZ, int delta, int deltaZ, int depth, int features) {
      return new Size(
          List.of(field, field, fieldZ), List.of(delta, delta, deltaZ), depth, features);
    }
  }

  /**
   * How it is trained.
   *
   * @param rate learning rate of Adam
   * @param cosine whether that falls towards the end
   * @param batch examples at a time
   * @param pad probability of voxels not visited yet
   * @param move probability from which on the field of view moves
   * @param smallestObject voxels of the smallest object that is learnt
   */
  record Learning(
      double rate, boolean cosine, int batch, double pad, double move, long smallestObject) {

    private static final Learning PUBLISHED =
        new Learning(
            0.001,
            false,
            4,
            FloodFillingSettings.DEFAULT_PAD,
            FloodFillingSettings.DEFAULT_MOVE,
            ExamplePlaces.DEFAULT_SMALLEST_OBJECT);

    private static final Learning QUICK = new Learning(0.002, true, 12, 0.5, 0.6, 500);
  }

  /**
   * The preset of a name.
   *
   * @throws BadParameterException if there is none
   */
  static FfnPreset of(String name) {
    List<String> names = Arrays.stream(values()).map(preset -> preset.title).toList();
    int at = names.indexOf(name);
    if (at < 0) {
      throw new BadParameterException(
          "preset="
              + name
              + " is unknown. "
              + Spelling.suggest(name, names)
              + "Give one of "
              + String.join(", ", names)
              + ".");
    }
    return values()[at];
  }

  Size size() {
    return size;
  }

  Learning learning() {
    return learning;
  }
}
