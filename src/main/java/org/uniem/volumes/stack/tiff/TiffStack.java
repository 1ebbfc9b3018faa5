package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;
import org.uniem.volumes.planes.PlaneSource;

/** The images of one TIFF file as slices and channels. Thread-safe. */
public final class TiffStack implements PlaneSource {

  private final TiffFile file;
  private final TiffImages images;
  private final StackLayout layout;
  private final VoxelSize voxelSize;
  private final Optional<LabelKey> labelKey;

  /**
   * Opens a file and checks that all its images are there.
   *
   * @throws BadInputException if it cannot be read, its images differ or it is a time series
   */
  public TiffStack(Path path) {
    this(path, false);
  }

  /**
   * Opens a file that may be part of an image of several files.
   *
   * @param slice whether the file is a slice among others, if it has a single image: what its
   *     description says of the others is left out
   * @throws BadInputException as {@link #TiffStack(Path)}
   */
  public TiffStack(Path path, boolean slice) {
    file = new TiffFile(path);
    try {
      StackDescription description = description();
      images = new TiffImages(file, description);
      layout =
          slice && images.count() == 1
              ? StackLayout.ofSlices(1)
              : description.layout(images.count(), images.page());
      requireAllUsed();
      voxelSize = description.voxelSize(file.firstTags(), layout);
      labelKey = description.labelKey();
    } catch (IOException | ArithmeticException e) {
      file.close();
      throw file.unsuitable(e);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private StackDescription description() throws IOException {
    String text = file.firstTags().text(TiffTag.DESCRIPTION);
    if (OmeXml.is(text)) {
      return new OmeDescription(text, file.path());
    }
    if (ImageJDescription.is(text)) {
      return new ImageJDescription(text);
    }
    if (ScifioDescription.is(text)) {
      return new ScifioDescription(text);
    }
    Optional<TiffPage> first = file.entries().get(0).page();
    Optional<ShapedDescription> shaped = first.flatMap(page -> ShapedDescription.of(text, page));
    if (shaped.isPresent()) {
      return shaped.get();
    }
    return (count, page) -> StackLayout.ofSlices(count);
  }

  private void requireAllUsed() throws IOException {
    for (int image : layout.images()) {
      if (!images.isFull(image)) {
        throw new IOException(
            "its OME-XML names directory " + image + ", which is a copy of less resolution");
      }
    }
    if (images.fullCount() > layout.images().length) {
      throw new IOException(
          "its description tells of "
              + layout.images().length
              + " images, it has "
              + images.fullCount()
              + ": expected as many. Save what is wanted as a file of its own");
    }
  }

  /** The file's number of images. */
  public int imageCount() {
    return images.count();
  }

  @Override
  public PlaneShape shape() {
    return images.shape();
  }

  @Override
  public long bytesPerPlane() {
    return Math.max(shape().bytes(), images.page().memoryBytes());
  }

  @Override
  public int depth() {
    return layout.depth();
  }

  @Override
  public int planesPerSlice() {
    return layout.planesPerSlice();
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
    return images.read(layout.images()[z * layout.planesPerSlice() + index]);
  }

  @Override
  public void close() {
    file.close();
  }
}
