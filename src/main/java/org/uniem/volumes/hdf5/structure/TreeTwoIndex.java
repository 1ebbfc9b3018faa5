package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.Optional;

/** The index of datasets of newer files that can grow without limit along several axes. */
final class TreeTwoIndex extends ArrayIndex {

  private static final int PLAIN = 10;
  private static final int FILTERED = 11;

  private final TreeTwo tree;

  TreeTwoIndex(StoredBytes file, ChunkGrid grid, long address) throws IOException {
    super(file, grid);
    tree = TreeTwo.read(file, address);
    if (tree.type() != (grid.filtered() ? FILTERED : PLAIN)) {
      throw new IOException("the index of its chunks is damaged");
    }
  }

  @Override
  public Optional<StoredChunk> find(long[] index) throws IOException {
    int size = entrySize(grid().filtered() ? 1 : 0, tree.recordSize() - 8 * index.length);
    Optional<Fields> record =
        tree.find(
            found -> {
              found.skip(size);
              for (long wanted : index) {
                int side = Long.compareUnsigned(wanted, found.number(8));
                if (side != 0) {
                  return side;
                }
              }
              return 0;
            });
    return record.isPresent() ? entry(record.get(), size) : Optional.empty();
  }
}
