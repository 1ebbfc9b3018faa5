package org.uniem.volumes.stack.tiff;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uniem.job.BadInputException;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;
import org.uniem.volumes.planes.PlaneSource;

/** The pages of one TIFF file as slices. */
public final class TiffStack implements PlaneSource {

  private static final Pattern OME_SLICES =
      Pattern.compile("<Pixels\\s[^>]*\\bSizeZ=\"(\\d{1,9})\"");

  private final TiffFile file;
  private final int depth;
  private final int planesPerSlice;
  private final VoxelSize voxelSize;
  private final Optional<LabelKey> labelKey;

  /**
   * @throws BadInputException if the file cannot be read, its pages differ or it is a time series
   */
  public TiffStack(Path path) {
    file = new TiffFile(path);
    try {
      ImageJDescription description = new ImageJDescription(file.description());
      labelKey = description.labelKey();
      voxelSize = description.voxelSize(file.firstTags());
      requireSameShapes();
      requireNoOmeDimensions();
      boolean described =
          description.channels() * description.slices() * description.frames() == file.pages();
      if (described && description.slices() > 1 && description.frames() > 1) {
        throw new BadInputException(
            path
                + " is a time series of "
                + description.frames()
                + " stacks: expected one. Split it in Fiji (Image > Hyperstacks > Reduce"
                + " Dimensionality).");
      }
      // Slices are often saved as frames by mistake.
      planesPerSlice = described ? (int) description.channels() : 1;
      depth = file.pages() / planesPerSlice;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The pages of an OME-TIFF with channels or times would pass for slices. */
  private void requireNoOmeDimensions() {
    Matcher slices = OME_SLICES.matcher(file.description());
    if (slices.find() && Long.parseLong(slices.group(1)) != file.pages()) {
      throw new BadInputException(
          file.path()
              + " is an OME-TIFF with several channels, times or files: expected "
              + slices.group(1)
              + " pages, one per slice, found "
              + file.pages()
              + ". Open it in Fiji and save it as TIFF.");
    }
  }

  private void requireSameShapes() {
    for (int page = 1; page < file.pages(); page++) {
      if (!file.shape(page).equals(file.shape(0))) {
        throw new BadInputException(
            "The pages of "
                + file.path()
                + " differ: expected "
                + file.shape(0)
                + " as on page 1, found "
                + file.shape(page)
                + " on page "
                + (page + 1)
                + " of "
                + file.pages()
                + ". Save them as one stack of one size and type.");
      }
    }
  }

  @Override
  public PlaneShape shape() {
    return file.shape(0);
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int planesPerSlice() {
    return planesPerSlice;
  }

  @Override
  public VoxelSize voxelSize() {
    return voxelSize;
  }

  @Override
  public Optional<LabelKey> labelKey() {
    return labelKey;
  }

  @Override
  public String sliceName(long z) {
    return Volume.numbered(z);
  }

  @Override
  public Plane read(int z, int index) {
    return file.read(z * planesPerSlice + index);
  }

  @Override
  public void close() {
    file.close();
  }
}
