package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.uniem.volumes.VoxelSize;

/**
 * What OME-XML says of a file: which directory holds which slice and channel, and the voxel size.
 */
final class OmeDescription implements StackDescription {

  private static final String USUAL_ORDER = "XYCZT";

  private final OmeXml ome;
  private final String fileName;
  private final boolean onlyFile;

  /**
   * Reads the XML.
   *
   * @param file for its name, which the XML may mention
   * @throws IOException if it is damaged
   */
  OmeDescription(String description, Path file) throws IOException {
    ome = OmeXml.parse(description);
    fileName = file.getFileName().toString();
    onlyFile =
        ome.images().stream()
                .flatMap(image -> image.blocks().stream())
                .map(block -> block.uuid() + block.fileName())
                .distinct()
                .count()
            == 1;
  }

  @Override
  public boolean numbersAllDirectories() {
    return true;
  }

  /** Names differ where a file was renamed, its id does not. */
  private boolean isHere(OmeImage.PlaneBlock block) {
    return onlyFile && ome.uuid().isEmpty()
        || block.uuid().isEmpty() && block.fileName().isEmpty()
        || !block.uuid().isEmpty() && block.uuid().equals(ome.uuid())
        || block.fileName().equals(fileName);
  }

  private List<OmeImage> imagesHere() {
    return ome.images().stream()
        .filter(image -> image.blocks().isEmpty() || image.blocks().stream().anyMatch(this::isHere))
        .toList();
  }

