package org.uniem.networks.checkpoints;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** What tables and checkpoints have in common on the level of bytes. */
final class Bytes {

  private static final int CRC_MASK_DELTA = 0xa282ead8;

  private Bytes() {}

  /** Bytes of a file, little-endian, from position 0. */
  static ByteBuffer read(FileChannel channel, long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException("the file ends at byte " + (from + buffer.position()));
      }
    }
    return buffer.rewind();
  }

  /** An unsigned number in groups of seven bits, the lowest first. */
  static long varint(ByteBuffer buffer) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64 && buffer.hasRemaining(); shift += 7) {
      byte next = buffer.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a number is cut off");
  }

  /** CRC-32C of the bytes from position to limit, rotated and offset as LevelDB stores it. */
  static int maskedCrc(ByteBuffer data) {
    CRC32C crc = new CRC32C();
    crc.update(data.duplicate());
    return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK_DELTA;
  }
}
