package org.uniem.networks.training.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.uniem.job.BadInputException;

/**
 * The bytes of TensorBoard event files: protocol buffer fields and the TFRecord frame around each
 * event (length, checksum of the length, event, checksum of the event; all little-endian).
 *
 * <p>Source: tensorflow/core/util/event.proto, framework/summary.proto, lib/io/record_writer.h.
 */
final class EventRecords {

  static final int HEADER_BYTES = 12;
  static final int FOOTER_BYTES = 4;

  /** The wire types of protocol buffers in use. */
  static final int VARINT = 0;

  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final int LARGEST_EVENT = 1 << 30;
  private static final int CRC_MASK_DELTA = 0xa282ead8;

  private EventRecords() {}

  /** A message under construction; not thread-safe. */
  static final class Message {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message doubleField(int field, double value) {
      varint(field << 3 | FIXED64);
      return raw(littleEndian(8).putLong(Double.doubleToRawLongBits(value)));
    }

    Message floatField(int field, float value) {
      varint(field << 3 | FIXED32);
      return raw(littleEndian(4).putInt(Float.floatToRawIntBits(value)));
    }

    Message longField(int field, long value) {
      varint(field << 3 | VARINT);
      varint(value);
      return this;
    }

    Message bytesField(int field, byte[] value) {
      varint(field << 3 | BYTES);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    Message textField(int field, String value) {
      return bytesField(field, value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private Message raw(ByteBuffer buffer) {
      out.writeBytes(buffer.array());
      return this;
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }

  /** An event in its frame. */
  static byte[] frame(byte[] event) {
    ByteBuffer record = littleEndian(HEADER_BYTES + event.length + FOOTER_BYTES);
    record.putLong(event.length);
    record.putInt(maskedCrc(record.array(), 0, 8));
    record.put(event);
    record.putInt(maskedCrc(event, 0, event.length));
    return record.array();
  }

  /** Bytes of a file; fails where it ends before them. */
  static ByteBuffer read(FileChannel channel, long from, int count) throws IOException {
    ByteBuffer buffer = littleEndian(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return buffer.rewind();
  }

  /** Whether these twelve bytes are a length and its checksum. */
  static boolean isHeader(ByteBuffer header) {
    byte[] length = new byte[8];
    header.get(0, length);
    long bytes = header.getLong(0);
    return header.getInt(8) == maskedCrc(length, 0, 8) && bytes >= 0 && bytes <= LARGEST_EVENT;
  }

  /** Whether these twelve bytes have not been written yet; the length 0 has another checksum. */
  static boolean isBlank(ByteBuffer header) {
    return header.getLong(0) == 0 && header.getInt(8) == 0;
  }

  static BadInputException damaged(Path file, long offset, String why) {
    return new BadInputException(
        "Event file "
            + file
            + " is damaged or not an event file: at byte "
            + offset
            + " "
            + why
            + ".");
  }

  /** The checksum of the first bytes of a buffer. */
  static int maskedCrc(ByteBuffer data, int count) {
    CRC32C crc = new CRC32C();
    crc.update(data.slice(0, count));
    return mask(crc);
  }

  /** CRC-32C, rotated and offset so that a checksum of data that hold checksums stays sound. */
  static int maskedCrc(byte[] data, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(data, from, count);
    return mask(crc);
  }

  private static int mask(CRC32C crc) {
    return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK_DELTA;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
