package org.uniem.volumes.stack.raster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;
import org.uniem.volumes.storage.FileBytes;

/** A PNG or JPEG file whose header has been read; the pixels are read on demand. Immutable. */
public sealed interface RasterFile permits PngFile, JpegFile {

  /** Keyword of the PNG text chunk with the voxel size: {@code "8.0 8.0 30.0 nm"}. */
  String VOXEL_SIZE_KEY = "Voxel size";

  /**
   * Reads the header of a PNG.
   *
   * @throws IOException if the file is none, is damaged, or of a kind that is not read
   */
  static RasterFile png(Path path) throws IOException {
    try (FileBytes file = new FileBytes(path)) {
      return PngFile.open(path, file);
    }
  }

  /**
   * Reads the header of a JPEG.
   *
   * @throws IOException if the file is none, is damaged, or of a kind that is not read
   */
  static RasterFile jpeg(Path path) throws IOException {
    try (FileBytes file = new FileBytes(path)) {
      return JpegFile.open(path, file);
    }
  }

  /** Size and type as decoded. */
  PlaneShape shape();

  /** The text of a PNG under {@value #VOXEL_SIZE_KEY}, empty if there is none. */
  default String voxelSizeText() {
    return "";
  }

  /** The colours that the values stand for, empty where the values are brightness or colour. */
  default Optional<Palette> palette() {
    return Optional.empty();
  }

  /** Whether the file says of pixels how transparent they are, which is left out. */
  default boolean hasTransparency() {
    return false;
  }

  /**
   * Decodes the pixels. Of an image with a palette these are the indices of the colours.
   *
   * @throws IOException if they are damaged
   */
  Plane read() throws IOException;

  /** Checks the size that a header gives. */
  static void requireSize(int width, int height) throws IOException {
    if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE / 8) {
      throw new IOException("its size of " + width + " x " + height + " pixels is not supported");
    }
  }
}
