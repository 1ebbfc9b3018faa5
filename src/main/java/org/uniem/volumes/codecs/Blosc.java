package org.uniem.volumes.codecs;

import com.github.luben.zstd.Zstd;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import net.jpountz.lz4.LZ4Factory;

/**
 * The codec {@code blosc}: blocks of shuffled bytes, each compressed by itself.
 *
 * <p>Reads everything that c-blosc 1 writes but Snappy, which it leaves out by default; writes LZ4
 * and Zstandard with shuffled bytes or without. See <a
 * href="https://github.com/Blosc/c-blosc/blob/main/README_CHUNK_FORMAT.rst">Blosc's chunk
 * format</a>.
 *
 * @param compressor {@code "lz4"} or {@code "zstd"} for writing
 * @param level of zstd, 1 … 9
 * @param typeSize bytes of a value; 1 = not shuffled
 */
public record Blosc(String compressor, int level, int typeSize) implements Codec {

  private static final int HEADER = 16;
  private static final int BYTE_SHUFFLE = 1;
  private static final int COPIED = 2;
  private static final int BIT_SHUFFLE = 4;
  private static final int NOT_SPLIT = 16;
  private static final int MOST_SPLITS = 16;
  private static final int LEAST_SPLIT = 128;
  private static final int BLOCK = 1 << 18;
  private static final int LZ4 = 1;
  private static final int ZSTD = 4;

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    if (encoded.length < HEADER) {
      throw new IOException("it has " + encoded.length + " bytes: expected 16 or more");
    }
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    int size = bytes.getInt(4);
    int blockSize = bytes.getInt(8);
    int stored = bytes.getInt(12);
    if (bytes.get(0) < 1 || bytes.get(0) > 2) {
      throw new IOException("it has Blosc format " + bytes.get(0) + ": expected 1 or 2");
    }
    if (stored != encoded.length) {
      throw new IOException(
          "it has " + encoded.length + " bytes, its header promises " + stored + " (truncated?)");
    }
    if (size < 0 || size > Limits.most(encoded.length, limit)) {
      throw Limits.tooLarge(limit);
    }
    byte[] raw = new byte[size];
    if ((bytes.get(2) & COPIED) != 0) {
      if (stored - HEADER != size) {
        throw new IOException("it holds " + (stored - HEADER) + " bytes: expected " + size);
      }
      System.arraycopy(encoded, HEADER, raw, 0, size);
    } else if (size > 0) {
      if (blockSize < 1 || (bytes.get(3) & 0xff) == 0) {
        throw new IOException("its Blosc header is damaged");
      }
      decodeBlocks(bytes, blockSize, raw);
    }
    return raw;
  }

  private static void decodeBlocks(ByteBuffer bytes, int blockSize, byte[] raw) throws IOException {
    int flags = bytes.get(2);
    int typeSize = bytes.get(3) & 0xff;
    Shuffle shuffle =
        (flags & BYTE_SHUFFLE) != 0
            ? Shuffle.BYTES
            : (flags & BIT_SHUFFLE) != 0 ? Shuffle.BITS : Shuffle.NONE;
    byte[] shuffled = new byte[Math.min(blockSize, raw.length)];
    for (int block = 0, at = 0; at < raw.length; block++, at += shuffled.length) {
      int size = Math.min(blockSize, raw.length - at);
      boolean split =
          (flags & NOT_SPLIT) == 0
              && typeSize <= MOST_SPLITS
              && blockSize / typeSize >= LEAST_SPLIT
              && size == blockSize;
      try {
        decodeSplits(bytes, HEADER + 4 * block, shuffled, size, split ? typeSize : 1);
      } catch (IndexOutOfBoundsException e) {
        throw new IOException("its Blosc block " + block + " ends too soon", e);
      }
      shuffle.undo(shuffled, raw, at, size, typeSize);
      if (at > Integer.MAX_VALUE - shuffled.length) {
        return;
      }
    }
  }

  private static void decodeSplits(ByteBuffer bytes, int entry, byte[] block, int size, int splits)
      throws IOException {
    int from = bytes.getInt(entry);
    int splitSize = size / splits;
    for (int split = 0; split < splits; split++) {
      int length = bytes.getInt(from);
      from += 4;
      if (length < 0 || length > bytes.capacity() - from) {
        throw new IOException("its Blosc blocks are damaged");
      }
      int at = split * splitSize;
      if (length == splitSize) {
        System.arraycopy(bytes.array(), from, block, at, splitSize);
      } else {
        decompress((bytes.get(2) & 0xff) >> 5, bytes.array(), from, length, block, at, splitSize);
      }
      from += length;
    }
  }

  private static void decompress(
      int format, byte[] from, int start, int length, byte[] to, int at, int size)
      throws IOException {
    switch (format) {
      case 0 -> BloscLz.decode(from, start, length, to, at, size);
      case LZ4 -> Lz4.block(from, start, length, to, at, size);
      case 3 -> inflate(from, start, length, to, at, size);
      case ZSTD -> Zstandard.decode(from, start, length, to, at, size);
      default ->
          throw new IOException(
              "it is compressed by "
                  + (format == 2 ? "Snappy" : "compressor " + format)
                  + " inside Blosc, which is not supported (write it with another compressor)");
    }
  }

  private static void inflate(byte[] from, int start, int length, byte[] to, int at, int size)
      throws IOException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(from, start, length);
      int count = inflater.inflate(to, at, size);
      if (count != size) {
        throw new IOException("it holds " + count + " bytes: expected " + size);
      }
    } catch (DataFormatException e) {
      throw new IOException("its zlib data are damaged", e);
    } finally {
      inflater.end();
    }
  }

  @Override
  public byte[] encode(byte[] raw) {
    // Whole values in every block but the last.
    int blockSize = Math.max(1, Math.min(raw.length, BLOCK / typeSize * typeSize));
    int blocks = (raw.length + blockSize - 1) / blockSize;
    ByteArrayOutputStream content = new ByteArrayOutputStream(raw.length / 2 + 64);
    ByteBuffer header =
        ByteBuffer.allocate(HEADER + 4 * blocks).order(ByteOrder.LITTLE_ENDIAN).put((byte) 2);
    header.put((byte) 1).put((byte) flags()).put((byte) typeSize).putInt(raw.length);
    header.putInt(blockSize).putInt(0);
    byte[] shuffled = new byte[blockSize];
    for (int block = 0; block < blocks; block++) {
      int at = block * blockSize;
      int size = Math.min(blockSize, raw.length - at);
      Shuffle.doBytes(raw, at, shuffled, size, typeSize);
      header.putInt(header.capacity() + content.size());
      byte[] compressed = compress(Arrays.copyOf(shuffled, size));
      // What does not shrink is taken as it is, which its size tells.
      byte[] kept = compressed.length < size ? compressed : Arrays.copyOf(shuffled, size);
      byte[] length =
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(kept.length).array();
      content.write(length, 0, length.length);
      content.write(kept, 0, kept.length);
    }
    byte[] result = Arrays.copyOf(header.array(), header.capacity() + content.size());
    System.arraycopy(content.toByteArray(), 0, result, header.capacity(), content.size());
    ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).putInt(12, result.length);
    return result;
  }

  private int flags() {
    int format = compressor.equals("lz4") ? LZ4 : ZSTD;
    return format << 5 | NOT_SPLIT | (typeSize > 1 ? BYTE_SHUFFLE : 0);
  }

  private byte[] compress(byte[] block) {
    return compressor.equals("lz4")
        ? LZ4Factory.safeInstance().fastCompressor().compress(block)
        : Zstd.compress(block, level);
  }

  @Override
  public JsonObject asVersion2() {
    JsonObject json = new JsonObject();
    json.addProperty("id", "blosc");
    json.addProperty("cname", compressor);
    json.addProperty("clevel", level);
    json.addProperty("shuffle", typeSize > 1 ? 1 : 0);
    json.addProperty("blocksize", 0);
    return json;
  }

  @Override
  public JsonObject asVersion3() {
    JsonObject configuration = new JsonObject();
    configuration.addProperty("cname", compressor);
    configuration.addProperty("clevel", level);
    configuration.addProperty("shuffle", typeSize > 1 ? "shuffle" : "noshuffle");
    configuration.addProperty("typesize", typeSize);
    configuration.addProperty("blocksize", 0);
    return Version3.named("blosc", configuration);
  }
}
