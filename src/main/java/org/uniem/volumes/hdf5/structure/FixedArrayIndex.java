package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.Optional;

/** The index of datasets of newer files that cannot grow without limit. */
final class FixedArrayIndex extends ArrayIndex {

  private final int entrySize;
  private final long pageEntries;
  private final long entries;
  private final long block;

  FixedArrayIndex(StoredBytes file, ChunkGrid grid, long address) throws IOException {
    super(file, grid);
    Fields header =
        file.fields(address, 8 + file.lengthSize() + file.offsetSize() + (long) CHECKSUM);
    header.signature("FAHD");
    header.version(0, "the index of its chunks");
    entrySize = entrySize(header.u8(), header.u8());
    int pageBits = header.u8();
    entries = header.length();
    block = header.offset();
    header.checksum("the index of its chunks");
    if (pageBits > 24) {
      throw new IOException("the index of its chunks is damaged");
    }
    pageEntries = 1L << pageBits;
  }

  @Override
  public Optional<StoredChunk> find(long[] index) throws IOException {
    long number = grid().linear(index);
    if (block == Fields.UNDEFINED || number >= entries) {
      return Optional.empty();
    }
    int prefix = BLOCK_PREFIX + file().offsetSize();
    if (entries <= pageEntries) {
      Fields all = block(block, prefix + entries * entrySize, "FADB", 0);
      all.skip((int) number * entrySize);
      return entry(all, entrySize);
    }
    long pages = (entries + pageEntries - 1) / pageEntries;
    long bitmap = (pages + 7) / 8;
    long page = number / pageEntries;
    Fields bits = block(block, prefix + bitmap, "FADB", (int) (page / 8));
    if ((bits.u8() & 0x80 >> page % 8) == 0) {
      return Optional.empty();
    }
    long first = block + prefix + bitmap + CHECKSUM;
    long start = first + page * (pageEntries * entrySize + CHECKSUM);
    long inPage = Math.min(pageEntries, entries - page * pageEntries);
    return inPage(start, inPage, entrySize, number % pageEntries);
  }
}
