package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The members of groups, in the old way of storing them and in the new. Stateless. */
final class Links {

  private static final int SOFT = 1;
  private static final int EXTERNAL = 64;
  private static final int MOST_MEMBERS = 1_000_000;

  private Links() {}

  /** Whether a header is that of a group. */
  static boolean isGroup(ObjectHeader header) {
    return header.has(ObjectHeader.SYMBOL_TABLE)
        || header.has(ObjectHeader.LINK_INFO)
        || header.has(ObjectHeader.LINK);
  }

  /** The members of a group by their names, in the order of the file. */
  static Map<String, Link> of(StoredBytes file, ObjectHeader group) throws IOException {
    Map<String, Link> links = new LinkedHashMap<>();
    Optional<Fields> table = group.message(ObjectHeader.SYMBOL_TABLE);
    if (table.isPresent()) {
      long tree = table.get().offset();
      byte[] names = localHeap(file, table.get().offset());
      new OldGroup(file, names, links).addNode(tree, -1);
    }
    for (Fields message : group.messages(ObjectHeader.LINK)) {
      add(message, links);
    }
    Optional<Fields> info = group.message(ObjectHeader.LINK_INFO);
    if (info.isPresent()) {
      addDense(file, info.get(), links);
    }
    return links;
  }

  private static void addDense(StoredBytes file, Fields info, Map<String, Link> links)
      throws IOException {
    info.version(0, "the list of links");
    int flags = info.u8();
    info.skip((flags & 1) == 0 ? 0 : 8);
    long heapAddress = info.offset();
    long treeAddress = info.offset();
    if (heapAddress == Fields.UNDEFINED || treeAddress == Fields.UNDEFINED) {
      return;
    }
    FractalHeap heap = FractalHeap.read(file, heapAddress);
    for (Fields record : TreeTwo.read(file, treeAddress).records()) {
      // Its hash.
      record.skip(4);
      add(heap.object(record.take(record.remaining())), links);
    }
  }

  private static void add(Fields message, Map<String, Link> links) throws IOException {
    message.version(1, "a link");
    int flags = message.u8();
    int type = (flags & 8) == 0 ? 0 : message.u8();
    message.skip((flags & 4) == 0 ? 0 : 8);
    message.skip((flags & 16) == 0 ? 0 : 1);
    String name = message.text(message.count(1 << (flags & 3)));
    requireRoom(links);
    if (type == 0) {
      links.put(name, Link.hard(message.offset()));
    } else if (type == SOFT) {
      links.put(name, Link.soft(message.text(message.u16())));
    } else if (type == EXTERNAL) {
      Fields value = message.over(message.take(message.u16()));
      value.skip(1);
      String file = value.text();
      links.put(name, new Link(Link.Kind.EXTERNAL, 0, value.text(), file));
    } else {
      links.put(name, new Link(Link.Kind.OTHER, 0, "", ""));
    }
  }

  private static void requireRoom(Map<String, Link> links) throws IOException {
    if (links.size() >= MOST_MEMBERS) {
      throw new IOException("a group has more than " + MOST_MEMBERS + " members");
    }
  }

  private static byte[] localHeap(StoredBytes file, long address) throws IOException {
    Fields heap = file.fieldsUpTo(address, 64);
    heap.signature("HEAP");
    heap.version(0, "a heap");
    heap.skip(3);
    long size = heap.length();
    heap.length();
    return file.bytes(heap.offset(), size);
  }

  /** A group of the old kind: a tree of tables whose names are in a heap. */
  private static final class OldGroup {

    private static final int ENTRY_ROOM = 24;

    private final StoredBytes file;
    private final byte[] names;
    private final Map<String, Link> links;
    private final Set<Long> seen = new HashSet<>();

    private OldGroup(StoredBytes file, byte[] names, Map<String, Link> links) {
      this.file = file;
      this.names = names;
      this.links = links;
    }

    /**
     * Adds the members of a node.
     *
     * @param expected its level, −1 for any
     */
    private void addNode(long address, int expected) throws IOException {
      if (!seen.add(address)) {
        throw new IOException("the tree of a group leads to byte " + address + " twice");
      }
      int width = file.offsetSize();
      Fields prefix = file.fields(address, 8 + 2L * width);
      prefix.signature("TREE");
      int type = prefix.u8();
      int level = prefix.u8();
      if (type != 0 || expected >= 0 && level != expected) {
        throw new IOException("the tree of a group is damaged at byte " + address);
      }
      int count = prefix.u16();
      long start = address + 8 + 2L * width;
      Fields node = file.fields(start, (long) count * (width + file.lengthSize()));
      for (int i = 0; i < count; i++) {
        node.length();
        long child = node.offset();
        if (level > 0) {
          addNode(child, level - 1);
        } else {
          addTable(child);
        }
      }
    }

    private void addTable(long address) throws IOException {
      Fields prefix = file.fields(address, 8);
      prefix.signature("SNOD");
      prefix.version(1, "a table of a group");
      prefix.skip(1);
      int count = prefix.u16();
      long size = count * (2L * file.offsetSize() + ENTRY_ROOM);
      Fields table = file.fields(address + 8, size);
      for (int i = 0; i < count; i++) {
        String name = nameAt(table.offset());
        long header = table.offset();
        long cached = table.u32();
        table.skip(4);
        long target = table.u32();
        table.skip(12);
        requireRoom(links);
        links.put(name, cached == 2 ? Link.soft(nameAt(target)) : Link.hard(header));
      }
    }

    private String nameAt(long offset) throws IOException {
      if (offset < 0 || offset >= names.length) {
        throw new IOException("a name of a group is missing");
      }
      Fields heap = new Fields(names, 8, 8);
      heap.skip((int) offset);
      return heap.text();
    }
  }
}
