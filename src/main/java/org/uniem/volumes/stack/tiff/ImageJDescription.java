package org.uniem.volumes.stack.tiff;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VoxelSize;

/**
 * What ImageJ notes in the description tag of a TIFF file: lines {@code key=value} after {@code
 * ImageJ=version}.
 */
public final class ImageJDescription {

  private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

  private static final String UNLABELLED = "unlabelled";
  private static final String CLASSES = "classes";

  private final Map<String, String> values = new HashMap<>();

  /**
   * @param description the text of the tag; of another program or empty, then nothing is known
   */
  public ImageJDescription(String description) {
    if (description.startsWith("ImageJ")) {
      for (String line : description.split("\n")) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    }
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
    if (!spec.voxelSize().equals(VoxelSize.UNKNOWN)) {
      text.append("unit=").append(escaped(spec.voxelSize().unit())).append('\n');
      text.append("spacing=").append(spec.voxelSize().z()).append('\n');
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

  /** Number of two-dimensional images, 1 where it is not said. */
  long images() {
    return count("images");
  }

  /** Number of channels, 1 where it is not said. */
  long channels() {
    return count("channels");
  }

  /** Number of slices, 1 where it is not said. */
  long slices() {
    return count("slices");
  }

  /** Number of time points, 1 where it is not said. */
  long frames() {
    return count("frames");
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

  /**
   * The voxel size of a file with these directory tags.
   *
   * <p>ImageJ keeps pixels per unit in the resolution tags. Without its unit only a resolution per
   * centimetre is believed: one per inch is nearly always a printer's.
   */
  public VoxelSize voxelSize(TiffDirectory tags) {
    String unit = unit();
    double x = tags.fraction(TiffDirectory.X_RESOLUTION);
    double y = tags.fraction(TiffDirectory.Y_RESOLUTION);
    if (unit.isEmpty() && tags.number(TiffDirectory.RESOLUTION_UNIT, 2) == 3 && x > 0 && y > 0) {
      unit = "cm";
    }
    double spacing = Math.abs(number("spacing", 1));
    if (unit.isEmpty() || unit.equals("pixel") || unit.equals("pixels")) {
      return VoxelSize.UNKNOWN;
    }
    return new VoxelSize(
        x > 0 ? 1 / x : 1,
        y > 0 ? 1 / y : 1,
        spacing > 0 && spacing < Double.POSITIVE_INFINITY ? spacing : 1,
        unit);
  }

  private String text(String key) {
    Matcher matcher = UNICODE.matcher(values.getOrDefault(key, ""));
    return matcher.replaceAll(
        match ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
  }

  /** What the values of painted labels mean; lines of our own, which ImageJ passes over. */
  Optional<LabelKey> labelKey() {
    if (!values.containsKey(UNLABELLED) || !values.containsKey(CLASSES)) {
      return Optional.empty();
    }
    int unlabelled = (int) number(UNLABELLED, LabelKey.UNPAINTED);
    return Optional.of(new LabelKey(unlabelled, List.of(text(CLASSES).split(","))));
  }

  private String unit() {
    String unit = text("unit");
    return switch (unit) {
      // U+03BC, the Greek letter, for U+00B5, the micro sign.
      case "micron", "microns", "um", "\u03bcm" -> "\u00b5m";
      default -> unit;
    };
  }
}
