package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A B-tree of version 2: ordered records of one size. Immutable; read from the file anew. */
final class TreeTwo {

  private static final int NODE_PREFIX = 6;
  private static final int NODE_OVERHEAD = 10;
  private static final int DEEPEST = 64;
  private static final int MOST_RECORDS = 1_000_000;

  private final StoredBytes file;
  private final int type;
  private final int nodeSize;
  private final int recordSize;
  private final int depth;
  private final long root;
  private final int rootRecords;
  private final int countBytes;
  private final int[] totalBytes;

  /** Tells on which side of a record another one is. */
  interface Order {
    /** Negative where what is looked for comes before the record, 0 where it is it. */
    int compareTo(Fields record) throws IOException;
  }

  /** The records of a node and where the nodes between them are. */
  private record Node(List<byte[]> records, long[] children, int[] counts) {}

  private TreeTwo(StoredBytes file, Fields header) throws IOException {
    this.file = file;
    header.signature("BTHD");
    header.version(0, "a tree");
    type = header.u8();
    nodeSize = header.count(4);
    recordSize = header.u16();
    depth = header.u16();
    header.skip(2);
    root = header.offset();
    rootRecords = header.u16();
    header.length();
    header.checksum("a tree");
    if (depth > DEEPEST || recordSize == 0 || nodeSize < NODE_OVERHEAD + recordSize) {
      throw new IOException("a tree is damaged");
    }
    // How many bytes a count takes follows from the most records that a node can have.
    long most = (nodeSize - NODE_OVERHEAD) / recordSize;
    countBytes = bytesFor(most);
    totalBytes = new int[depth + 1];
    long total = most;
    for (int level = 1; level <= depth; level++) {
      int pointer = file.offsetSize() + countBytes + totalBytes[level - 1];
      long inNode = (nodeSize - NODE_OVERHEAD - pointer) / (recordSize + pointer);
      total = Math.min(1L << 56, (inNode + 1) * total + inNode);
      totalBytes[level] = bytesFor(total);
    }
  }

  private static int bytesFor(long most) {
    return (63 - Long.numberOfLeadingZeros(Math.max(1, most))) / 8 + 1;
  }

  static TreeTwo read(StoredBytes file, long address) throws IOException {
    int size = 16 + file.offsetSize() + 2 + file.lengthSize() + 4;
    return new TreeTwo(file, file.fields(address, size));
  }

  /** Which records it has. */
  int type() {
    return type;
  }

  /** Bytes of a record. */
  int recordSize() {
    return recordSize;
  }

  /** All records in their order. */
  List<Fields> records() throws IOException {
    List<Fields> records = new ArrayList<>();
    if (root != Fields.UNDEFINED) {
      addAll(root, rootRecords, depth, records, new HashSet<>());
    }
    return records;
  }

  private void addAll(long address, int count, int level, List<Fields> records, Set<Long> seen)
      throws IOException {
    if (!seen.add(address) || records.size() > MOST_RECORDS) {
      throw new IOException("a tree has no end");
    }
    Node node = node(address, count, level);
    for (int i = 0; i <= count; i++) {
      if (level > 0) {
        addAll(node.children[i], node.counts[i], level - 1, records, seen);
      }
      if (i < count) {
        records.add(fields(node.records.get(i)));
      }
    }
  }

  /** The record that is looked for, empty where there is none. */
  Optional<Fields> find(Order order) throws IOException {
    long address = root;
    int count = rootRecords;
    for (int level = depth; level >= 0 && address != Fields.UNDEFINED; level--) {
      Node node = node(address, count, level);
      int next = 0;
      for (; next < count; next++) {
        int side = order.compareTo(fields(node.records.get(next)));
        if (side == 0) {
          return Optional.of(fields(node.records.get(next)));
        }
        if (side < 0) {
          break;
        }
      }
      address = level > 0 ? node.children[next] : Fields.UNDEFINED;
      count = level > 0 ? node.counts[next] : 0;
    }
    return Optional.empty();
  }

  private Fields fields(byte[] record) {
    return new Fields(record, file.offsetSize(), file.lengthSize());
  }

  private Node node(long address, int count, int level) throws IOException {
    int pointer = file.offsetSize() + countBytes + (level > 1 ? totalBytes[level - 1] : 0);
    long size = NODE_PREFIX + (long) count * recordSize + (level > 0 ? (count + 1L) * pointer : 0);
    if (size + 4 > nodeSize) {
      throw new IOException("a node of a tree at byte " + address + " is damaged");
    }
    Fields fields = file.fields(address, size + 4);
    fields.signature(level > 0 ? "BTIN" : "BTLF");
    fields.version(0, "a tree");
    if (fields.u8() != type) {
      throw new IOException("a node of a tree at byte " + address + " is of another tree");
    }
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(fields.take(recordSize));
    }
    long[] children = new long[level > 0 ? count + 1 : 0];
    int[] counts = new int[children.length];
    for (int i = 0; i < children.length; i++) {
      children[i] = fields.offset();
      counts[i] = fields.count(countBytes);
      fields.skip(level > 1 ? totalBytes[level - 1] : 0);
    }
    fields.checksum("a node of a tree");
    return new Node(records, children, counts);
  }
}
