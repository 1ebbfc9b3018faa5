package org.uniem.volumes.hdf5.structure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the structures of an HDF5 file one behind the other, in the oldest versions, which every
 * program reads. Not thread-safe.
 */
final class Appender implements AutoCloseable {

  static final long UNDEFINED = -1;

  private static final int SUPERBLOCK = 96;
  private static final int GROUP_LEAF = 4;
  private static final int GROUP_INTERNAL = 16;
  private static final int SYMBOL = 40;
  private static final int NAME_AT = 8;
  private static final int HEAP_PREFIX = 16;
  private static final int LEAST_HEAP = 4096;

  private final RandomAccessFile file;
  private long end = SUPERBLOCK;

  /** A group in the file. */
  record Group(long header, long tree, long heap) {}

  Appender(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "rw");
  }

  /** Where the next structure goes. */
  long end() {
    return end;
  }

  /** Writes bytes behind all others, from a multiple of eight on. Gives their address. */
  long append(byte[] bytes) throws IOException {
    long address = (end + 7) / 8 * 8;
    file.seek(address);
    file.write(bytes);
    end = address + bytes.length;
    return address;
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int padded(int size) {
    return (size + 7) / 8 * 8;
  }

  /** The messages of an object, written one behind the other. */
  static final class Messages {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int count;

    void add(int type, byte[] data) {
      ByteBuffer message = buffer(8 + padded(data.length));
      message.putShort((short) type).putShort((short) padded(data.length)).putInt(0).put(data);
      bytes.writeBytes(message.array());
      count++;
    }

    void add(NewAttribute attribute) {
      byte[] name = ascii(attribute.name() + "\0");
      byte[] space = attribute.count() == 0 ? scalar() : space(attribute.count());
      int size = 8 + padded(name.length) + padded(attribute.type().length) + padded(space.length);
      ByteBuffer data = buffer(size + attribute.data().length);
      data.put((byte) 1).put((byte) 0).putShort((short) name.length);
      data.putShort((short) attribute.type().length).putShort((short) space.length);
      int at = 8;
      for (byte[] part : new byte[][] {name, attribute.type(), space}) {
        data.position(at);
        data.put(part);
        at += padded(part.length);
      }
      data.position(at);
      data.put(attribute.data());
      add(ObjectHeader.ATTRIBUTE, data.array());
    }
  }

  private static byte[] scalar() {
    return buffer(8).put((byte) 1).array();
  }

  /** How a file describes a size. */
  static byte[] space(long... shape) {
    ByteBuffer space = buffer(8 + 8 * shape.length);
    space.put((byte) 1).put((byte) shape.length).putShort((short) 0).putInt(0);
    for (long length : shape) {
      space.putLong(length);
    }
    return space.array();
  }

  /** Writes the texts among attributes. Gives the attributes with references to them. */
  List<NewAttribute> withTexts(List<NewAttribute> attributes) throws IOException {
    int size = HEAP_PREFIX;
    for (NewAttribute attribute : attributes) {
      size += attribute.isText() ? HEAP_PREFIX + padded(attribute.data().length) : 0;
    }
    ByteBuffer heap = buffer(Math.max(LEAST_HEAP, size + HEAP_PREFIX)).put(ascii("GCOL"));
    heap.putInt(1).putLong(heap.capacity());
    long address = (end + 7) / 8 * 8;
    List<NewAttribute> written = new ArrayList<>();
    int index = 0;
    for (NewAttribute attribute : attributes) {
      byte[] text = attribute.data();
      if (attribute.isText()) {
        index++;
        heap.putShort((short) index).putShort((short) 0).putInt(0).putLong(text.length).put(text);
        heap.position(padded(heap.position()));
        ByteBuffer reference = buffer(16).putInt(text.length).putLong(address).putInt(index);
        written.add(attribute.with(reference.array()));
      } else {
        written.add(attribute);
      }
    }
    // What is left, as the object of number 0.
    heap.putLong(0).putLong(heap.remaining() + 8);
    append(heap.array());
    return written;
  }

  /** Writes the header of an object. Gives its address. */
  long header(Messages messages) throws IOException {
    byte[] all = messages.bytes.toByteArray();
    ByteBuffer header = buffer(16 + all.length);
    header.put((byte) 1).put((byte) 0).putShort((short) messages.count).putInt(1);
    header.putInt(all.length).putInt(0).put(all);
    return append(header.array());
  }

  /** Writes a group of one member. */
  Group group(String name, long member) throws IOException {
    byte[] text = ascii(name + "\0");
    ByteBuffer names = buffer(NAME_AT + padded(text.length));
    names.position(NAME_AT);
    names.put(text);
    long data = append(names.array());
    ByteBuffer heapHeader = buffer(32).put(ascii("HEAP")).putInt(0);
    // One stands for no free room.
    heapHeader.putLong(names.capacity()).putLong(1).putLong(data);
    long heap = append(heapHeader.array());
    ByteBuffer table = buffer(8 + 2 * GROUP_LEAF * SYMBOL).put(ascii("SNOD"));
    table.put((byte) 1).put((byte) 0).putShort((short) 1).putLong(NAME_AT).putLong(member);
    long symbols = append(table.array());
    ByteBuffer node = buffer(24 + (4 * GROUP_INTERNAL + 1) * 8).put(ascii("TREE"));
    node.put((byte) 0).put((byte) 0).putShort((short) 1).putLong(UNDEFINED).putLong(UNDEFINED);
    node.putLong(0).putLong(symbols).putLong(NAME_AT);
    long tree = append(node.array());
    Messages messages = new Messages();
    messages.add(ObjectHeader.SYMBOL_TABLE, buffer(16).putLong(tree).putLong(heap).array());
    return new Group(header(messages), tree, heap);
  }

  /** Writes what the file begins with, and brings everything to the disk. */
  void finish(Group root) throws IOException {
    ByteBuffer start = buffer(SUPERBLOCK);
    start.put((byte) 0x89).put(ascii("HDF\r\n\u001a\n"));
    start.putInt(0).put((byte) 0).put((byte) 8).put((byte) 8).put((byte) 0);
    start.putShort((short) GROUP_LEAF).putShort((short) GROUP_INTERNAL).putInt(0);
    start.putLong(0).putLong(UNDEFINED).putLong(end).putLong(UNDEFINED);
    start.putLong(0).putLong(root.header).putInt(1).putInt(0).putLong(root.tree).putLong(root.heap);
    file.seek(0);
    file.write(start.array());
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
