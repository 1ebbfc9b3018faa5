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
import java.util.Set;
import org.uniem.job.BadInputException;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;
import org.uniem.volumes.storage.FileBytes;

/**
 * An open TIFF or BigTIFF file whose pages are decoded in any order. Thread-safe.
 *
 * <p>Sources: TIFF Revision 6.0, Adobe 1992; the BigTIFF proposal of AWare Systems; and ImageJ's
 * convention of one directory for a whole stack of uncompressed images.
 */
public final class TiffFile implements Closeable {

  private final Path path;
  private final FileBytes file;
  private final List<TiffPage> pages = new ArrayList<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private TiffDirectory first;

  /**
   * Opens a file and checks that all its pages are there.
   *
   * @throws BadInputException if it is damaged, truncated or of a kind that is not supported
   */
  public TiffFile(Path path) {
    this.path = path;
    try {
      file = new FileBytes(path);
    } catch (IOException e) {
      throw new BadInputException("Cannot open " + path + ": " + e.getMessage(), e);
    }
    try {
      readDirectories();
      addContiguousPages();
      requireComplete();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void readDirectories() {
    Set<Long> seen = new HashSet<>();
    try {
      ByteBuffer header = ByteBuffer.wrap(file.read(0, 8));
      order = header.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      header.order(order);
      boolean big = header.getShort(2) == 43;
      long next =
          big
              ? ByteBuffer.wrap(file.read(8, 8)).order(order).getLong()
              : header.getInt(4) & 0xffffffffL;
      do {
        if (!seen.add(next)) {
          throw new IOException("its directories go round in a circle");
        }
        TiffDirectory tags = new TiffDirectory(file, order, big, next);
        first = first == null ? tags : first;
        pages.add(TiffPage.of(tags));
        next = tags.next();
      } while (next != 0);
    } catch (IOException | ArithmeticException e) {
      long total = first == null ? 1 : new ImageJDescription(description()).images();
      throw unreadable(pages.size(), total, e);
    }
  }

  private void addContiguousPages() {
    long images = new ImageJDescription(description()).images();
    long bytes = pages.get(0).contiguousBytes();
    if (pages.size() == 1 && bytes > 0) {
      for (long i = 1; i < images; i++) {
        pages.add(pages.get(0).shifted(i * bytes));
      }
    }
  }

  private void requireComplete() {
    for (int i = 0; i < pages.size(); i++) {
      if (pages.get(i).end() > file.length()) {
        throw new BadInputException(
            path
                + " is truncated: page "
                + (i + 1)
                + " of "
                + pages.size()
                + " ends at byte "
                + pages.get(i).end()
                + ", the file has "
                + file.length()
                + " bytes. Copy the file again.");
      }
    }
  }

  private BadInputException unreadable(int page, long total, Exception cause) {
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

  public Path path() {
    return path;
  }

  public int pages() {
    return pages.size();
  }

  public PlaneShape shape(int page) {
    return pages.get(page).shape();
  }

  /** The description tag of the first page, empty if there is none. */
  public String description() {
    return first.text(TiffDirectory.DESCRIPTION);
  }

  public TiffDirectory firstTags() {
    return first;
  }

  /**
   * Decodes a page.
   *
   * @throws BadInputException if its data are damaged
   */
  public Plane read(int page) {
    try {
      return TiffPixels.read(file, order, pages.get(page));
    } catch (IOException e) {
      throw unreadable(page, pages.size(), e);
    }
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
