package org.uniem.networks.pixels;

import java.util.Optional;
import org.uniem.job.Job;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.Normalisation;
import org.uniem.networks.SeenPixels;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;

/**
 * Turns pixel values of a volume to network inputs: input = (pixel − offset) · factor, cut to least
 * … most.
 *
 * <p>This is the {@link Normalisation} of a model applied to a certain volume. 8-bit images are
 * taken as they are by a model of 8-bit images, and images of another type by a model of the same
 * type and about the same range. Otherwise the type does not say what is dark and what is bright,
 * and {@link PixelStatistics} do: the images are scaled so that their mean and deviation become
 * those that the model was trained on, which makes 8-bit, 12-bit, 16-bit and float copies of one
 * image the same to the network. What is done is told as a note of the job, and whatever lies far
 * outside of what the model saw as a warning.
 */
public record PixelScaling(double offset, double factor, double least, double most) {

  /** 8-bit images of which nothing is brighter have fewer bits. */
  private static final double FEW_BITS = 64;

  /** Deviations from the mean that are no chance. */
  private static final double FAR = 2;

  /**
   * Measures a volume.
   *
   * @param images the whole volume, whatever part of it is predicted
   * @param model a network of classes or for flood filling
   * @throws org.uniem.job.BadInputException if a pixel is not finite or a slice cannot be read
   */
  public static PixelScaling of(Volume images, ModelDescription model, Job job) {
    Normalisation normalisation = model.normalisation();
    PixelStatistics found = PixelStatistics.of(images, model.inputChannels(), job);
    String name = "The pixels of \"" + images.name() + "\" ";
    if (found.isConstant()) {
      job.note(
          "Warning: "
              + name
              + "all have the value "
              + PixelStatistics.number(found.least())
              + " wherever they were looked at; there is nothing to be found.");
    }
    if (Normalisation.IMAGE.equals(normalisation.mode())) {
      return images.pixelType() == PixelType.UINT8
          ? ImageMoments.of(images, model.inputChannels(), job)
          : unlimited(found.mean(), inverse(found.deviation()));
    }
    Expected expected = Expected.of(normalisation);
    Optional<Range> range = expected.rangeFor(found);
    PixelComparison comparison = new PixelComparison(found, expected);
    if (range.isPresent() && comparison.fits(range.get())) {
      if (images.pixelType() != PixelType.UINT8) {
        job.note(
            name
                + found.inWords().replace(" but ", " and ")
                + ", about as those that model \""
                + model.name()
                + "\" was trained on: taken as these, "
                + range.get().inWords()
                + ".");
      }
      comparison.warning(range.get()).ifPresent(words -> job.note("Warning: " + name + words));
      return byRange(normalisation, range.get(), images.pixelType() != PixelType.UINT8);
    }
    job.note(
        name
            + found.inWords()
            + ": scaled so that their mean "
            + PixelStatistics.number(found.mean())
            + " and deviation "
            + PixelStatistics.number(found.deviation())
            + " become those of the images that model \""
            + model.name()
            + "\" was trained on.");
    comparison.inversion().ifPresent(words -> job.note("Warning: " + name + words));
    return byMoments(normalisation, expected, found);
  }

  /** As in training: 0 … 1 of a range of pixel values, or the pixel values themselves. */
  private static PixelScaling byRange(Normalisation normalisation, Range range, boolean cut) {
    double offset = normalisation.mean();
    double factor = 1 / normalisation.std();
    if (Normalisation.FIXED.equals(normalisation.mode())) {
      double width = range.white() - range.black();
      offset = range.black() + normalisation.mean() * width;
      factor = 1 / (normalisation.std() * width);
    }
    return cut
        ? new PixelScaling(
            offset, factor, (range.black() - offset) * factor, (range.white() - offset) * factor)
        : unlimited(offset, factor);
  }

  /** So that mean and deviation of the images become those of the images trained on. */
  private static PixelScaling byMoments(
      Normalisation normalisation, Expected expected, PixelStatistics found) {
    // Inputs that the images trained on had: at their mean, and one deviation farther.
    double at = (expected.mean() - normalisation.mean()) / normalisation.std();
    double spread = expected.deviation() / normalisation.std();
    double factor = spread * inverse(found.deviation());
    double offset = factor == 0 ? found.mean() : found.mean() - at / factor;
    return new PixelScaling(
        offset,
        factor,
        (expected.black() - normalisation.mean()) / normalisation.std(),
        (expected.white() - normalisation.mean()) / normalisation.std());
  }

  private static double inverse(double deviation) {
    return deviation > 0 ? 1 / deviation : 1;
  }

  static PixelScaling unlimited(double offset, double factor) {
    return new PixelScaling(offset, factor, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** The network input for a pixel. */
  public float apply(float pixel) {
    return (float) Math.min(most, Math.max(least, (pixel - offset) * factor));
  }

  /** Pixel values that count as 0 and 1. */
  record Range(double black, double white) {

    String inWords() {
      return PixelStatistics.number(black)
          + " … "
          + PixelStatistics.number(white)
          + " becoming 0 … 1";
    }
  }

  /**
   * What a model was trained on, in the units of its mean and std: 0 … 1, or intensities.
   *
   * @param seen as noted in the model; empty for older models
   */
  record Expected(
      Optional<SeenPixels> seen,
      boolean intensity,
      double mean,
      double deviation,
      double black,
      double white) {

    static Expected of(Normalisation normalisation) {
      boolean intensity = Normalisation.INTENSITY.equals(normalisation.mode());
      SeenPixels seen = normalisation.seen();
      if (seen == null) {
        // Flood-filling networks of other programs know 8-bit images.
        boolean eight = intensity && normalisation.mean() > 1 && normalisation.mean() < 255;
        double far = intensity && !eight ? Double.POSITIVE_INFINITY : eight ? 255 : 1;
        return new Expected(
            Optional.empty(),
            intensity,
            normalisation.mean(),
            normalisation.std(),
            far == Double.POSITIVE_INFINITY ? Double.NEGATIVE_INFINITY : 0,
            far);
      }
      double width = intensity ? 1 : seen.white() - seen.black();
      double zero = intensity ? 0 : seen.black();
      return new Expected(
          Optional.of(seen),
          intensity,
          (seen.mean() - zero) / width,
          seen.deviation() / width,
          (seen.black() - zero) / width,
          (seen.white() - zero) / width);
    }

    /** The range that the type of the images has by itself; empty where it says nothing. */
    Optional<Range> rangeFor(PixelStatistics found) {
      boolean fewBits =
          found.type() == PixelType.UINT8
              && found.high() < FEW_BITS
              && !found.isConstant()
              && isFar(found);
      if (seen.isPresent()) {
        SeenPixels trained = seen.get();
        boolean knew = trained.high() < FEW_BITS && trained.type() == PixelType.UINT8;
        return trained.type() == found.type() && (!fewBits || knew)
            ? Optional.of(new Range(trained.black(), trained.white()))
            : Optional.empty();
      }
      return switch (found.type()) {
        case UINT8 -> fewBits ? Optional.empty() : eightBits();
        case UINT16 -> intensity ? eightBits() : Optional.of(new Range(0, 65535));
        default -> Optional.empty();
      };
    }

    /** Whether 8-bit images are so dark that the model has seen no such thing. */
    private boolean isFar(PixelStatistics found) {
      double scale = intensity ? 1 : 255;
      return Math.abs(found.mean() / scale - mean) > FAR * deviation;
    }

    private static Optional<Range> eightBits() {
      return Optional.of(new Range(0, 255));
    }
  }
}
