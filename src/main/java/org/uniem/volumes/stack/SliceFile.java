package org.uniem.volumes.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;
import org.uniem.volumes.stack.raster.OtherKindException;
import org.uniem.volumes.stack.raster.Palette;
import org.uniem.volumes.stack.raster.RasterFile;
import org.uniem.volumes.stack.tiff.TiffStack;

/**
 * One image of a folder of slices.
 *
 * @param path the file
 * @param kind its format
 * @param shape its size and type
 * @param voxelSize what the file says of it
 * @param palette the colours that the values stand for, empty where they are none
 * @param hasTransparency whether the file says how transparent pixels are
 */
record SliceFile(
    Path path,
    ImageKind kind,
    PlaneShape shape,
    VoxelSize voxelSize,
    Optional<Palette> palette,
    boolean hasTransparency) {

  /** Stands for a length along z that is not known. */
  private static final String NO_DEPTH = "unknown";

  /**
   * Reads the header.
   *
   * @throws BadInputException if the file is damaged, not an image, or a stack
   */
  static SliceFile open(Path path) {
    try {
      ImageKind kind =
          ImageKind.ofContent(path)
              .orElseThrow(() -> new IOException("it is not a PNG, TIFF or JPEG image"));
      if (kind == ImageKind.TIFF) {
        try (TiffStack file = new TiffStack(path, true)) {
          requireOnePage(path, file);
          return new SliceFile(path, kind, file.shape(), file.voxelSize(), Optional.empty(), false);
        }
      }
      RasterFile file = raster(path, kind);
      return new SliceFile(
          path,
          kind,
          file.shape(),
          voxelSize(file.voxelSizeText()),
          file.palette(),
          file.hasTransparency());
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The file's name without its ending. */
  String name() {
    return name(path);
  }

  /** A file's name without its ending. */
  static String name(Path path) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static RasterFile raster(Path path, ImageKind kind) throws IOException {
    return kind == ImageKind.PNG ? RasterFile.png(path) : RasterFile.jpeg(path);
  }

  private static void requireOnePage(Path path, TiffStack file) {
    if (file.imageCount() != 1) {
      throw new BadInputException(
          path
              + " has "
              + file.imageCount()
              + " pages: expected one, as it is one of several files in its folder. Give the"
              + " stack's own path, or a folder of single images.");
    }
  }

  static VoxelSize voxelSize(String text) throws IOException {
    if (text.isEmpty()) {
      return VoxelSize.UNKNOWN;
    }
    String[] parts = text.split(" ", 4);
    try {
      return new VoxelSize(
          Double.parseDouble(parts[0]),
          Double.parseDouble(parts[1]),
          parts[2].equals(NO_DEPTH) ? Double.NaN : Double.parseDouble(parts[2]),
          parts[3]);
    } catch (RuntimeException e) {
      throw new IOException("its voxel size \"" + text + "\" is not three numbers and a unit", e);
    }
  }

  /** What is written into a PNG and read by {@link #voxelSize(String)}. */
  static String text(VoxelSize size) {
    return size.x()
        + " "
        + size.y()
        + " "
        + (size.hasDepth() ? size.z() : NO_DEPTH)
        + " "
        + size.unit();
  }

  /**
   * Decodes the image, of one with a palette the indices.
   *
   * @throws BadInputException if it is damaged or no longer what it was
   */
  Plane read() {
    Plane plane;
    if (kind == ImageKind.TIFF) {
      try (TiffStack file = new TiffStack(path, true)) {
        plane = file.read(0, 0);
      }
    } else {
      try {
        plane = raster(path, kind).read();
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }
    if (!plane.shape().equals(shape)) {
      throw new BadInputException(
          path + " changed while it was in use: expected " + shape + ", found " + plane.shape());
    }
    return plane;
  }

  private static BadInputException unreadable(Path path, IOException cause) {
    if (cause instanceof OtherKindException) {
      return new BadInputException("Cannot read " + path + ": " + cause.getMessage() + ".", cause);
    }
    return new BadInputException(
        "Cannot read "
            + path
            + ": "
            + cause.getMessage()
            + (cause.getCause() instanceof IOException inner ? " (" + inner.getMessage() + ")" : "")
            + ". Copy it again, or remove it from the folder.",
        cause);
  }
}
