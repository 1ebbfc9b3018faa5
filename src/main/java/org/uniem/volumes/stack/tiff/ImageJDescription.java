package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.LengthUnit;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VoxelSize;

/**
 * What ImageJ notes in the description tag of a TIFF file: lines {@code key=value} after {@code
 * ImageJ=version}.
 */
public final class ImageJDescription implements StackDescription {

  private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

  private static final String UNLABELLED = "unlabelled";
  private static final String CLASSES = "classes";

  /** What tifffile signs its files with; it leaves out a spacing that it was not told. */
  private static final String TIFFFILE = "1.11a";

  private static final int STRAIGHT_LINE = 0;
  private static final int NO_CALIBRATION = 20;

  private final Map<String, String> values = new HashMap<>();

  /**
   * @param description the text of the tag
   */
  ImageJDescription(String description) {
    for (String line : description.split("[\r\n]+")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
  }

  /** Whether a description is ImageJ's. */
  static boolean is(String description) {
    return description.startsWith("ImageJ=");
  }

  /**
   * The text that makes ImageJ open the pages of a volume as it is.
   *
   * @param min smallest value, shown black; equal to max where the range is not known
   * @param max largest value, shown white
   */
  public static String of(VolumeSpec spec, float min, float max) {
    StringBuilder text = new StringBuilder("ImageJ=1.54p\n");
    long images = spec.depth() * spec.channels();
    if (images > 1) {
      text.append("images=").append(images).append('\n');
    }
    if (spec.channels() > 1) {
      text.append("channels=").append(spec.channels()).append('\n');
    }
    if (spec.depth() > 1) {
      text.append("slices=").append(spec.depth()).append('\n');
    }
    if (spec.channels() > 1) {
      text.append("hyperstack=true\nmode=grayscale\n");
    }
    VoxelSize size = TiffPageWriter.writable(spec.voxelSize());
    if (!size.equals(VoxelSize.UNKNOWN)) {
      text.append("unit=").append(escaped(size.unit())).append('\n');
      // ImageJ shows one pixel for what is not known; without the line it would be one unit.
      text.append("spacing=").append(size.hasDepth() ? size.z() : "unknown").append('\n');
      text.append(size.hasDepth() ? "" : "zunit=pixel\n");
    }
    text.append("loop=false\n");
    spec.labelKey()
        .ifPresent(
            key -> {
              text.append(UNLABELLED + '=').append(key.unlabelled()).append('\n');
              String names = String.join(",", key.classNames());
              text.append(CLASSES + '=').append(escaped(names)).append('\n');
            });
    if (min < max) {
      text.append("min=").append((double) min).append('\n');
      text.append("max=").append((double) max).append('\n');
    }
    return text.toString();
  }

  /** ImageJ reads the tag byte by byte, so other letters are spelt out. */
  private static String escaped(String words) {
    StringBuilder text = new StringBuilder();
    for (char c : words.toCharArray()) {
      text.append(c < 128 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04X", (int) c));
    }
    return text.toString();
  }

  @Override
  public long images() {
    return count("images");
  }

  private long count(String key) {
    return Math.max(1, (long) number(key, 1));
  }

  private double number(String key, double absent) {
    try {
      return Double.parseDouble(values.getOrDefault(key, ""));
    } catch (NumberFormatException e) {
      return absent; // As ImageJ itself does.
    }
  }

  @Override
  public StackLayout layout(int images, TiffPage page) throws IOException {
    List<StackLayout.Axis> axes =
        List.of(
            new StackLayout.Axis('C', count("channels")),
            new StackLayout.Axis('Z', count("slices")),
            new StackLayout.Axis('T', count("frames")));
    long announced = images();
    if (announced > 1 && announced != images) {
      throw new IOException(
          "its description says "
              + announced
              + " images, it has "
              + images
              + ": expected all of them. Save it again in the program that wrote it");
    }
    boolean silent =
        !values.containsKey("channels")
            && !values.containsKey("slices")
            && !values.containsKey("frames");
    if (StackLayout.count(axes) == images) {
      return StackLayout.of(axes);
    }
    if (silent) {
      return StackLayout.ofSlices(images);
    }
    throw new IOException(
        "its description says "
            + count("channels")
            + " channels x "
            + count("slices")
            + " slices x "
            + count("frames")
            + " frames, it has "
            + images
            + " images: expected as many. The hyperstack is incomplete: save it again in Fiji");
  }

  /**
   * {@inheritDoc}
   *
   * <p>ImageJ keeps pixels per unit in the resolution tags, and leaves out a spacing of 1. Only of
   * micrometres ("um") does it take a resolution per centimetre as what it says.
   */
  @Override
  public VoxelSize voxelSize(TiffDirectory tags, StackLayout layout) {
    String unit = text("unit");
    boolean centimetres = tags.number(TiffTag.RESOLUTION_UNIT, 2) == 3;
    if (LengthUnit.isNone(unit) && centimetres) {
      unit = "cm";
    }
    double x = tags.reciprocal(TiffTag.X_RESOLUTION);
    double y = tags.reciprocal(TiffTag.Y_RESOLUTION);
    String unitY = text("yunit").isEmpty() ? unit : text("yunit");
    if (centimetres && text("unit").equals("um")) {
      x = LengthUnit.CENTIMETER.convert(x, LengthUnit.MICROMETER);
      unitY = text("yunit").isEmpty() ? "cm" : unitY;
    }
    String unitZ = text("zunit").isEmpty() ? unit : text("zunit");
    return VoxelSize.ofAxes(x, unit, y, unitY, spacing(layout), unitZ);
  }

  private double spacing(StackLayout layout) {
    if (values.containsKey("spacing")) {
      return Math.abs(number("spacing", Double.NaN));
    }
    boolean leftOut =
        layout.depth() > 1 && !layout.timesAsSlices() && !TIFFFILE.equals(values.get("ImageJ"));
    return leftOut ? 1 : Double.NaN;
  }

  private String text(String key) {
    Matcher matcher = UNICODE.matcher(values.getOrDefault(key, ""));
    return matcher.replaceAll(
        match ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
  }

  /** What the values of painted labels mean; lines of our own, which ImageJ passes over. */
  @Override
  public Optional<LabelKey> labelKey() {
    if (!values.containsKey(UNLABELLED) || !values.containsKey(CLASSES)) {
      return Optional.empty();
    }
    int unlabelled = (int) number(UNLABELLED, LabelKey.UNPAINTED);
    return Optional.of(new LabelKey(unlabelled, List.of(text(CLASSES).split(","))));
  }

  /**
   * {@inheritDoc}
   *
   * <p>ImageJ keeps signed numbers of 16 bits as unsigned ones with a straight line that begins at
   * −32768. It calibrates grey images of 8 and 16 bits only.
   */
  @Override
  public Optional<GreyCalibration> calibration(SampleLayout samples) throws IOException {
    double function = number("cf", STRAIGHT_LINE);
    double offset = number("c0", Double.NaN);
    double slope = number("c1", Double.NaN);
    boolean grey =
        samples.kept().length == 1
            && (samples.bits() == 8 || samples.bits() == 16)
            && samples.format() != SampleLayout.FLOAT;
    if (!grey || Double.isNaN(offset) || Double.isNaN(slope) || function == NO_CALIBRATION) {
      return Optional.empty();
    }
    if (function != STRAIGHT_LINE) {
      throw new IOException(
          "its grey values are calibrated by a curve (cf="
              + (int) function
              + "), which is not supported: in Fiji set Analyze > Calibrate > None and save it"
              + " again");
    }
    boolean signed = samples.format() == SampleLayout.SIGNED;
    int shift = signed ? 1 << samples.bits() - 1 : 0;
    boolean same = slope == 1 && offset + shift == 0 && !values.containsKey("zeroclip");
    return same
        ? Optional.empty()
        : Optional.of(
            new GreyCalibration(offset, slope, shift, "true".equals(values.get("zeroclip"))));
  }
}
