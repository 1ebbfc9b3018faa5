package org.uniem.filters;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.uniem.filters.RankFilter.Rank;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/** The filters there are, with their parameters. */
public enum FilterKind {
  /** The largest value above a threshold, 0 elsewhere. */
  BINARISE(
      "mask of what is brighter than a threshold",
      Value.of("threshold", 127, -1e9, 1e9),
      Value.whole("invert", 0, 0, 1)),
  /** The largest value minus the value. */
  INVERT("the largest value minus the value"),
  /** Gaussian smoothing, cut off at four standard deviations. */
  GAUSSIAN("smooths by a Gaussian", Value.of("sigma", 5, 0, 256), Value.of("sigmaZ", 0, 0, 64)),
  /** Median of an ellipse. */
  MEDIAN(
      "the middle value of the neighbours",
      Value.of("radius", 1, 0, 50),
      Value.of("radiusZ", 0, 0, 20)),
  /** Smallest value of an ellipse. */
  ERODE(
      "the smallest value of the neighbours",
      Value.of("radius", 1, 0, 50),
      Value.of("radiusZ", 0, 0, 20)),
  /** Largest value of an ellipse. */
  DILATE(
      "the largest value of the neighbours",
      Value.of("radius", 1, 0, 50),
      Value.of("radiusZ", 0, 0, 20)),
  /** Erosion, then dilation. */
  OPEN(
      "erode, then dilate: takes away what is small and bright",
      Value.of("radius", 1, 0, 50),
      Value.of("radiusZ", 0, 0, 20)),
  /** Dilation, then erosion. */
  CLOSE(
      "dilate, then erode: fills what is small and dark",
      Value.of("radius", 1, 0, 50),
      Value.of("radiusZ", 0, 0, 20)),
  /** Tomasi and Manduchi's filter. */
  BILATERAL(
      "smooths but keeps edges",
      Value.of("sigma", 2, 0.1, 20),
      Value.of("range", 30, 1e-6, 1e6),
      Value.of("sigmaZ", 0, 0, 10)),
  /** Fiji's local contrast enhancement. */
  CLAHE(
      "local contrast as Fiji's CLAHE (block, bins, slope)",
      Value.whole("block", 127, 3, 4095),
      Value.whole("bins", 256, 2, 65536),
      Value.of("slope", 3, 1, 1000)),
  /** OpenCV's local contrast enhancement. */
  CLAHE_GRID(
      "local contrast as OpenCV's CLAHE (clip limit, grid of tiles)",
      Value.of("clip", 2, 0, 1000),
      Value.whole("columns", 8, 1, 256),
      Value.whole("rows", 8, 1, 256)),
  /** Stretches the range of values. */
  NORMALISE(
      "stretches the values so that a share of them saturates at either end",
      Value.of("saturated", 0.0035, 0, 0.5),
      Value.whole("stack", 1, 0, 1)),
  /** Makes all values equally frequent. */
  EQUALISE("makes all values equally frequent", Value.whole("stack", 1, 0, 1)),
  /** Second differences. */
  LAPLACIAN("second differences along x and y"),
  /** Gradient length. */
  SOBEL("length of the gradient along x and y"),
  /** Canny's edges. */
  CANNY(
      "edges one pixel wide; thresholds of 8-bit values",
      Value.of("upper", 200, 0, 1e9),
      Value.of("lower", 100, 0, 1e9)),
  /** Euclidean distance to the background. */
  DISTANCE(
      "distance of what is not 0 to the nearest 0",
      Value.of("most", 255, 1e-6, 1e6),
      Value.of("sizeX", 1, 1e-6, 1e6),
      Value.of("sizeY", 1, 1e-6, 1e6),
      Value.of("sizeZ", 0, 0, 1e6),
      Value.whole("labels", 0, 0, 1));

  /** After these, white is the largest value, whatever the values were before. */
  private static final Set<FilterKind> MAKE_BRIGHTNESS =
      EnumSet.of(BINARISE, INVERT, CLAHE, CLAHE_GRID, NORMALISE, EQUALISE, CANNY);

