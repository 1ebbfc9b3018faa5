package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.Optional;

/** The index of datasets of newer files that can grow without limit along one axis. */
final class ExtensibleArrayIndex extends ArrayIndex {

  private final int entrySize;
  private final int inIndexBlock;
  private final long leastInBlock;
  private final int leastPointers;
  private final long pageEntries;
  private final int numberBytes;
  private final int superBlocks;
  private final long indexBlock;

  ExtensibleArrayIndex(StoredBytes file, ChunkGrid grid, long address) throws IOException {
    super(file, grid);
    Fields header =
        file.fields(address, 12 + 6L * file.lengthSize() + file.offsetSize() + CHECKSUM);
    header.signature("EAHD");
    header.version(0, "the index of its chunks");
    entrySize = entrySize(header.u8(), header.u8());
    int bits = header.u8();
    inIndexBlock = header.u8();
    leastInBlock = header.u8();
    leastPointers = header.u8();
    int pageBits = header.u8();
    header.skip(6 * file.lengthSize());
    indexBlock = header.offset();
    header.checksum("the index of its chunks");
    if (bits > 64
        || pageBits > 24
        || Long.bitCount(leastInBlock) != 1
        || Integer.bitCount(leastPointers) != 1
        || bits < Long.numberOfTrailingZeros(leastInBlock)) {
      throw new IOException("the index of its chunks is damaged");
    }
    pageEntries = 1L << pageBits;
    numberBytes = (bits + 7) / 8;
    superBlocks = 1 + bits - Long.numberOfTrailingZeros(leastInBlock);
  }

  @Override
  public Optional<StoredChunk> find(long[] index) throws IOException {
    long number = grid().linear(index);
    if (indexBlock == Fields.UNDEFINED) {
      return Optional.empty();
    }
    int width = file().offsetSize();
    int direct = 2 * Integer.numberOfTrailingZeros(leastPointers);
    int blocks = 2 * (leastPointers - 1);
    int supers = Math.max(0, superBlocks - direct);
    long prefix = BLOCK_PREFIX + width;
    long size = prefix + (long) inIndexBlock * entrySize + (long) (blocks + supers) * width;
    Fields fields = block(indexBlock, size, "EAIB", 0);
    if (number < inIndexBlock) {
      fields.skip((int) number * entrySize);
      return entry(fields, entrySize);
    }
    fields.skip(inIndexBlock * entrySize);
    long rest = number - inIndexBlock;
    int superBlock = 63 - Long.numberOfLeadingZeros(rest / leastInBlock + 1);
    if (superBlock >= superBlocks) {
      return Optional.empty();
    }
    long first = ((1L << superBlock) - 1) * leastInBlock;
    long inBlock = leastInBlock << (superBlock + 1) / 2;
    long block = (rest - first) / inBlock;
    long inside = (rest - first) % inBlock;
    if (superBlock < direct) {
      fields.skip((int) (blocksBefore(superBlock) + block) * width);
      return inBlock(fields.offset(), inBlock, inside, Optional.empty());
    }
    fields.skip((blocks + superBlock - direct) * width);
    return inSuperBlock(fields.offset(), 1L << superBlock / 2, block, inBlock, inside);
  }

  private static long blocksBefore(int superBlock) {
    long count = 0;
    for (int i = 0; i < superBlock; i++) {
      count += 1L << i / 2;
    }
    return count;
  }

  private Optional<StoredChunk> inSuperBlock(
      long address, long blocks, long block, long inBlock, long inside) throws IOException {
    if (address == Fields.UNDEFINED) {
      return Optional.empty();
    }
    int width = file().offsetSize();
    long pages = inBlock > pageEntries ? inBlock / pageEntries : 0;
    long bitmap = (pages + 7) / 8;
    long size = BLOCK_PREFIX + width + numberBytes + blocks * (bitmap + width);
    Fields fields = block(address, size, "EASB", numberBytes);
    Fields bits = fields.over(fields.take((int) (blocks * bitmap)));
    fields.skip((int) block * width);
    if (pages == 0) {
      return inBlock(fields.offset(), inBlock, inside, Optional.empty());
    }
    long page = inside / pageEntries;
    bits.skip((int) (block * bitmap + page / 8));
    boolean there = (bits.u8() & 0x80 >> page % 8) != 0;
    return inBlock(fields.offset(), inBlock, inside, Optional.of(there));
  }

  private Optional<StoredChunk> inBlock(
      long address, long inBlock, long inside, Optional<Boolean> pageThere) throws IOException {
    if (address == Fields.UNDEFINED || !pageThere.orElse(true)) {
      return Optional.empty();
    }
    int prefix = BLOCK_PREFIX + file().offsetSize() + numberBytes;
    if (inBlock <= pageEntries) {
      Fields all = block(address, prefix + inBlock * entrySize, "EADB", numberBytes);
      all.skip((int) inside * entrySize);
      return entry(all, entrySize);
    }
    block(address, prefix, "EADB", numberBytes);
    long page = inside / pageEntries;
    long start = address + prefix + CHECKSUM + page * (pageEntries * entrySize + CHECKSUM);
    return inPage(start, pageEntries, entrySize, inside % pageEntries);
  }
}
