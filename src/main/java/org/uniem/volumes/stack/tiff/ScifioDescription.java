package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uniem.volumes.VoxelSize;

/**
 * What SCIFIO, which saves the images of ImageJ2 and Labkit, notes in the description tag: lists of
 * the names, lengths, voxel sizes and units of all axes, in the order of the images.
 */
final class ScifioDescription implements StackDescription {

  private final Map<String, String[]> lists = new HashMap<>();

  ScifioDescription(String description) {
    for (String line : description.split("[\r\n]+")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String text = line.substring(equals + 1).replace("\\u00B5", "\u00b5");
        lists.put(line.substring(0, equals).strip(), text.split(",", -1));
      }
    }
  }

  /** Whether a description is SCIFIO's. */
  static boolean is(String description) {
    return description.startsWith("SCIFIO=");
  }

  private String entry(String list, int i) {
    String[] entries = lists.getOrDefault(list, new String[0]);
    return i >= 0 && i < entries.length ? entries[i].strip() : "";
  }

  private int axis(String name) {
    return List.of(lists.getOrDefault("axes", new String[0])).indexOf(name);
  }

  @Override
  public StackLayout layout(int images, TiffPage page) throws IOException {
    List<StackLayout.Axis> axes = new ArrayList<>();
    int samples = page.samples().stored();
    int count = lists.getOrDefault("axes", new String[0]).length;
    for (int i = 0; i < count; i++) {
      String name = entry("axes", i);
      if (!name.equals("X") && !name.equals("Y")) {
        long length = length(entry("lengths", i));
        // Channels that are samples of one pixel are no images.
        boolean inPixels = name.equals("Channel") && samples > 1;
        axes.add(new StackLayout.Axis(letter(name), inPixels ? length / samples : length));
      }
    }
    if (StackLayout.count(axes) != images) {
      throw new IOException(
          "its description says "
              + String.join(" x ", lists.getOrDefault("lengths", new String[0]))
              + " along "
              + String.join(", ", lists.getOrDefault("axes", new String[0]))
              + ", it has "
              + images
              + " images: expected as many. Save it again in the program that wrote it");
    }
    return StackLayout.of(axes);
  }

  private static char letter(String axis) {
    return switch (axis) {
      case "Z" -> 'Z';
      case "Channel" -> 'C';
      case "Time" -> 'T';
      default -> axis.isEmpty() ? '?' : Character.toLowerCase(axis.charAt(0));
    };
  }

  private static long length(String text) throws IOException {
    try {
      return Math.max(1, Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IOException("its description has the length \"" + text + "\" of an axis", e);
    }
  }

  @Override
  public VoxelSize voxelSize(TiffDirectory tags, StackLayout layout) {
    int x = axis("X");
    int y = axis("Y");
    int z = layout.timesAsSlices() ? -1 : axis("Z");
    return VoxelSize.ofAxes(
        scale(x), entry("units", x), scale(y), entry("units", y), scale(z), entry("units", z));
  }

  private double scale(int axis) {
    try {
      return Math.abs(Double.parseDouble(entry("scales", axis)));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
