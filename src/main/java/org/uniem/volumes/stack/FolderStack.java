package org.uniem.volumes.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.uniem.job.BadInputException;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;
import org.uniem.volumes.planes.PlaneSource;

/** Image files as slices. */
final class FolderStack implements PlaneSource {

  private final List<SliceFile> slices;
  private final SliceValues values;
  private final List<String> notes;

  /**
   * Reads the headers of all files.
   *
   * @param files the images in order, at least one
   * @throws BadInputException if one is unreadable or they differ
   */
  FolderStack(List<Path> files) {
    requireOneKind(files);
    requireDifferent(files);
    slices = files.stream().map(SliceFile::open).toList();
    for (SliceFile slice : slices) {
      requireSame(slices.get(0), slice);
    }
    values = new SliceValues(slices);
    notes = FolderNotes.of(slices, values);
  }

  /**
   * The images of a folder in natural order; hidden files, folders and other files are left out.
   *
   * @throws BadInputException if the folder cannot be listed or has no images
   */
  static List<Path> imagesIn(Path folder) {
    List<Path> entries;
    try (Stream<Path> stream = Files.list(folder)) {
      entries =
          stream
              .filter(path -> !path.getFileName().toString().startsWith("."))
              .sorted(Comparator.comparing(SliceFile::name, NaturalOrder.INSTANCE))
              .toList();
    } catch (IOException e) {
      throw new BadInputException("Cannot list the folder " + folder + ": " + e.getMessage(), e);
    }
    List<Path> images =
        entries.stream()
            .filter(path -> ImageKind.ofName(path).isPresent() && Files.isRegularFile(path))
            .toList();
    if (images.isEmpty()) {
      List<Path> folders = entries.stream().filter(Files::isDirectory).toList();
      throw new BadInputException(
          "No images in the folder "
              + folder
              + ": expected PNG, TIFF or JPEG files, found "
              + (entries.isEmpty() ? "nothing" : entries.size() + " other files or folders")
              + (folders.isEmpty() ? "." : "; did you mean " + folders.get(0) + "?"));
    }
    return images;
  }

  private static void requireOneKind(List<Path> files) {
    Path first = files.get(0);
    for (Path file : files) {
      if (!ImageKind.ofName(file).equals(ImageKind.ofName(first))) {
        throw new BadInputException(
            "The images in "
                + first.getParent()
                + " are of several formats: expected "
                + ImageKind.ofName(first).orElseThrow()
                + " as "
                + first.getFileName()
                + ", found "
                + ImageKind.ofName(file).orElseThrow()
                + " in "
                + file.getFileName()
                + ". Keep one stack per folder.");
      }
    }
  }

  /** Two names of one number, as 1 and 01, are one slice twice. */
  private static void requireDifferent(List<Path> files) {
    for (int z = 1; z < files.size(); z++) {
      String name = files.get(z).getFileName().toString();
      String before = files.get(z - 1).getFileName().toString();
      if (NaturalOrder.isSame(SliceFile.name(files.get(z - 1)), SliceFile.name(files.get(z)))) {
        throw new BadInputException(
            "The images in "
                + files.get(z).getParent()
                + " hold one slice twice: "
                + before
                + " and "
                + name
                + " differ in zeros or capitals alone. Remove or rename one of them.");
      }
    }
  }

  private static void requireSame(SliceFile first, SliceFile other) {
    if (!other.shape().equals(first.shape())) {
      throw new BadInputException(
          "The images in "
              + first.path().getParent()
              + " differ: expected "
              + first.shape()
              + " as in "
              + first.path().getFileName()
              + ", found "
              + other.shape()
              + " in "
              + other.path().getFileName()
              + ". Keep images of one size and type per folder.");
    }
  }

  @Override
  public PlaneShape shape() {
    return slices.get(0).shape();
  }

  @Override
  public int depth() {
    return slices.size();
  }

  @Override
  public int planesPerSlice() {
    return 1;
  }

  @Override
  public VoxelSize voxelSize() {
    return slices.get(0).voxelSize();
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public String sliceName(long z) {
    return slices.get(Math.toIntExact(z)).name();
  }

  @Override
  public Plane read(int z, int index) {
    SliceFile slice = slices.get(z);
    Plane plane = slice.read();
    values.apply(slice, plane);
    return plane;
  }

  @Override
  public void close() {
    // Each file is open only while it is read.
  }
}
