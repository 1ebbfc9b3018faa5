package org.uniem.networks.checkpoints;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.uniem.networks.Weights;

/** Writes checkpoints for tests: the format again, from its description. */
public final class CheckpointFile {

  private static final int FLOAT = 1;

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final TreeMap<String, byte[]> entries = new TreeMap<>();

  /** A checkpoint of 32-bit floats. */
  public static void write(Path prefix, Map<String, Weights.Tensor> tensors) throws IOException {
    CheckpointFile file = new CheckpointFile();
    new TreeMap<>(tensors).forEach((name, tensor) -> file.add(name, FLOAT, tensor));
    file.write(prefix, 0);
  }

  /** Adds a tensor under a type of the caller's choice. */
  void add(String name, int type, Weights.Tensor tensor) {
    ByteBuffer values =
        ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
    values.asFloatBuffer().put(tensor.values());
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    for (int size : tensor.shape()) {
      ByteArrayOutputStream dimension = new ByteArrayOutputStream();
      number(dimension, 1, size);
      bytes(shape, 2, dimension);
    }
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    number(entry, 1, type);
    bytes(entry, 2, shape);
    number(entry, 4, data.size());
    number(entry, 5, values.capacity());
    entry.write(6 << 3 | 5);
    entry.writeBytes(littleEndian(Bytes.maskedCrc(values)));
    entries.put(name, entry.toByteArray());
    data.writeBytes(values.array());
  }

  /** Writes both files; two blocks, so that the index block has two entries. */
  void write(Path prefix, int compression) throws IOException {
    entries.put("", new byte[] {8, 1});
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    TreeMap<String, byte[]> handles = new TreeMap<>();
    String middle = entries.keySet().stream().skip(entries.size() / 2).findFirst().orElseThrow();
    handles.put(middle, block(table, entries.headMap(middle, true), compression));
    if (!middle.equals(entries.lastKey())) {
      handles.put("~", block(table, entries.tailMap(middle, false), compression));
    }
    byte[] meta = block(table, new TreeMap<>(), 0);
    byte[] index = block(table, handles, 0);
    ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    footer.put(meta).put(index).putLong(40, 0xdb4775248b80fb57L);
    table.writeBytes(footer.array());
    Files.write(prefix.resolveSibling(prefix.getFileName() + ".index"), table.toByteArray());
    Files.write(
        prefix.resolveSibling(prefix.getFileName() + ".data-00000-of-00001"), data.toByteArray());
  }

  /** Appends a block and returns its handle; each key shares what it can with the one before. */
  private static byte[] block(
      ByteArrayOutputStream table, Map<String, byte[]> content, int compression) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    byte[] last = {};
    for (Map.Entry<String, byte[]> entry : content.entrySet()) {
      byte[] key = entry.getKey().getBytes(StandardCharsets.UTF_8);
      int shared = 0;
      while (shared < Math.min(key.length, last.length) && key[shared] == last[shared]) {
        shared++;
      }
      varint(block, shared);
      varint(block, key.length - shared);
      varint(block, entry.getValue().length);
      block.write(key, shared, key.length - shared);
      block.writeBytes(entry.getValue());
      last = key;
    }
    block.writeBytes(littleEndian(0));
    block.writeBytes(littleEndian(1));
    ByteArrayOutputStream handle = new ByteArrayOutputStream();
    varint(handle, table.size());
    varint(handle, block.size());
    block.write(compression);
    int crc = Bytes.maskedCrc(ByteBuffer.wrap(block.toByteArray()));
    block.writeBytes(littleEndian(crc));
    table.writeBytes(block.toByteArray());
    return handle.toByteArray();
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static void number(ByteArrayOutputStream out, int field, long value) {
    out.write(field << 3);
    varint(out, value);
  }

  private static void bytes(ByteArrayOutputStream out, int field, ByteArrayOutputStream content) {
    out.write(field << 3 | 2);
    varint(out, content.size());
    out.writeBytes(content.toByteArray());
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
