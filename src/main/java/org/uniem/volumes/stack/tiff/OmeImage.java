package org.uniem.volumes.stack.tiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What OME-XML says of one image: the attributes of its pixels, and where its planes are. */
final class OmeImage {

  /**
   * One block of planes.
   *
   * @param attributes of its element
   * @param uuid of the file that holds them, empty for this one
   * @param fileName of that file, empty where it is not told
   */
  record PlaneBlock(Map<String, String> attributes, String uuid, String fileName) {}

  private final String name;
  private final Map<String, String> pixels = new HashMap<>();
  private final List<PlaneBlock> blocks = new ArrayList<>();
  private boolean binary;

  OmeImage(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void setPixels(Map<String, String> attributes) {
    pixels.putAll(attributes);
  }

  void add(PlaneBlock block) {
    blocks.add(block);
  }

  void setBinary() {
    binary = true;
  }

  /** Whether the pixels are in the XML itself. */
  boolean isBinary() {
    return binary;
  }

  List<PlaneBlock> blocks() {
    return blocks;
  }

  /** An attribute of the pixels, empty where there is none. */
  String pixels(String attribute) {
    return pixels.getOrDefault(attribute, "");
  }

  /** A length along an axis, 1 where it is not told. */
  long size(char axis) {
    try {
      return Math.max(1, Long.parseLong(pixels("Size" + axis).strip()));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  /** An edge of a voxel, NaN where it is not told. */
  double physicalSize(char axis) {
    try {
      return Double.parseDouble(pixels("PhysicalSize" + axis).strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Its unit; micrometres where none is told. */
  String physicalUnit(char axis) {
    String unit = pixels("PhysicalSize" + axis + "Unit");
    return unit.isBlank() ? "\u00b5m" : unit;
  }
}
