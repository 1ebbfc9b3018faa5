package org.uniem.networks.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.uniem.job.BadInputException;

/**
 * Reads a LevelDB table: keys with values, in blocks with checksums, found through an index block.
 *
 * <p>Source: leveldb/doc/table_format.md, as used by tensorflow/core/lib/io/table. Compressed
 * blocks are refused; TensorFlow writes the index of a checkpoint without compression.
 */
final class SortedTable {

  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER_BYTES = 48;
  private static final int TRAILER_BYTES = 5;
  private static final int LARGEST_BLOCK = 1 << 28;

  private final FileChannel channel;

  private SortedTable(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Reads all of a table.
   *
   * @param channel the file
   * @return values by key, in the order of the table
   * @throws IOException if the file is cut off or damaged; the message continues "… is damaged:"
   * @throws BadInputException if a block is compressed
   */
  static Map<String, ByteBuffer> read(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < FOOTER_BYTES) {
      throw new IOException("it has " + size + " bytes, its footer alone needs " + FOOTER_BYTES);
    }
    ByteBuffer footer = Bytes.read(channel, size - FOOTER_BYTES, FOOTER_BYTES);
    if (footer.getLong(FOOTER_BYTES - 8) != MAGIC) {
      throw new IOException("it does not end as a table does");
    }
    SortedTable table = new SortedTable(channel);
    skipHandle(footer);
    Map<String, ByteBuffer> entries = new LinkedHashMap<>();
    for (ByteBuffer handle : table.block(footer).values()) {
      entries.putAll(table.block(handle));
    }
    return entries;
  }

  private static void skipHandle(ByteBuffer buffer) throws IOException {
    Bytes.varint(buffer);
    Bytes.varint(buffer);
  }

  /** The entries of the block that a handle (offset, size) points to. */
  private Map<String, ByteBuffer> block(ByteBuffer handle) throws IOException {
    long offset = Bytes.varint(handle);
    long length = Bytes.varint(handle);
    long room = channel.size() - FOOTER_BYTES - TRAILER_BYTES;
    if (offset < 0 || length < 4 || length > LARGEST_BLOCK || offset > room - length) {
      throw new IOException("a block of " + length + " bytes is said to begin at byte " + offset);
    }
    ByteBuffer block = Bytes.read(channel, offset, (int) length + TRAILER_BYTES);
    int found = block.getInt((int) length + 1);
    if (found != Bytes.maskedCrc(block.slice(0, (int) length + 1))) {
      throw new IOException("the checksum of the block at byte " + offset + " does not fit");
    }
    int compression = block.get((int) length);
    if (compression != 0) {
      throw new BadInputException(
          "its index is compressed ("
              + (compression == 1 ? "snappy" : "type " + compression)
              + "): save the checkpoint with TensorFlow's own Saver, which does not compress it.");
    }
    return entries(block.slice(0, (int) length).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Keys share their beginning with the key before; a list of restarts follows the entries. */
  private static Map<String, ByteBuffer> entries(ByteBuffer block) throws IOException {
    int length = block.limit();
    long restarts = Integer.toUnsignedLong(block.getInt(length - 4));
    if (restarts > (length - 4) / 4) {
      throw new IOException("a block claims " + restarts + " restarts");
    }
    block.limit(length - 4 - 4 * (int) restarts);
    Map<String, ByteBuffer> entries = new LinkedHashMap<>();
    byte[] key = {};
    while (block.hasRemaining()) {
      long shared = Bytes.varint(block);
      long added = Bytes.varint(block);
      long value = Bytes.varint(block);
      boolean fits =
          shared >= 0
              && shared <= key.length
              && added >= 0
              && value >= 0
              && added <= block.remaining()
              && value <= block.remaining() - added;
      if (!fits) {
        throw new IOException("an entry does not fit its block");
      }
      byte[] next = new byte[(int) (shared + added)];
      System.arraycopy(key, 0, next, 0, (int) shared);
      block.get(next, (int) shared, (int) added);
      key = next;
      entries.put(
          new String(key, StandardCharsets.UTF_8), block.slice(block.position(), (int) value));
      block.position(block.position() + (int) value);
    }
    return entries;
  }
}