  /**
   * A parameter of a filter.
   *
   * @param name in lowerCamel
   * @param standard taken where none is given
   * @param least smallest value
   * @param most largest value
   * @param isWhole whether it must be a whole number
   */
  public record Value(String name, double standard, double least, double most, boolean isWhole) {

    private static Value of(String name, double standard, double least, double most) {
      return new Value(name, standard, least, most, false);
    }

    private static Value whole(String name, double standard, double least, double most) {
      return new Value(name, standard, least, most, true);
    }
  }

  private final String description;
  private final List<Value> values;

  FilterKind(String description, Value... values) {
    this.description = description;
    this.values = List.of(values);
  }

  /** The name in pipelines, in kebab-case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it does, a few words. */
  public String description() {
    return description;
  }

  /** Its parameters, in the order in which they are shown. */
  public List<Value> parameters() {
    return values;
  }

  /** Whether white is the largest value afterwards, whatever the values were before. */
  boolean makesBrightness() {
    return MAKE_BRIGHTNESS.contains(this);
  }

  /**
   * The filter of a name.
   *
   * @throws BadParameterException if there is none; proposes the nearest
   */
  public static FilterKind named(String label) {
    List<String> labels = Arrays.stream(values()).map(FilterKind::label).toList();
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameterException(
                    "There is no filter '"
                        + label
                        + "'. "
                        + Spelling.suggest(label, labels)
                        + "Filters: "
                        + String.join(", ", labels)
                        + "."));
  }

  List<Filter> filters(FilterStep step, double full) {
    return switch (this) {
      case BINARISE ->
          List.of(PointFilter.binarise(step.value("threshold"), full, step.value("invert") == 1));
      case INVERT -> List.of(PointFilter.invert(full));
      case GAUSSIAN -> List.of(SeparableFilter.gaussian(step.value("sigma"), step.value("sigmaZ")));
      case MEDIAN -> List.of(rank(Rank.MEDIAN, step));
      case ERODE -> List.of(rank(Rank.SMALLEST, step));
      case DILATE -> List.of(rank(Rank.LARGEST, step));
      case OPEN -> List.of(rank(Rank.SMALLEST, step), rank(Rank.LARGEST, step));
      case CLOSE -> List.of(rank(Rank.LARGEST, step), rank(Rank.SMALLEST, step));
      case BILATERAL ->
          List.of(
              new BilateralFilter(step.value("sigma"), step.value("sigmaZ"), step.value("range")));
      case CLAHE ->
          List.of(
              new BlockClahe(step.whole("block"), step.whole("bins"), step.value("slope"), full));
      case CLAHE_GRID ->
          List.of(
              new TileClahe(step.value("clip"), step.whole("columns"), step.whole("rows"), full));
      case NORMALISE -> List.of(normalise(step, full));
      case EQUALISE -> List.of(ofHistogram(step, histogram -> histogram.equaliser(full)));
      case LAPLACIAN -> List.of(new GradientFilter(GradientFilter.Kind.LAPLACIAN));
      case SOBEL -> List.of(new GradientFilter(GradientFilter.Kind.SOBEL));
      case CANNY -> List.of(new CannyFilter(step.value("lower"), step.value("upper"), full));
      case DISTANCE -> DistanceFilter.of(step);
    };
  }

  private static Filter rank(Rank rank, FilterStep step) {
    return new RankFilter(rank, step.value("radius"), step.value("radiusZ"));
  }

  private static Filter normalise(FilterStep step, double full) {
    double share = step.value("saturated") / 2;
    return ofHistogram(
        step,
        histogram ->
            PointFilter.stretch(histogram.quantile(share), histogram.quantile(1 - share), full));
  }

  private static Filter ofHistogram(FilterStep step, Function<StackHistogram, Filter> made) {
    return step.value("stack") == 1 ? StackHistogram.filter(made) : new SliceHistogramFilter(made);
  }
}
