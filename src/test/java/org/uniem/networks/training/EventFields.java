package org.uniem.networks.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a message one after the other; not thread-safe. */
final class EventFields {

  private final ByteBuffer buffer;
  private int field;
  private long number;
  private ByteBuffer bytes;

  EventFields(ByteBuffer message) {
    buffer = message.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Goes to the next field.
   *
   * @return false at the end
   * @throws java.nio.BufferUnderflowException or IllegalArgumentException if malformed
   */
  boolean next() {
    if (!buffer.hasRemaining()) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    bytes = null;
    switch ((int) key & 7) {
      case EventRecords.VARINT:
        number = varint();
        break;
      case EventRecords.FIXED64:
        number = buffer.getLong();
        break;
      case EventRecords.FIXED32:
        number = buffer.getInt();
        break;
      case EventRecords.BYTES:
        long length = varint();
        if (length < 0 || length > buffer.remaining()) {
          throw new IllegalArgumentException("field " + field + " claims " + length + " bytes");
        }
        bytes = buffer.slice(buffer.position(), (int) length);
        buffer.position(buffer.position() + (int) length);
        break;
      default:
        throw new IllegalArgumentException("field " + field + " is of an unknown type");
    }
    return true;
  }

  int field() {
    return field;
  }

  long number() {
    return number;
  }

  /** The content of a text, bytes or message field. */
  ByteBuffer content() {
    if (bytes == null) {
      throw new IllegalArgumentException("field " + field + " is a number");
    }
    return bytes;
  }

  byte[] array() {
    byte[] array = new byte[content().remaining()];
    content().duplicate().get(array);
    return array;
  }

  String text() {
    return new String(array(), StandardCharsets.UTF_8);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = buffer.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number has more than 64 bits");
  }
}
