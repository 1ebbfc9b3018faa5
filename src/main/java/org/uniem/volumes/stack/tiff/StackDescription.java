package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.util.Optional;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.VoxelSize;

/** What the description tag of a file's first page says of the whole. */
interface StackDescription {

  /** Whether images are numbered by directories, with those that hold copies of less resolution. */
  default boolean numbersAllDirectories() {
    return false;
  }

  /**
   * How many images the file should have, also where all lie behind one directory; 0 where nothing
   * is said.
   */
  default long images() {
    return 0;
  }

  /**
   * Which image is which slice and channel.
   *
   * @param images of the file
   * @param page how each of them is stored
   * @throws IOException if the description does not fit, or is of a kind that volumes cannot hold
   */
  StackLayout layout(int images, TiffPage page) throws IOException;

  /**
   * The voxel size.
   *
   * @param tags of the first page
   * @param layout which image is which
   */
  default VoxelSize voxelSize(TiffDirectory tags, StackLayout layout) {
    return ofTags(tags);
  }

  /** What the values of painted labels mean. */
  default Optional<LabelKey> labelKey() {
    return Optional.empty();
  }

  /**
   * What makes values of stored numbers.
   *
   * @throws IOException if it is a curve
   */
  default Optional<GreyCalibration> calibration(SampleLayout samples) throws IOException {
    return Optional.empty();
  }

  /**
   * The pixel size that the tags alone tell, without a depth. Only a resolution per centimetre is
   * believed: one per inch is nearly always a printer's.
   */
  static VoxelSize ofTags(TiffDirectory tags) {
    boolean centimetres = tags.number(TiffTag.RESOLUTION_UNIT, 2) == 3;
    return VoxelSize.ofAxes(
        tags.reciprocal(TiffTag.X_RESOLUTION),
        centimetres ? "cm" : "",
        tags.reciprocal(TiffTag.Y_RESOLUTION),
        "cm",
        Double.NaN,
        "cm");
  }
}
