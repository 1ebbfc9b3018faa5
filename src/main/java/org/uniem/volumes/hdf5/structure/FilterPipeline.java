package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.uniem.volumes.codecs.Blosc;
import org.uniem.volumes.codecs.Codec;
import org.uniem.volumes.codecs.Deflate;
import org.uniem.volumes.codecs.Zstandard;

/**
 * Restores chunks that went through filters. Stateless and thread-safe.
 *
 * <p>A writer may skip a filter for a chunk, for example where it would not become smaller; the
 * mask of the chunk tells.
 */
final class FilterPipeline {

  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int LZF = 32000;
  private static final int BLOSC = 32001;
  private static final int LZ4 = 32004;
  private static final int ZSTANDARD = 32015;

  /** From the register of filters, those that are met most. */
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(4, "szip"),
          Map.entry(5, "nbit"),
          Map.entry(6, "scaleoffset"),
          Map.entry(305, "LZO"),
          Map.entry(307, "bzip2"),
          Map.entry(32008, "bitshuffle"),
          Map.entry(32013, "ZFP"),
          Map.entry(32017, "SZ"),
          Map.entry(32018, "FCIDECOMP"),
          Map.entry(32019, "JPEG"),
          Map.entry(32024, "SZ3"),
          Map.entry(32026, "Blosc2"));

  private static final int CHECKSUM = 4;
  private static final int LZ4_HEADER = 12;
  private static final int MOST_ADDED = 1 << 16;

  private final List<Filter> filters;
  private final int elementSize;

  /**
   * @param filters in the order in which they were applied
   * @param elementSize bytes of an element
   * @throws UnsupportedFeatureException if one is not known; names it
   */
  FilterPipeline(List<Filter> filters, int elementSize) throws IOException {
    this.filters = filters;
    this.elementSize = elementSize;
    for (Filter filter : filters) {
      switch (filter.id()) {
        case DEFLATE, SHUFFLE, FLETCHER32, LZF, BLOSC, LZ4, ZSTANDARD -> {}
        default ->
            throw new UnsupportedFeatureException(
                "it is compressed with the filter "
                    + NAMES.getOrDefault(filter.id(), filter.name())
                    + " (number "
                    + filter.id()
                    + "): expected deflate, shuffle, fletcher32, lzf, lz4, zstd or blosc");
      }
    }
  }

  boolean isEmpty() {
    return filters.isEmpty();
  }

  /**
   * Restores a chunk.
   *
   * @param stored its bytes in the file
   * @param mask has bit i set where filter i was skipped
   * @param size bytes of the chunk
   */
  byte[] decode(byte[] stored, long mask, int size) throws IOException {
    byte[] bytes = stored;
    for (int i = filters.size() - 1; i >= 0; i--) {
      if ((mask >> i & 1) == 0) {
        // What one filter leaves to the next is never much more than the elements.
        int limit = i == 0 ? size : (int) Math.min(Integer.MAX_VALUE - 64L, size + MOST_ADDED);
        bytes = decode(filters.get(i), bytes, limit, size);
      }
    }
    if (bytes.length != size) {
      throw new IOException("it holds " + bytes.length + " bytes: expected " + size);
    }
    return bytes;
  }

  private byte[] decode(Filter filter, byte[] bytes, int limit, int size) throws IOException {
    return switch (filter.id()) {
      case DEFLATE -> decode(new Deflate(false, 0), bytes, limit);
      case ZSTANDARD -> decode(new Zstandard(0), bytes, limit);
      case BLOSC -> decode(new Blosc("lz4", 1, 1), bytes, limit);
      case SHUFFLE -> unshuffle(bytes, filter);
      case FLETCHER32 -> checked(bytes);
      case LZF -> lzf(bytes, limit, size);
      default -> lz4(bytes, limit);
    };
  }

  private static byte[] decode(Codec codec, byte[] bytes, int limit) throws IOException {
    return codec.decode(bytes, limit);
  }

  private byte[] unshuffle(byte[] bytes, Filter filter) {
    int width = filter.parameters().length > 0 ? (int) filter.parameters()[0] : elementSize;
    if (width < 2 || width > bytes.length) {
      return bytes;
    }
    byte[] result = new byte[bytes.length];
    int count = bytes.length / width;
    for (int b = 0; b < width; b++) {
      int start = b * count;
      for (int i = 0, k = b; i < count; i++, k += width) {
        result[k] = bytes[start + i];
      }
    }
    int done = count * width;
    System.arraycopy(bytes, done, result, done, bytes.length - done);
    return result;
  }

  private static byte[] checked(byte[] bytes) throws IOException {
    int length = bytes.length - CHECKSUM;
    if (length < 0) {
      throw new IOException("it has no checksum");
    }
    int stored = ByteBuffer.wrap(bytes, length, CHECKSUM).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int found = Checksum.fletcher32(bytes, length);
    // Old libraries on little-endian machines swapped the bytes of each half.
    int swapped = (found & 0x00ff00ff) << 8 | found >>> 8 & 0x00ff00ff;
    if (stored != found && stored != swapped) {
      throw new IOException("its checksum (fletcher32) is wrong");
    }
    return Arrays.copyOf(bytes, length);
  }

  /** Liblzf's format: runs of up to 32 bytes, and references up to 8192 bytes back. */
  private static byte[] lzf(byte[] from, int limit, int size) throws IOException {
    byte[] to = new byte[Math.min(limit, size + CHECKSUM)];
    int at = 0;
    int i = 0;
    try {
      while (i < from.length) {
        int control = from[i++] & 0xff;
        if (control < 32) {
          System.arraycopy(from, i, to, at, control + 1);
          i += control + 1;
          at += control + 1;
        } else {
          int length = control >> 5;
          if (length == 7) {
            length += from[i++] & 0xff;
          }
          int back = at - ((control & 31) << 8 | from[i++] & 0xff) - 1;
          for (int k = 0; k < length + 2; k++) {
            to[at++] = to[back++];
          }
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("it is no lzf data, or damaged", e);
    }
    return at == to.length ? to : Arrays.copyOf(to, at);
  }

  /** The registered LZ4 filter: blocks behind their sizes, in big-endian order. */
  private static byte[] lz4(byte[] from, int limit) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(from);
    if (from.length < LZ4_HEADER || bytes.getLong(0) > limit || bytes.getLong(0) < 0) {
      throw new IOException("it is no lz4 data, or damaged");
    }
    byte[] to = new byte[(int) bytes.getLong(0)];
    int blockSize = bytes.getInt(8);
    int i = LZ4_HEADER;
    for (int at = 0; at < to.length; at += blockSize) {
      int size = Math.min(blockSize, to.length - at);
      int stored = i + 4 <= from.length ? bytes.getInt(i) : -1;
      i += 4;
      if (blockSize <= 0 || stored < 0 || stored > from.length - i) {
        throw new IOException("it is no lz4 data, or damaged");
      }
      try {
        if (stored == size) {
          System.arraycopy(from, i, to, at, size);
        } else if (LZ4Factory.fastestJavaInstance()
                .safeDecompressor()
                .decompress(from, i, stored, to, at, size)
            != size) {
          throw new IOException("a block of its lz4 data is too short");
        }
      } catch (LZ4Exception e) {
        throw new IOException("it is no lz4 data, or damaged", e);
      }
      i += stored;
    }
    return to;
  }
}
