package org.uniem.networks;

import org.uniem.job.BadInputException;

/**
 * How pixels become network inputs: (value − mean) / std, where value is the pixel scaled to 0 … 1
 * (8-bit / 255, other types from black to white of the pixels seen), or with {@link #INTENSITY} the
 * pixel as it is.
 *
 * @param mode {@link #FIXED}: mean and std below, of the training images; {@link #IMAGE}: mean and
 *     std of the image being predicted, those below are only the training images' own; {@link
 *     #INTENSITY}: mean and std below in the units of the pixels
 * @param mean 0 … 1, or an intensity
 * @param std positive
 * @param seen the pixels trained on; {@code null} for models that do not note them
 */
public record Normalisation(String mode, double mean, double std, SeenPixels seen) {

  /** Mean and std of the training images are used for every image. */
  public static final String FIXED = "fixed";

  /** Mean and std of the image being predicted are used. */
  public static final String IMAGE = "image";

  /** Mean and std in intensity units are used for every image. */
  public static final String INTENSITY = "intensity";

  public Normalisation {
    if (!FIXED.equals(mode) && !IMAGE.equals(mode) && !INTENSITY.equals(mode)) {
      throw new BadInputException(
          "normalisation mode \""
              + mode
              + "\" is unknown: expected \"fixed\", \"image\" or \"intensity\".");
    }
    if (!Double.isFinite(mean) || !Double.isFinite(std) || std <= 0) {
      throw new BadInputException(
          "normalisation mean "
              + mean
              + " and std "
              + std
              + " are not possible: expected finite numbers, std above 0.");
    }
  }

  /** Normalisation with the numbers of the training images. */
  public static Normalisation fixed(double mean, double std) {
    return new Normalisation(FIXED, mean, std, null);
  }

  /** Normalisation with the numbers of the image being predicted. */
  public static Normalisation image(double mean, double std) {
    return new Normalisation(IMAGE, mean, std, null);
  }

  /** Normalisation with numbers in the units of the pixels. */
  public static Normalisation intensity(double mean, double std) {
    return new Normalisation(INTENSITY, mean, std, null);
  }

  /** The same, with a note of the pixels trained on. */
  public Normalisation of(SeenPixels pixels) {
    return new Normalisation(mode, mean, std, pixels);
  }
}
