package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.uniem.volumes.storage.RecentlyUsed;

/** The index that files for every HDF5 library have: a B-tree of version 1. */
final class TreeOneIndex implements ChunkIndex {

  private static final int NODES_KEPT = 64;

  private final StoredBytes file;
  private final long root;
  private final int[] chunk;
  private final RecentlyUsed<Node> nodes;

  /**
   * @param level 0 for a node of chunks
   * @param keys size, mask and place of each, one after the other
   */
  private record Node(int level, long[] keys, long[] children) {}

  TreeOneIndex(StoredBytes file, long root, int[] chunk) {
    this.file = file;
    this.root = root;
    this.chunk = chunk;
    nodes = new RecentlyUsed<>(NODES_KEPT, this::loadNode);
  }

  @Override
  public Optional<StoredChunk> find(long[] index) throws IOException {
    if (root == Fields.UNDEFINED) {
      return Optional.empty();
    }
    int width = 2 + chunk.length;
    long address = root;
    int expected = -1;
    while (true) {
      Node node = node(address);
      if (expected >= 0 && node.level != expected) {
        throw new IOException("the index of its chunks is damaged at byte " + address);
      }
      int child = lastNotBehind(node, index);
      if (child < 0) {
        return Optional.empty();
      }
      if (node.level == 0) {
        int key = child * width;
        return compare(node, child, index) == 0
            ? Optional.of(new StoredChunk(node.children[child], node.keys[key], node.keys[key + 1]))
            : Optional.empty();
      }
      address = node.children[child];
      expected = node.level - 1;
    }
  }

  private int lastNotBehind(Node node, long[] index) {
    int low = 0;
    int high = node.children.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      if (compare(node, middle, index) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private int compare(Node node, int entry, long[] index) {
    int key = entry * (2 + chunk.length) + 2;
    for (int d = 0; d < chunk.length; d++) {
      int side = Long.compare(node.keys[key + d], index[d] * chunk[d]);
      if (side != 0) {
        return side;
      }
    }
    return 0;
  }

  private Node node(long address) throws IOException {
    if (address < 0) {
      throw new IOException("the index of its chunks is damaged");
    }
    try {
      return nodes.get(address);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Node loadNode(long address) {
    try {
      return readNode(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Node readNode(long address) throws IOException {
    Fields prefix = file.fields(address, 8);
    prefix.signature("TREE");
    int type = prefix.u8();
    int level = prefix.u8();
    int count = prefix.u16();
    if (type != 1) {
      throw new IOException("the index of its chunks is damaged at byte " + address);
    }
    int width = 2 + chunk.length;
    int keyBytes = 8 + 8 * (chunk.length + 1);
    long start = address + 8 + 2L * file.offsetSize();
    Fields fields = file.fields(start, (long) count * (keyBytes + file.offsetSize()));
    long[] keys = new long[count * width];
    long[] children = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i * width] = fields.u32();
      keys[i * width + 1] = fields.u32();
      for (int d = 0; d < chunk.length; d++) {
        keys[i * width + 2 + d] = fields.number(8);
      }
      fields.skip(8);
      children[i] = fields.offset();
    }
    return new Node(level, keys, children);
  }
}