  private OmeImage image() throws IOException {
    if (ome.isElsewhere()) {
      throw new IOException(
          "its OME-XML is in another file: open that one in Fiji (Bio-Formats) and save it as"
              + " TIFF");
    }
    List<OmeImage> here = imagesHere();
    if (here.isEmpty()) {
      throw new IOException(
          "its OME-XML describes no image in it: open it in Fiji (Bio-Formats) and save it as TIFF");
    }
    if (here.size() > 1) {
      String names = here.stream().limit(8).map(OmeImage::name).collect(Collectors.joining(", "));
      throw new IOException(
          "it holds "
              + here.size()
              + " images ("
              + names
              + (here.size() > 8 ? ", …" : "")
              + "): expected one. Open it in Fiji (Bio-Formats) and save one of them as TIFF");
    }
    OmeImage image = here.get(0);
    if (image.isBinary()) {
      throw new IOException("its pixels are in its OME-XML, which is not supported");
    }
    Set<String> others =
        image.blocks().stream()
            .filter(block -> !isHere(block))
            .map(OmeImage.PlaneBlock::fileName)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!others.isEmpty()) {
      throw new IOException(
          "its image goes on in "
              + others.size()
              + " other files ("
              + others.stream().limit(3).collect(Collectors.joining(", "))
              + (others.size() > 3 ? ", …" : "")
              + "), which is not supported: open it in Fiji (Bio-Formats) and save it as one TIFF");
    }
    return image;
  }

  @Override
  public StackLayout layout(int images, TiffPage page) throws IOException {
    OmeImage image = image();
    requireSame(image, page);
    int samples = page.samples().stored();
    long sizeC = image.size('C');
    if (samples > 1 && sizeC % samples != 0) {
      throw new IOException(
          "its OME-XML says "
              + sizeC
              + " channels, its pixels have "
              + samples
              + " samples: expected a multiple");
    }
    List<StackLayout.Axis> axes = axes(image, samples);
    StackLayout.requireOneTime(image.size('Z'), image.size('T'));
    long planes = StackLayout.count(axes);
    if (planes > images) {
      throw new IOException(
          "its OME-XML says "
              + planes
              + " images ("
              + describe(axes)
              + "), it has "
              + images
              + ": expected all of them. Copy it again, or open it in Fiji (Bio-Formats) and save"
              + " it as TIFF");
    }
    int[] places = places(image, axes, samples, images);
    StackLayout order = StackLayout.of(axes);
    int[] directories = Arrays.stream(order.images()).map(plane -> places[plane]).toArray();
    return new StackLayout(
        order.depth(), order.planesPerSlice(), directories, order.timesAsSlices());
  }

  private static void requireSame(OmeImage image, TiffPage page) throws IOException {
    int format = page.samples().format();
    String type = image.pixels("Type");
    boolean same =
        switch (type) {
          case "int8", "int16", "int32" -> format == SampleLayout.SIGNED;
          case "uint8", "uint16", "uint32", "bit" -> format == SampleLayout.UNSIGNED;
          case "float", "double" -> format == SampleLayout.FLOAT;
          case "complex", "double-complex" -> false;
          default -> true;
        };
    if (!same) {
      throw new IOException(
          "its OME-XML says pixels of type "
              + type
              + ", its tags "
              + page.samples().describe()
              + ": expected the same. Open it in Fiji (Bio-Formats) and save it as TIFF");
    }
    long width = image.size('X');
    long height = image.size('Y');
    boolean told = !image.pixels("SizeX").isBlank() && !image.pixels("SizeY").isBlank();
    if (told && (width != page.grid().width() || height != page.grid().height())) {
      throw new IOException(
          "its OME-XML says "
              + width
              + " x "
              + height
              + " pixels, its tags "
              + page.grid().width()
              + " x "
              + page.grid().height()
              + ": expected the same");
    }
  }

  private static String describe(List<StackLayout.Axis> axes) {
    return axes.stream()
        .map(axis -> "Size" + axis.letter() + "=" + axis.length())
        .collect(Collectors.joining(", "));
  }

  /** The axes of images, the fastest first; samples of a pixel are no images. */
  private static List<StackLayout.Axis> axes(OmeImage image, int samples) throws IOException {
    String order = image.pixels("DimensionOrder");
    if (order.isBlank()) {
      order = USUAL_ORDER;
    }
    if (!order.matches("XY(ZCT|ZTC|CZT|CTZ|TZC|TCZ)")) {
      throw new IOException(
          "its OME-XML has DimensionOrder " + order + ": expected one like " + USUAL_ORDER);
    }
    List<StackLayout.Axis> axes = new ArrayList<>();
    for (char letter : order.substring(2).toCharArray()) {
      long size = image.size(letter);
      axes.add(new StackLayout.Axis(letter, letter == 'C' ? size / samples : size));
    }
    return axes;
  }

  /** The directory of each plane, planes numbered in the order of the axes. */
  private int[] places(OmeImage image, List<StackLayout.Axis> axes, int samples, int images)
      throws IOException {
    int planes = (int) StackLayout.count(axes);
    int[] places = new int[planes];
    Arrays.fill(places, -1);
    if (image.blocks().isEmpty()) {
      for (int i = 0; i < planes; i++) {
        places[i] = i;
      }
    }
    for (OmeImage.PlaneBlock block : image.blocks()) {
      place(block, axes, samples, images, places);
    }
    for (int i = 0; i < planes; i++) {
      if (places[i] < 0) {
        throw new IOException(
            "its OME-XML names no directory for "
                + position(axes, i)
                + ": the image is incomplete. Open it in Fiji (Bio-Formats) and save it as TIFF");
      }
    }
    return places;
  }

  private static void place(
      OmeImage.PlaneBlock block, List<StackLayout.Axis> axes, int samples, int images, int[] places)
      throws IOException {
    boolean counted = block.attributes().containsKey("PlaneCount");
    boolean placed = block.attributes().containsKey("IFD");
    long directory = number(block, "IFD", 0);
    long first = 0;
    long step = 1;
    boolean positioned = false;
    for (StackLayout.Axis axis : axes) {
      long at = number(block, "First" + axis.letter(), 0);
      positioned |= block.attributes().containsKey("First" + axis.letter());
      first += step * (axis.letter() == 'C' ? at / samples : at);
      step *= axis.length();
      if (at >= axis.length() * (axis.letter() == 'C' ? samples : 1)) {
        throw new IOException(
            "its OME-XML places an image at " + axis.letter() + "=" + at + " of " + axis.length());
      }
    }
    long rest = places.length - first;
    long count = counted ? number(block, "PlaneCount", 1) : placed || positioned ? 1 : rest;
    if (count > rest || directory + count > images) {
      throw new IOException(
          "its OME-XML places "
              + count
              + " images from directory "
              + directory
              + " on, it has "
              + images
              + ": expected all of them");
    }
    for (int i = 0; i < count; i++) {
      int plane = (int) first + i;
      int place = (int) directory + i;
      if (places[plane] >= 0 && places[plane] != place) {
        throw new IOException(
            "its OME-XML names two directories, "
                + places[plane]
                + " and "
                + place
                + ", for "
                + position(axes, plane));
      }
      places[plane] = place;
    }
  }

  private static long number(OmeImage.PlaneBlock block, String attribute, long absent)
      throws IOException {
    String text = block.attributes().get(attribute);
    if (text == null) {
      return absent;
    }
    try {
      long value = Long.parseLong(text.strip());
      if (value >= 0 && value <= Integer.MAX_VALUE) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IOException("its OME-XML has " + attribute + "=\"" + text + "\"", e);
    }
    throw new IOException("its OME-XML has " + attribute + "=\"" + text + "\"");
  }

  private static String position(List<StackLayout.Axis> axes, int plane) {
    List<String> parts = new ArrayList<>();
    long rest = plane;
    for (StackLayout.Axis axis : axes) {
      parts.add(axis.letter() + "=" + rest % axis.length());
      rest /= axis.length();
    }
    return String.join(", ", parts);
  }

  /** {@inheritDoc} The tags are heeded where the XML says nothing of pixels. */
  @Override
  public VoxelSize voxelSize(TiffDirectory tags, StackLayout layout) {
    return imagesHere().stream()
        .findFirst()
        .or(() -> ome.images().stream().findFirst())
        .map(image -> voxelSize(image, layout.timesAsSlices()))
        .filter(VoxelSize::isKnown)
        .orElseGet(() -> StackDescription.ofTags(tags));
  }

  private static VoxelSize voxelSize(OmeImage image, boolean timesAsSlices) {
    return VoxelSize.ofAxes(
        image.physicalSize('X'),
        image.physicalUnit('X'),
        image.physicalSize('Y'),
        image.physicalUnit('Y'),
        timesAsSlices ? Double.NaN : image.physicalSize('Z'),
        image.physicalUnit('Z'));
  }
}
