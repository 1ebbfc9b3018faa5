package org.uniem.volumes.storage;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Reads bytes at any position of a file. Thread-safe.
 *
 * <p>Not a FileChannel: a channel closes for everyone when one reading thread is interrupted, which
 * is how jobs are cancelled.
 */
public final class FileBytes implements Closeable {

  private final RandomAccessFile file;
  private final long length;

  public FileBytes(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "r");
    try {
      length = file.length();
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  public long length() {
    return length;
  }

  /**
   * @throws EOFException if the file ends before
   */
  public byte[] read(long position, long count) throws IOException {
    if (position < 0 || count < 0 || count > length - position) {
      throw new EOFException(
          "bytes "
              + position
              + " to "
              + (position + count)
              + " are outside the file of "
              + length
              + " bytes");
    }
    byte[] bytes = new byte[Math.toIntExact(count)];
    synchronized (file) {
      file.seek(position);
      file.readFully(bytes);
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
