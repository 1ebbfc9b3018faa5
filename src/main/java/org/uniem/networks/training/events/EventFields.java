package org.uniem.networks.training.events;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of a protocol buffer message one after the other; not thread-safe.
 *
 * <p>A message whose end is not at hand can be read up to there: of the last field then only its
 * length is known, and what is there of its content.
 */
final class EventFields {

  private final ByteBuffer buffer;
  private final long start;
  private final boolean cut;
  private int field;
  private long number;
  private int contentStart;
  private long contentLength = -1;

  /**
   * @param message the message, from position to limit
   * @param start offset of the message in its file
   * @param cut whether the message goes on behind the limit
   */
  EventFields(ByteBuffer message, long start, boolean cut) {
    this.buffer = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.start = start;
    this.cut = cut;
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
    contentLength = -1;
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
        skipContent(varint());
        break;
      default:
        throw new IllegalArgumentException("field " + field + " is of an unknown type");
    }
    return true;
  }

  private void skipContent(long length) {
    if (length < 0 || length > Integer.MAX_VALUE || !cut && length > buffer.remaining()) {
      throw new IllegalArgumentException("field " + field + " claims " + length + " bytes");
    }
    contentStart = buffer.position();
    contentLength = length;
    buffer.position((int) Math.min(buffer.limit(), contentStart + length));
  }

  int field() {
    return field;
  }

  long number() {
    return number;
  }

  /** Where in the file the content of a text, bytes or message field begins. */
  long offset() {
    requireContent();
    return start + contentStart;
  }

  /** Bytes of that content, also of those that are not at hand. */
  int length() {
    requireContent();
    return (int) contentLength;
  }

  /** The fields of a message field. */
  EventFields message() {
    requireContent();
    return new EventFields(
        buffer.slice(contentStart, buffer.position() - contentStart), offset(), clipped());
  }

  String text() {
    requireContent();
    if (clipped()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length()];
    buffer.get(contentStart, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private boolean clipped() {
    return contentStart + contentLength > buffer.position();
  }

  private void requireContent() {
    if (contentLength < 0) {
      throw new IllegalArgumentException("field " + field + " is a number");
    }
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
