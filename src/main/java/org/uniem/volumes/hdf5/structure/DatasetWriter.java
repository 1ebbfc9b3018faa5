package org.uniem.volumes.hdf5.structure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.uniem.volumes.PixelType;

/**
 * Writes a file of one dataset, chunk by chunk: shuffled, deflated and indexed as in the oldest
 * files, which every program reads. Keeps 12 bytes per chunk in memory. Not thread-safe.
 */
public final class DatasetWriter implements AutoCloseable {

  /** Children of a node are twice as many; a constant of the format's first version. */
  private static final int TREE_HALF = 32;

  private static final int LEVEL = 4;
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;

  private final Appender file;
  private final long[] shape;
  private final int[] chunk;
  private final PixelType type;
  private final long[] addresses;
  private final int[] sizes;

  /**
   * Begins a file.
   *
   * @param path of the file, which may be there and be empty
   * @param shape elements along each axis, slowest first
   * @param chunk elements of a chunk along each axis
   * @param type of an element
   * @throws IOException if it cannot be written
   */
  public DatasetWriter(Path path, long[] shape, int[] chunk, PixelType type) throws IOException {
    this.shape = shape.clone();
    this.chunk = chunk.clone();
    this.type = type;
    long count = 1;
    for (int d = 0; d < shape.length; d++) {
      count = Math.multiplyExact(count, chunksAlong(d));
    }
    addresses = new long[Math.toIntExact(count)];
    sizes = new int[addresses.length];
    file = new Appender(path);
  }

  private long chunksAlong(int axis) {
    return (shape[axis] - 1) / chunk[axis] + 1;
  }

  /**
   * Writes a chunk; each once, in any order.
   *
   * @param number in the order of all chunks, the last axis fastest
   * @param elements of it, whole also at the edges, little-endian
   * @throws IOException if it cannot be written
   */
  public void write(int number, byte[] elements) throws IOException {
    byte[] packed = deflate(shuffle(elements));
    addresses[number] = file.append(packed);
    sizes[number] = packed.length;
  }

  private byte[] shuffle(byte[] elements) {
    int width = type.bytes();
    if (width == 1) {
      return elements;
    }
    byte[] shuffled = new byte[elements.length];
    int count = elements.length / width;
    for (int b = 0; b < width; b++) {
      int start = b * count;
      for (int i = 0, k = b; i < count; i++, k += width) {
        shuffled[start + i] = elements[k];
      }
    }
    return shuffled;
  }

  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(LEVEL);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
      byte[] part = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * Completes the file and brings it to the disk.
   *
   * @param path of the dataset in it: names separated by slashes
   * @param attributes of the dataset
   * @throws IOException if it cannot be written
   * @throws IllegalStateException if a chunk is missing
   */
  public void finish(String path, List<NewAttribute> attributes) throws IOException {
    Appender.Messages messages = new Appender.Messages();
    messages.add(ObjectHeader.DATASPACE, Appender.space(shape));
    messages.add(ObjectHeader.DATATYPE, NewAttribute.typeOf(type));
    // Its room is made as chunks are written, and has zeros where none is.
    messages.add(ObjectHeader.FILL_VALUE, new byte[] {2, 3, 2, 1, 0, 0, 0, 0});
    messages.add(ObjectHeader.LAYOUT, layout(tree()));
    messages.add(ObjectHeader.FILTERS, filters());
    file.withTexts(attributes).forEach(messages::add);
    List<String> names = Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
    long member = file.header(messages);
    Appender.Group group = null;
    for (int i = names.size() - 1; i >= 0; i--) {
      group = file.group(names.get(i), member);
      member = group.header();
    }
    file.finish(group);
  }

  private byte[] layout(long tree) {
    ByteBuffer layout = Appender.buffer(3 + 8 + 4 * (chunk.length + 1));
    layout.put((byte) 3).put((byte) 2).put((byte) (chunk.length + 1)).putLong(tree);
    for (int length : chunk) {
      layout.putInt(length);
    }
    return layout.putInt(type.bytes()).array();
  }

  private byte[] filters() {
    boolean shuffled = type.bytes() > 1;
    ByteBuffer filters = Appender.buffer(shuffled ? 40 : 24);
    filters.put((byte) 1).put((byte) (shuffled ? 2 : 1)).putShort((short) 0).putInt(0);
    if (shuffled) {
      addFilter(filters, SHUFFLE, type.bytes());
    }
    addFilter(filters, DEFLATE, LEVEL);
    return filters.array();
  }

  private static void addFilter(ByteBuffer filters, int id, int parameter) {
    filters.putShort((short) id).putShort((short) 0).putShort((short) 1).putShort((short) 1);
    filters.putInt(parameter).putInt(0);
  }

  /** Writes the index of the chunks, from its leaves to its root. Gives the address of the root. */
  private long tree() throws IOException {
    int[] first = new int[addresses.length];
    for (int i = 0; i < first.length; i++) {
      if (addresses[i] == 0) {
        throw new IllegalStateException("Chunk " + i + " of " + first.length + " is missing.");
      }
      first[i] = i;
    }
    long[] children = addresses;
    int level = 0;
    while (true) {
      int nodes = (children.length - 1) / (2 * TREE_HALF) + 1;
      long[] written = new long[nodes];
      int[] firstOfNode = new int[nodes];
      int size = nodeBytes();
      long start = (file.end() + 7) / 8 * 8;
      for (int n = 0; n < nodes; n++) {
        int from = n * 2 * TREE_HALF;
        int to = Math.min(children.length, from + 2 * TREE_HALF);
        ByteBuffer node = Appender.buffer(size).put(new byte[] {'T', 'R', 'E', 'E', 1});
        node.put((byte) level).putShort((short) (to - from));
        node.putLong(n == 0 ? Appender.UNDEFINED : start + (long) (n - 1) * size);
        node.putLong(n == nodes - 1 ? Appender.UNDEFINED : start + (long) (n + 1) * size);
        for (int i = from; i < to; i++) {
          putKey(node, first[i]);
          node.putLong(children[i]);
        }
        putKey(node, to < children.length ? first[to] : addresses.length);
        written[n] = file.append(node.array());
        firstOfNode[n] = first[from];
      }
      if (nodes == 1) {
        return written[0];
      }
      children = written;
      first = firstOfNode;
      level++;
    }
  }

  private int nodeBytes() {
    int key = 8 + 8 * (chunk.length + 1);
    return 24 + 2 * TREE_HALF * 8 + (2 * TREE_HALF + 1) * key;
  }

  /** The key of a chunk; of the one behind the last it is where the slowest axis ends. */
  private void putKey(ByteBuffer node, int number) {
    boolean behind = number == addresses.length;
    node.putInt(behind ? 0 : sizes[number]).putInt(0);
    long[] place = new long[chunk.length];
    long rest = number;
    for (int d = chunk.length - 1; d > 0; d--) {
      place[d] = rest % chunksAlong(d) * chunk[d];
      rest /= chunksAlong(d);
    }
    place[0] = rest * chunk[0];
    for (long offset : place) {
      node.putLong(offset);
    }
    node.putLong(0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
