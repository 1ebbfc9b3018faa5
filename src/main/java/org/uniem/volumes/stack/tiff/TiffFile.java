package org.uniem.volumes.stack.tiff;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.uniem.job.BadInputException;
import org.uniem.volumes.storage.FileBytes;

/**
 * An open TIFF or BigTIFF file and its chain of directories. Thread-safe once it is open.
 *
 * <p>Sources: TIFF Revision 6.0, Adobe 1992; the BigTIFF proposal of AWare Systems.
 */
final class TiffFile implements Closeable {

  /** Enough of later pages' descriptions to see what they are. */
  private static final int TEXT_OF_LATER_PAGES = 1 << 12;

  /** Directories of valid files share at most a few values. */
  private static final long READ_BEYOND_FILE = 1 << 26;

  /**
   * One directory.
   *
   * @param page how its pixels are stored; empty for copies of less resolution and masks
   * @param announced images that its description gives it, with those that follow it; 1 in general
   */
  record Entry(Optional<TiffPage> page, long announced) {}

  private final Path path;
  private final FileBytes file;
  private final List<Entry> entries = new ArrayList<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private TiffDirectory first;

  /**
   * Opens a file and reads its directories.
   *
   * @throws BadInputException if it is damaged or of a kind that is not supported
   */
  TiffFile(Path path) {
    this.path = path;
    try {
      file = new FileBytes(path);
    } catch (IOException e) {
      throw new BadInputException("Cannot open " + path + ": " + e.getMessage(), e);
    }
    try {
      readEntries();
    } catch (IOException | ArithmeticException e) {
      close();
      throw unreadable(entries.size(), announcedImages(), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private long announcedImages() {
    String text = first == null ? "" : first.text(TiffTag.DESCRIPTION);
    return ImageJDescription.is(text) ? new ImageJDescription(text).images() : 1;
  }

  private void readEntries() throws IOException {
    ByteBuffer header = ByteBuffer.wrap(file.read(0, 8));
    order = header.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    header.order(order);
    boolean big = header.getShort(2) == 43;
    if (header.getShort(0) != (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949)
        || !big && header.getShort(2) != 42
        || big && header.getShort(4) != 8) {
      throw new IOException("it does not begin as a TIFF file");
    }
    long next =
        big
            ? ByteBuffer.wrap(file.read(8, 8)).order(order).getLong()
            : header.getInt(4) & 0xffffffffL;
    boolean flagged = readChain(big, next, true);
    if (flagged && entries.stream().allMatch(entry -> entry.page().isEmpty())) {
      // Some writers mark all pages as parts of something.
      entries.clear();
      readChain(big, next, false);
    }
  }

  /**
   * @param heedKinds whether copies of less resolution and masks are told from pages
   * @return whether there was any
   */
  private boolean readChain(boolean big, long start, boolean heedKinds) throws IOException {
    Set<Long> seen = new HashSet<>();
    long bytesRead = 0;
    boolean flagged = false;
    TiffPage main = null;
    for (long next = start; next != 0 || seen.isEmpty(); ) {
      if (!seen.add(next)) {
        throw new IOException("its directories go round in a circle");
      }
      TiffDirectory tags =
          new TiffDirectory(
              file, order, big, next, seen.size() == 1 ? Long.MAX_VALUE : TEXT_OF_LATER_PAGES);
      bytesRead += tags.bytesRead();
      if (bytesRead > 2 * file.length() + READ_BEYOND_FILE) {
        throw new IOException("its directories overlap each other");
      }
      if (seen.size() == 1) {
        first = tags;
        requireKnownFormat(tags);
      }
      next = tags.next();
      boolean other = heedKinds && isOther(tags);
      flagged |= other;
      if (other) {
        requireSmaller(tags, main);
        entries.add(new Entry(Optional.empty(), 1));
        continue;
      }
      TiffPage page = TiffPage.of(tags);
      main = main == null ? page : main;
      entries.add(new Entry(Optional.of(page), announced(tags, page)));
    }
    return flagged;
  }

  private static void requireKnownFormat(TiffDirectory tags) throws IOException {
    String format =
        tags.has(TiffTag.LSM_INFO)
            ? "Zeiss LSM"
            : tags.has(TiffTag.STK_SLICES)
                ? "MetaMorph STK"
                : tags.has(TiffTag.GEL_FILE) ? "Molecular Dynamics GEL" : "";
    if (!format.isEmpty()) {
      throw new IOException(
          "it is of the format "
              + format
              + ", whose images are laid out in a way of its own: open it in Fiji and save it as"
              + " TIFF");
    }
  }

  private static boolean isOther(TiffDirectory tags) {
    long kind = tags.number(TiffTag.SUBFILE_TYPE, 0);
    return (kind & 1) != 0 || (kind & 4) != 0 || tags.number(TiffTag.OLD_SUBFILE_TYPE, 1) == 2;
  }

  /** What has the size of the whole is no copy of less resolution, whatever its tag says. */
  private static void requireSmaller(TiffDirectory tags, TiffPage main) throws IOException {
    boolean mask = (tags.number(TiffTag.SUBFILE_TYPE, 0) & 4) != 0;
    if (main != null
        && !mask
        && tags.number(TiffTag.WIDTH, 0) == main.grid().width()
        && tags.number(TiffTag.HEIGHT, 0) == main.grid().height()) {
      throw new IOException(
          "it is marked as a copy of less resolution (NewSubfileType), but has the size of the"
              + " first page: expected slices without the mark");
    }
  }

  private static long announced(TiffDirectory tags, TiffPage page) {
    return ShapedDescription.of(tags.text(TiffTag.DESCRIPTION), page)
        .map(ShapedDescription::images)
        .orElse(1L);
  }

  /** What a failure to read a page says. */
  BadInputException unreadable(int page, long total, Exception cause) {
    return new BadInputException(
        "Cannot read page "
            + (page + 1)
            + (total > page ? " of " + total : "")
            + " of "
            + path
            + ": "
            + cause.getMessage()
            + ". If the file is damaged, copy it again.",
        cause);
  }

  /** What it says where a file does not fit together. */
  BadInputException unsuitable(Exception cause) {
    return new BadInputException("Cannot read " + path + ": " + cause.getMessage() + ".", cause);
  }

  Path path() {
    return path;
  }

  long length() {
    return file.length();
  }

  /** The directories in the order of their chain. */
  List<Entry> entries() {
    return entries;
  }

  TiffDirectory firstTags() {
    return first;
  }

  TiffPixels pixels() {
    return new TiffPixels(file, order);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + path, e);
    }
  }
}
