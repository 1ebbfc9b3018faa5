package org.uniem.networks.training;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/**
 * Which random changes training patches undergo. Image, context slices and label undergo the same
 * geometric changes, so they stay in register; the image is interpolated linearly, the label takes
 * the nearest pixel.
 *
 * @param flips left–right, up–down, and the order of the context slices, each with probability 0.5
 * @param rotations by 0°, 90°, 180° or 270°; with flips also transposition
 * @param scale by 0.8 … 1.25 with rotation by any angle, in half of the patches
 * @param brightness adds −0.4 … 0.4 standard deviations
 * @param contrast multiplies by 0.75 … 1.33
 * @param gamma raises the pixel (0 … 1) to 0.7 … 1.43
 * @param elastic smooth displacement by a cubic B-spline with a knot every quarter of the patch,
 *     never folding, in half of the patches
 * @param noise adds Gaussian noise of 0 … 0.25 standard deviations, in half of the patches
 * @param blur Gaussian of sigma 0.3 … 1.5 pixels, in a quarter of the patches
 */
public record Augmentation(
    boolean flips,
    boolean rotations,
    boolean scale,
    boolean brightness,
    boolean contrast,
    boolean gamma,
    boolean elastic,
    boolean noise,
    boolean blur) {

  /** No change. */
  public static final Augmentation NONE = of(Set.of());

  /** Every change. */
  public static final Augmentation ALL = of(new LinkedHashSet<>(allNames()));

  /**
   * Reads a comma-separated list of names.
   *
   * @param list {@code "all"}, {@code "none"} or any of the names of {@link #allNames()}
   * @throws BadParameterException if a name is unknown; suggests the nearest
   */
  public static Augmentation parse(String list) {
    String text = list.trim().toLowerCase(Locale.ROOT);
    if (text.equals("all")) {
      return ALL;
    }
    Set<String> names = new LinkedHashSet<>();
    if (!text.equals("none") && !text.isEmpty()) {
      for (String part : text.split(",", -1)) {
        String name = part.trim();
        if (!allNames().contains(name)) {
          throw new BadParameterException(
              "augmentation \""
                  + name
                  + "\" is unknown. "
                  + Spelling.suggest(name, choices())
                  + "Give all, none or a list of "
                  + String.join(", ", allNames())
                  + ".");
        }
        names.add(name);
      }
    }
    return of(names);
  }

  /** The names, in the order of the components. */
  public static List<String> allNames() {
    return List.of(
        "flips",
        "rotations",
        "scale",
        "brightness",
        "contrast",
        "gamma",
        "elastic",
        "noise",
        "blur");
  }

  private static List<String> choices() {
    List<String> choices = new ArrayList<>(allNames());
    choices.add("all");
    choices.add("none");
    return choices;
  }

  /** The list that {@link #parse} reads back as this. */
  @Override
  public String toString() {
    boolean[] on = {flips, rotations, scale, brightness, contrast, gamma, elastic, noise, blur};
    List<String> names = new ArrayList<>();
    for (int i = 0; i < on.length; i++) {
      if (on[i]) {
        names.add(allNames().get(i));
      }
    }
    return names.isEmpty() ? "none" : names.size() == on.length ? "all" : String.join(",", names);
  }

  private static Augmentation of(Set<String> names) {
    return new Augmentation(
        names.contains("flips"),
        names.contains("rotations"),
        names.contains("scale"),
        names.contains("brightness"),
        names.contains("contrast"),
        names.contains("gamma"),
        names.contains("elastic"),
        names.contains("noise"),
        names.contains("blur"));
  }
}
