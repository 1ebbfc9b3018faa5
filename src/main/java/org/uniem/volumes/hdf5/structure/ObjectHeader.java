package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages of a group, dataset or datatype, as the file stores them. Immutable. */
final class ObjectHeader {

  static final int DATASPACE = 1;
  static final int LINK_INFO = 2;
  static final int DATATYPE = 3;
  static final int OLD_FILL_VALUE = 4;
  static final int FILL_VALUE = 5;
  static final int LINK = 6;
  static final int EXTERNAL_FILES = 7;
  static final int LAYOUT = 8;
  static final int FILTERS = 11;
  static final int ATTRIBUTE = 12;
  static final int SYMBOL_TABLE = 17;
  static final int ATTRIBUTE_INFO = 21;

  private static final int CONTINUATION = 16;
  private static final int MOST_PARTS = 10_000;
  private static final long MOST_BYTES = 1 << 26;
  private static final int SHARED = 2;
  private static final int PREFIX_ONE = 16;

  private final StoredBytes file;
  private final long address;
  private final List<Message> messages = new ArrayList<>();
  private final List<long[]> parts = new ArrayList<>();

  private record Message(int type, boolean shared, byte[] data) {}

  private ObjectHeader(StoredBytes file, long address) {
    this.file = file;
    this.address = address;
  }

  /**
   * Reads a header.
   *
   * @param address of its first byte
   */
  static ObjectHeader read(StoredBytes file, long address) throws IOException {
    ObjectHeader header = new ObjectHeader(file, address);
    boolean versionTwo = file.bytes(address, 4)[0] == 'O';
    int tracked = versionTwo ? header.readPrefixTwo() : header.readPrefixOne();
    long bytes = 0;
    for (int i = 0; i < header.parts.size(); i++) {
      bytes += Math.max(0, header.parts.get(i)[1]);
      if (i > MOST_PARTS || bytes > MOST_BYTES) {
        throw new IOException("the header at byte " + address + " has no end");
      }
      long[] part = header.parts.get(i);
      if (versionTwo) {
        header.readMessagesTwo(part[0], part[1], i > 0, tracked);
      } else {
        header.readMessagesOne(file.fields(part[0], part[1]));
      }
    }
    return header;
  }

  long address() {
    return address;
  }

  private int readPrefixOne() throws IOException {
    Fields prefix = file.fields(address, PREFIX_ONE);
    prefix.version(1, "the header at byte " + address);
    prefix.skip(7);
    parts.add(new long[] {address + PREFIX_ONE, prefix.u32()});
    return 0;
  }

  private void readMessagesOne(Fields part) throws IOException {
    while (part.remaining() >= 8) {
      int type = part.u16();
      int size = part.u16();
      int flags = part.u8();
      part.skip(3);
      add(type, flags, part.take(Math.min(size, part.remaining())));
    }
  }

  /** Gives the bytes of the number of each message. */
  private int readPrefixTwo() throws IOException {
    Fields prefix = file.fieldsUpTo(address, 64);
    prefix.signature("OHDR");
    prefix.version(2, "the header at byte " + address);
    int flags = prefix.u8();
    prefix.skip(((flags & 32) == 0 ? 0 : 16) + ((flags & 16) == 0 ? 0 : 4));
    long size = prefix.number(1 << (flags & 3));
    // Of the whole part: its prefix is covered by the checksum too.
    parts.add(new long[] {address, prefix.position() + size + 4, prefix.position()});
    return (flags & 4) == 0 ? 0 : 2;
  }

  private void readMessagesTwo(long start, long size, boolean continued, int tracked)
      throws IOException {
    Fields part = file.fields(start, size);
    if (part.remaining() < 8) {
      throw new IOException("a part of the header at byte " + address + " is too short");
    }
    if (continued) {
      part.signature("OCHK");
    } else {
      part.skip((int) parts.get(0)[2]);
    }
    while (part.remaining() >= 4 + 4 + tracked) {
      int type = part.u8();
      int length = part.u16();
      int flags = part.u8();
      part.skip(tracked);
      if (length > part.remaining() - 4) {
        throw new IOException("a message of the header at byte " + address + " is too long");
      }
      add(type, flags, part.take(length));
    }
    part.skip(part.remaining() - 4);
    part.checksum("the header at byte " + address);
  }

  private void add(int type, int flags, byte[] data) throws IOException {
    if (type == CONTINUATION) {
      Fields fields = new Fields(data, file.offsetSize(), file.lengthSize());
      parts.add(new long[] {fields.offset(), fields.length()});
    } else {
      messages.add(new Message(type, (flags & SHARED) != 0, data));
    }
  }

  boolean has(int type) {
    return messages.stream().anyMatch(message -> message.type == type);
  }

  /** The first message of a type. */
  Optional<Fields> message(int type) throws IOException {
    for (Message message : messages) {
      if (message.type == type) {
        return Optional.of(fields(message));
      }
    }
    return Optional.empty();
  }

  /** The message of a type that must be there. */
  Fields required(int type, String what) throws IOException {
    return message(type)
        .orElseThrow(() -> new IOException("the header at byte " + address + " has no " + what));
  }

  /** All messages of a type. */
  List<Fields> messages(int type) throws IOException {
    List<Fields> found = new ArrayList<>();
    for (Message message : messages) {
      if (message.type == type) {
        found.add(fields(message));
      }
    }
    return found;
  }

  private Fields fields(Message message) throws IOException {
    Fields own = new Fields(message.data, file.offsetSize(), file.lengthSize());
    return message.shared ? shared(file, own, message.type) : own;
  }

  /**
   * A message that is stored in another header, once for several.
   *
   * @param reference where it is
   */
  static Fields shared(StoredBytes file, Fields reference, int type) throws IOException {
    int version = reference.u8();
    int kind = reference.u8();
    if (version < 1 || version > 3 || version == 3 && kind == 1) {
      throw new UnsupportedFeatureException("it has messages that are shared in a heap");
    }
    reference.skip(version == 1 ? 6 : 0);
    ObjectHeader other = read(file, reference.offset());
    for (Message message : other.messages) {
      if (message.type == type && !message.shared) {
        return new Fields(message.data, file.offsetSize(), file.lengthSize());
      }
    }
    throw new IOException("a shared message is missing at byte " + other.address);
  }
}
