package org.uniem.volumes.omezarr.codecs;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The codec {@code zstd}.
 *
 * @param level 1 … 22, or below for speed; 0 stands for 3
 */
public record Zstandard(int level) implements Codec {

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    long size = Zstd.getFrameContentSize(encoded);
    if (size > limit) {
      throw Limits.tooLarge(limit);
    }
    if (size <= 0) {
      // A frame that does not tell its size, or is empty, or is none.
      try (InputStream in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(encoded))) {
        return Limits.readAll(in, limit);
      }
    }
    byte[] raw = new byte[(int) size];
    decode(encoded, 0, encoded.length, raw, 0, raw.length);
    return raw;
  }

  /** Restores exactly the given number of bytes. */
  static void decode(byte[] from, int start, int length, byte[] to, int at, int size)
      throws IOException {
    try {
      long count = Zstd.decompressByteArray(to, at, size, from, start, length);
      if (Zstd.isError(count)) {
        throw new IOException("it is no zstd data (" + Zstd.getErrorName(count) + ")");
      }
      if (count != size) {
        throw new IOException("it holds " + count + " bytes: expected " + size);
      }
    } catch (ZstdException e) {
      throw new IOException("it is no zstd data (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public byte[] encode(byte[] raw) {
    byte[] bytes = new byte[Math.toIntExact(Zstd.compressBound(raw.length))];
    long size = Zstd.compressByteArray(bytes, 0, bytes.length, raw, 0, raw.length, level);
    if (Zstd.isError(size)) {
      throw new IllegalStateException("zstd failed: " + Zstd.getErrorName(size));
    }
    return Arrays.copyOf(bytes, (int) size);
  }

  @Override
  public JsonObject asVersion2() {
    JsonObject json = new JsonObject();
    json.addProperty("id", "zstd");
    json.addProperty("level", level);
    return json;
  }

  @Override
  public JsonObject asVersion3() {
    JsonObject configuration = new JsonObject();
    configuration.addProperty("level", level);
    configuration.addProperty("checksum", false);
    return Version3.named("zstd", configuration);
  }
}
