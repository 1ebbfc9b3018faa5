package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;
import org.uniem.volumes.storage.RecentlyUsed;

/**
 * The two-dimensional images of a TIFF file: its pages, the slices of volumes in one page, and
 * images that lie behind the only directory. Thread-safe.
 */
final class TiffImages {

  /**
   * One image.
   *
   * @param page that holds it
   * @param directory number of the page, from 0
   * @param slice of the page
   * @param shift bytes by which it lies behind the page's own pixels
   */
  private record Image(TiffPage page, int directory, int slice, long shift) {}

  /** Far more than any stack has; damaged numbers would cost memory. */
  private static final int MOST_IMAGES = 1 << 22;

  private final TiffFile file;
  private final List<Image> images = new ArrayList<>();
  private final Optional<GreyCalibration> calibration;
  private final RecentlyUsed<List<Plane>> layers;

  /**
   * Numbers the images of a file.
   *
   * @param description of the first page
   * @throws IOException if they do not fit together; says why
   */
  TiffImages(TiffFile file, StackDescription description) throws IOException {
    this.file = file;
    boolean all = description.numbersAllDirectories();
    for (int i = 0; i < file.entries().size(); i++) {
      Optional<TiffPage> page = file.entries().get(i).page();
      if (page.isPresent()) {
        add(page.get(), i);
      } else if (all) {
        images.add(null);
      }
    }
    TiffPage first = first();
    addThoseBehind(first, description.images());
    requireOneSeries(description);
    requireSame();
    requireComplete();
    requireMemory(first);
    calibration = description.calibration(first.samples());
    layers = new RecentlyUsed<>(1, layer -> readLayer((int) layer));
  }

  private TiffPage first() throws IOException {
    for (Image image : images) {
      if (image != null) {
        return image.page;
      }
    }
    throw new IOException("it has no page of full resolution");
  }

  private void add(TiffPage page, int directory) throws IOException {
    int depth = page.grid().depth();
    if (depth > 1 && file.entries().stream().filter(e -> e.page().isPresent()).count() > 1) {
      throw new IOException(
          "its pages are volumes of " + depth + " slices: expected one of them. Save it alone");
    }
    requirePossible(depth + (long) images.size());
    for (int slice = 0; slice < depth; slice++) {
      images.add(new Image(page, directory, slice, 0));
    }
  }

  /** ImageJ, beyond 4 GB, and tifffile note one directory for images that follow each other. */
  private void addThoseBehind(TiffPage first, long announced) throws IOException {
    long bytes = first.contiguousBytes();
    if (file.entries().size() != 1 || images.size() != 1 || announced <= 1 || bytes == 0) {
      return;
    }
    if (announced > (file.length() - first.offsets()[0]) / bytes) {
      throw truncated(
          (int) Math.min(Integer.MAX_VALUE, (file.length() - first.offsets()[0]) / bytes),
          announced,
          "would end behind it");
    }
    requirePossible(announced);
    for (int i = 1; i < announced; i++) {
      images.add(new Image(first, 0, 0, i * bytes));
    }
  }

  private static void requirePossible(long count) throws IOException {
    if (count > MOST_IMAGES) {
      throw new IOException("it has " + count + " images: expected " + MOST_IMAGES + " at most");
    }
  }

  private void requireOneSeries(StackDescription description) throws IOException {
    if (description.images() > 1 || description.numbersAllDirectories()) {
      return;
    }
    for (int i = 0; i < file.entries().size(); i++) {
      long announced = file.entries().get(i).announced();
      if (announced > 1 && i > 0) {
        throw new IOException(
            "it holds several series, the one from page "
                + (i + 1)
                + " on of "
                + announced
                + " images: expected one. Save one of them as a file of its own");
      }
    }
  }

  private void requireSame() throws IOException {
    Image first = null;
    for (Image image : images) {
      first = first == null ? image : first;
      if (image == null || image.page == first.page) {
        continue;
      }
      PlaneShape expected = first.page.shape();
      PlaneShape found = image.page.shape();
      if (!found.equals(expected) || image.page.samples().bits() != first.page.samples().bits()) {
        throw new BadInputException(
            "The pages of "
                + file.path()
                + " differ: expected "
                + describe(first.page)
                + " as on page "
                + (first.directory + 1)
                + ", found "
                + describe(image.page)
                + " on page "
                + (image.directory + 1)
                + " of "
                + file.entries().size()
                + ". Save them as one stack of one size and type.");
      }
    }
  }

  private static String describe(TiffPage page) {
    int bits = page.samples().bits();
    boolean whole = bits == 8 * page.samples().type().bytes();
    return page.shape() + (whole ? "" : " stored in " + bits + " bits");
  }

  private void requireComplete() throws IOException {
    for (int i = 0; i < images.size(); i++) {
      Image image = images.get(i);
      if (image != null && image.slice == 0 && image.page.end() + image.shift > file.length()) {
        throw truncated(i, images.size(), "ends at byte " + (image.page.end() + image.shift));
      }
    }
  }

  private BadInputException truncated(int image, long total, String where) {
    return new BadInputException(
        file.path()
            + " is truncated: page "
            + (image + 1)
            + " of "
            + total
            + " "
            + where
            + ", the file has "
            + file.length()
            + " bytes. Copy the file again.");
  }

  private static void requireMemory(TiffPage page) throws IOException {
    long memory = Runtime.getRuntime().maxMemory();
    if (page.memoryBytes() > memory) {
      throw new IOException(
          "one slice takes "
              + (page.memoryBytes() >> 20)
              + " MB, Java may use "
              + (memory >> 20)
              + " MB: start it with more (-Xmx)");
    }
  }

  /** Number of images, those of less resolution among them where the description counts them. */
  int count() {
    return images.size();
  }

  /** Number of images of full resolution. */
  long fullCount() {
    return images.stream().filter(image -> image != null).count();
  }

  boolean isFull(int image) {
    return images.get(image) != null;
  }

  /** How the images are stored. */
  TiffPage page() {
    return images.stream().filter(image -> image != null).findFirst().orElseThrow().page;
  }

  /** Size and type of every image as it is decoded. */
  PlaneShape shape() {
    PlaneShape stored = page().shape();
    return calibration.map(line -> line.shape(stored)).orElse(stored);
  }

  /**
   * Decodes an image.
   *
   * @throws BadInputException if its data are damaged
   */
  Plane read(int number) {
    Image image = images.get(number);
    try {
      Plane plane = decode(image);
      return calibration.map(line -> line.apply(plane)).orElse(plane);
    } catch (IOException | ArithmeticException e) {
      throw file.unreadable(number, images.size(), e);
    }
  }

  private Plane decode(Image image) throws IOException {
    int depth = image.page.grid().tileDepth();
    boolean fits = image.page.memoryBytes() * depth <= Runtime.getRuntime().maxMemory() / 16;
    if (depth == 1 || image.page.grid().depth() == 1 || !fits) {
      return file.pixels().read(image.page, image.slice, image.shift);
    }
    // The slices of a layer of tiles come out together.
    return layers.get(image.slice / depth).get(image.slice % depth);
  }

  private List<Plane> readLayer(int layer) {
    int slice = layer * page().grid().tileDepth();
    try {
      return file.pixels().readLayer(page(), layer);
    } catch (IOException | ArithmeticException e) {
      throw file.unreadable(slice, images.size(), e);
    }
  }
}
