package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An open HDF5 file with the sizes of its numbers. Thread-safe.
 *
 * <p>Not by a FileChannel, which an interrupt would close, and not mapped, which keeps files locked
 * on Windows.
 */
final class StoredBytes implements AutoCloseable {

  private static final byte[] SIGNATURE =
      "\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final int FIRST_USER_BLOCK = 512;
  private static final int LARGEST_SUPERBLOCK = 128;

  private final RandomAccessFile file;
  private final long size;
  private final long base;
  private int offsetSize = 8;
  private int lengthSize = 8;
  private final long rootAddress;

  /**
   * Opens a file.
   *
   * @throws IOException if it is none of HDF5, truncated, or of an unknown version
   */
  StoredBytes(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "r");
    try {
      size = file.length();
      base = findSignature();
      rootAddress = readSuperblock();
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Whether a file begins as HDF5 files do, after a user block or without. */
  static boolean isHdf5(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      return signatureIn(file, file.length()) >= 0;
    }
  }

  private static long signatureIn(RandomAccessFile file, long size) throws IOException {
    byte[] found = new byte[SIGNATURE.length];
    for (long at = 0;
        at <= size - found.length && at >= 0;
        at = at == 0 ? FIRST_USER_BLOCK : 2 * at) {
      file.seek(at);
      file.readFully(found);
      if (Arrays.equals(found, SIGNATURE)) {
        return at;
      }
    }
    return -1;
  }

  private long findSignature() throws IOException {
    long at = signatureIn(file, size);
    if (at < 0) {
      throw new IOException("it is no HDF5 file: its signature is missing");
    }
    return at;
  }

  /** Gives the address of the header of the root group. */
  private long readSuperblock() throws IOException {
    int length = (int) Math.min(LARGEST_SUPERBLOCK, size - base);
    Fields fields = new Fields(bytes(0, length), 8, 8);
    fields.skip(SIGNATURE.length);
    int version = fields.u8();
    if (version > 3) {
      throw new UnsupportedFeatureException(
          "its format has version " + version + ": expected 0 to 3");
    }
    fields.skip(version < 2 ? 4 : 0);
    offsetSize = sizeOf(fields.u8());
    lengthSize = sizeOf(fields.u8());
    fields.skip(version == 0 ? 9 : version == 1 ? 13 : 1);
    int position = fields.position();
    Fields addresses = new Fields(bytes(0, length), offsetSize, lengthSize);
    addresses.skip(position);
    addresses.offset();
    addresses.offset();
    long end = addresses.offset();
    if (end > size) {
      throw new IOException(
          "it is truncated: it has " + size + " bytes, its header promises " + end);
    }
    if (version >= 2) {
      long root = addresses.offset();
      addresses.checksum("its first header");
      return root;
    }
    addresses.offset();
    addresses.offset();
    return addresses.offset();
  }

  private static int sizeOf(int bytes) throws IOException {
    if (bytes != 2 && bytes != 4 && bytes != 8) {
      throw new IOException("its addresses have " + bytes + " bytes: expected 2, 4 or 8");
    }
    return bytes;
  }

  /** The address of the object header of the root group. */
  long rootAddress() {
    return rootAddress;
  }

  /** Bytes of the whole file. */
  long size() {
    return size;
  }

  int offsetSize() {
    return offsetSize;
  }

  int lengthSize() {
    return lengthSize;
  }

  /**
   * Reads bytes.
   *
   * @throws IOException if they are not all in the file, before memory is asked for
   */
  byte[] bytes(long address, long count) throws IOException {
    if (address < 0 || count < 0 || address > size - base || count > size - base - address) {
      throw new IOException(
          "the file has "
              + size
              + " bytes, but "
              + count
              + " are expected at byte "
              + Long.toUnsignedString(address));
    }
    if (count > Integer.MAX_VALUE - 64) {
      throw new UnsupportedFeatureException("it has a part of " + count + " bytes in one piece");
    }
    byte[] bytes = new byte[(int) count];
    synchronized (file) {
      file.seek(base + address);
      file.readFully(bytes);
    }
    return bytes;
  }

  /** Reads the fields of a structure. */
  Fields fields(long address, long count) throws IOException {
    return new Fields(bytes(address, count), offsetSize, lengthSize);
  }

  /** Reads the fields of a structure that may be shorter than asked for. */
  Fields fieldsUpTo(long address, long most) throws IOException {
    return fields(address, Math.max(0, Math.min(most, size - base - Math.max(0, address))));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
