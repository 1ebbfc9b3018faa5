package org.uniem.volumes.codecs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4BlockInputStream;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;

/**
 * The codec {@code lz4}: of Zarr a size and one block, of N5 the stream of blocks that the Java
 * library writes. Without native code, whose memory accesses damaged data could lead astray.
 *
 * @param stream whether it is a stream of blocks
 */
public record Lz4(boolean stream) implements Decoder {

  /** Of the checksums in a stream; a constant of the Java library. */
  private static final int SEED = 0x9747b28c;

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    return stream ? decodeStream(encoded, limit) : decodeBlock(encoded, limit);
  }

  private static byte[] decodeStream(byte[] encoded, int limit) throws IOException {
    InputStream bytes = new ByteArrayInputStream(encoded);
    try (InputStream in =
        LZ4BlockInputStream.newBuilder()
            .withDecompressor(LZ4Factory.safeInstance().safeDecompressor())
            .withChecksum(XXHashFactory.safeInstance().newStreamingHash32(SEED).asChecksum())
            .build(bytes)) {
      return Limits.readAll(in, limit);
    } catch (IOException | LZ4Exception e) {
      throw Limits.damaged("LZ4", e);
    }
  }

  private static byte[] decodeBlock(byte[] encoded, int limit) throws IOException {
    if (encoded.length < Integer.BYTES) {
      throw new IOException("its LZ4 data end too soon");
    }
    int size = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (size < 0 || size > Limits.most(encoded.length, limit)) {
      throw Limits.tooLarge(limit);
    }
    byte[] raw = new byte[size];
    block(encoded, Integer.BYTES, encoded.length - Integer.BYTES, raw, 0, size);
    return raw;
  }

  /** Restores exactly the given number of bytes of one block. */
  static void block(byte[] from, int start, int length, byte[] to, int at, int size)
      throws IOException {
    try {
      int count =
          LZ4Factory.safeInstance()
              .safeDecompressor()
              .decompress(from, start, length, to, at, size);
      if (count != size) {
        throw new IOException("it holds " + count + " bytes: expected " + size);
      }
    } catch (LZ4Exception e) {
      throw Limits.damaged("LZ4", e);
    }
  }
}
