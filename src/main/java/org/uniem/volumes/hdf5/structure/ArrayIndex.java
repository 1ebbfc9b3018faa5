package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.Optional;

/** What the indexes of newer files share whose entries are found by the number of a chunk. */
abstract class ArrayIndex implements ChunkIndex {

  /** Signature, version and kind, before the address of the header. */
  static final int BLOCK_PREFIX = 6;

  static final int CHECKSUM = 4;

  private final StoredBytes file;
  private final ChunkGrid grid;

  ArrayIndex(StoredBytes file, ChunkGrid grid) {
    this.file = file;
    this.grid = grid;
  }

  StoredBytes file() {
    return file;
  }

  ChunkGrid grid() {
    return grid;
  }

  /** The entry of a chunk, empty where there is none. */
  Optional<StoredChunk> entry(Fields fields, int size) throws IOException {
    long address = fields.offset();
    if (address == Fields.UNDEFINED) {
      return Optional.empty();
    }
    if (!grid.filtered()) {
      return Optional.of(new StoredChunk(address, grid.chunkBytes(), 0));
    }
    long stored = fields.number(size - file.offsetSize() - 4);
    return Optional.of(new StoredChunk(address, stored, fields.u32()));
  }

  /** Checks the number of a kind of entries and their size. */
  int entrySize(int client, int size) throws IOException {
    int least = file.offsetSize() + (grid.filtered() ? 5 : 0);
    if (client != (grid.filtered() ? 1 : 0) || size < least || size > least + 8) {
      throw new IOException("the index of its chunks is damaged");
    }
    return size;
  }

  /** Reads a block to its checksum, and checks it; gives the fields behind the common prefix. */
  Fields block(long address, long size, String signature, int skipped) throws IOException {
    Fields checked = file.fields(address, size + CHECKSUM);
    checked.signature(signature);
    checked.version(0, "the index of its chunks");
    checked.skip((int) size - 5);
    checked.checksum("the index of its chunks");
    Fields fields = file.fields(address, size);
    fields.skip(BLOCK_PREFIX + file.offsetSize() + skipped);
    return fields;
  }

  /** The entry of a number in a page that has a checksum of its own. */
  Optional<StoredChunk> inPage(long page, long entries, int entrySize, long number)
      throws IOException {
    Fields checked = file.fields(page, entries * entrySize + CHECKSUM);
    checked.skip((int) entries * entrySize);
    checked.checksum("the index of its chunks");
    return entry(file.fields(page + number * entrySize, entrySize), entrySize);
  }
}
