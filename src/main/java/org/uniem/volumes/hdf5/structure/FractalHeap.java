package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.Optional;

/** Objects of any size, found by their ids. Immutable; read from the file anew. */
final class FractalHeap {

  private static final int BLOCK_CHECKSUM = 2;
  private static final int HUGE = 1;
  private static final int TINY = 2;
  private static final int SHORT_TINY = 17;

  private final StoredBytes file;
  private final int idLength;
  private final long hugeTree;
  private final int width;
  private final long startSize;
  private final long maxDirectSize;
  private final int offsetBytes;
  private final int sizeBytes;
  private final long root;
  private final int rootRows;

  private FractalHeap(StoredBytes file, Fields header) throws IOException {
    this.file = file;
    header.signature("FRHP");
    header.version(0, "a heap");
    idLength = header.u16();
    int filters = header.u16();
    header.skip(1);
    long mostObject = header.u32();
    header.length();
    hugeTree = header.offset();
    header.length();
    header.offset();
    header.skip(8 * file.lengthSize());
    width = header.u16();
    startSize = header.length();
    maxDirectSize = header.length();
    int bits = header.u16();
    header.skip(2);
    root = header.offset();
    rootRows = header.u16();
    if (filters != 0) {
      throw new UnsupportedFeatureException("its names are compressed");
    }
    header.checksum("a heap");
    if (width == 0
        || Long.bitCount(startSize) != 1
        || Long.bitCount(maxDirectSize) != 1
        || bits > 64
        || startSize > maxDirectSize) {
      throw new IOException("a heap is damaged");
    }
    offsetBytes = (bits + 7) / 8;
    int forBlocks = (Long.numberOfTrailingZeros(maxDirectSize) + 7) / 8;
    sizeBytes = Math.min(forBlocks, (63 - Long.numberOfLeadingZeros(mostObject | 1)) / 8 + 1);
  }

  static FractalHeap read(StoredBytes file, long address) throws IOException {
    int size = 26 + 3 * file.offsetSize() + 12 * file.lengthSize();
    return new FractalHeap(file, file.fields(address, size));
  }

  /**
   * The fields of an object.
   *
   * @param id may be followed by others
   */
  Fields object(byte[] id) throws IOException {
    Fields fields = new Fields(id, file.offsetSize(), file.lengthSize());
    int first = fields.u8();
    int kind = first >> 4 & 3;
    if (first >> 6 != 0) {
      throw new IOException("an object of a heap has version " + (first >> 6));
    }
    if (kind == TINY) {
      boolean small = idLength <= SHORT_TINY;
      int length = (first & 15) + 1;
      if (!small) {
        length = ((first & 15) << 8 | fields.u8()) + 1;
      }
      return fields.over(fields.take(length));
    }
    if (kind == HUGE) {
      return huge(fields);
    }
    if (kind != 0) {
      throw new IOException("an object of a heap is of the unknown kind " + kind);
    }
    long offset = fields.number(offsetBytes);
    return managed(offset, fields.number(sizeBytes));
  }

  private Fields huge(Fields id) throws IOException {
    if (hugeTree == Fields.UNDEFINED) {
      throw new IOException("an object of a heap is missing");
    }
    if (idLength - 1 >= file.offsetSize() + file.lengthSize()) {
      return file.fields(id.offset(), id.length());
    }
    int bytes = Math.min(file.lengthSize(), idLength - 1);
    long key = id.number(bytes);
    Optional<Fields> record =
        TreeTwo.read(file, hugeTree)
            .find(
                found -> {
                  found.offset();
                  found.length();
                  return Long.compareUnsigned(key, found.length());
                });
    Fields found = record.orElseThrow(() -> new IOException("an object of a heap is missing"));
    return file.fields(found.offset(), found.length());
  }

  private Fields managed(long offset, long size) throws IOException {
    if (rootRows == 0) {
      return inBlock(root, offset, size, startSize);
    }
    long address = root;
    long start = 0;
    int rows = rootRows;
    // Each turn enters a block that is smaller than the one around it.
    while (true) {
      long blockSize = startSize;
      int row = 0;
      long rowStart = start;
      while (row < rows && offset - rowStart >= width * blockSize) {
        rowStart += width * blockSize;
        row++;
        blockSize = row < 2 ? startSize : blockSize << 1;
        if (blockSize <= 0) {
          throw new IOException("an object of a heap is missing");
        }
      }
      int column = (int) ((offset - rowStart) / blockSize);
      if (row >= rows || offset < rowStart) {
        throw new IOException("an object of a heap is missing");
      }
      address = child(address, row * width + column, row);
      start = rowStart + column * blockSize;
      if (blockSize <= maxDirectSize) {
        return inBlock(address, offset - start, size, blockSize);
      }
      rows =
          Long.numberOfTrailingZeros(blockSize)
              - Long.numberOfTrailingZeros(startSize * Long.highestOneBit(width))
              + 1;
    }
  }

  private long child(long block, int index, int row) throws IOException {
    int prefix = 5 + file.offsetSize() + offsetBytes;
    Fields head = file.fields(block, prefix);
    head.signature("FHIB");
    head.version(0, "a heap");
    long entry = block + prefix + (long) index * file.offsetSize();
    long address = file.fields(entry, file.offsetSize()).offset();
    if (address == Fields.UNDEFINED) {
      throw new IOException("row " + row + " of a heap is missing");
    }
    return address;
  }

  private Fields inBlock(long block, long offset, long size, long blockSize) throws IOException {
    if (offset < 5 || size < 0 || offset + size > blockSize) {
      throw new IOException("an object of a heap is outside of its block");
    }
    Fields head = file.fields(block, 5);
    head.signature("FHDB");
    head.version(0, "a heap");
    return file.fields(block + offset, size);
  }
}
