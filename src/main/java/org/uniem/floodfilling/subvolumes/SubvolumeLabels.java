package org.uniem.floodfilling.subvolumes;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import net.imglib2.Interval;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.job.ResourceException;

/** The labels of one subvolume, read slice by slice in ascending order. Not thread-safe. */
public final class SubvolumeLabels implements AutoCloseable {

  private final Path file;
  private final Interval box;
  private final DataInputStream in;
  private final byte[] bytes;
  private final int[] slice;
  private long next;

  SubvolumeLabels(Path file, Interval box) {
    this.file = file;
    this.box = box;
    this.next = box.min(2);
    this.slice = new int[(int) (box.dimension(0) * box.dimension(1))];
    this.bytes = new byte[4 * (int) box.dimension(0)];
    InputStream compressed = open(file);
    try {
      in = unpacked(compressed);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private static DataInputStream unpacked(InputStream compressed) throws IOException {
    try {
      return new DataInputStream(
          new BufferedInputStream(new GZIPInputStream(compressed, 1 << 16), 1 << 16));
    } catch (IOException e) {
      compressed.close();
      throw e;
    }
  }

  /** That it cannot be opened does not mean that it is damaged. */
  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new BadInputException(
          file
              + " is missing, though its .json file says that the subvolume is finished: restore"
              + " it, or delete the .json file and run the segmentation again to fill it anew.",
          e);
    } catch (IOException e) {
      throw new ResourceException(
          "Cannot open "
              + file
              + " ("
              + e
              + "): the files of all subvolumes of one layer are read together. Allow more open"
              + " files (ulimit -n), or segment in larger subvolumes.",
          e);
    }
  }

  /** The voxels of the subvolume in the volume. */
  public Interval box() {
    return box;
  }

  /**
   * Reads a slice; those before it can no longer be read then.
   *
   * @param z slice of the volume, not before the one read last
   * @return the labels, x fastest; valid until the next call
   * @throws BadInputException if the file is damaged
   */
  public int[] slice(long z) {
    if (z < next - 1 || z > box.max(2)) {
      throw new IllegalArgumentException(
          "Slice " + z + " cannot be read: expected " + next + " … " + box.max(2) + ".");
    }
    while (next <= z) {
      readNext();
    }
    return slice;
  }

  private void readNext() {
    int width = (int) box.dimension(0);
    try {
      for (int start = 0; start < slice.length; start += width) {
        in.readFully(bytes);
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asIntBuffer()
            .get(slice, start, width);
      }
      next++;
      if (next > box.max(2) && in.read() >= 0) {
        throw new IOException("it is longer than its box");
      }
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private BadInputException damaged(IOException e) {
    return new BadInputException(
        "Cannot read slice "
            + next
            + " of the subvolume in "
            + file
            + " ("
            + e
            + "): expected "
            + box.dimension(2)
            + " whole slices. It is damaged: delete its .json file and run the segmentation again"
            + " to fill it anew.",
        e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new OutputException("Cannot close " + file + ": " + e, e);
    }
  }
}
