package org.uniem.volumes.codecs;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Arrays;

/**
 * The codec {@code zstd}.
 *
 * @param level 1 … 22, or below for speed; 0 stands for 3
 */
public record Zstandard(int level) implements Codec {

  /**
   * Restores all frames, whether they tell their size or not, in one go: the size in a header is
   * asked for nowhere, since it may be missing (a stream), be that of the first frame only, or be
   * damaged.
   */
  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    byte[] raw = new byte[Limits.most(encoded.length, limit)];
    int count = restore(encoded, 0, encoded.length, raw, 0, raw.length);
    return count == raw.length ? raw : Arrays.copyOf(raw, count);
  }

  /** Restores exactly the given number of bytes. */
  static void decode(byte[] from, int start, int length, byte[] to, int at, int size)
      throws IOException {
    int count = restore(from, start, length, to, at, size);
    if (count != size) {
      throw new IOException("it holds " + count + " bytes: expected " + size);
    }
  }

  private static int restore(byte[] from, int start, int length, byte[] to, int at, int room)
      throws IOException {
    if (length == 0) {
      throw new IOException("it is empty: expected Zstandard data");
    }
    try {
      long count = Zstd.decompressByteArray(to, at, room, from, start, length);
      if (Zstd.isError(count)) {
        throw damaged(Zstd.getErrorCode(count), Zstd.getErrorName(count), room, null);
      }
      return (int) count;
    } catch (ZstdException e) {
      throw damaged(e.getErrorCode(), e.getMessage(), room, e);
    }
  }

  /** Some releases of the library return a failure, others throw it. */
  private static IOException damaged(long code, String reason, int room, ZstdException cause) {
    if (code == Zstd.errDstSizeTooSmall()) {
      return Limits.tooLarge(room);
    }
    String words =
        code == Zstd.errPrefixUnknown()
            ? "it does not begin as Zstandard data do"
            : code == Zstd.errSrcSizeWrong()
                ? "its Zstandard data end too soon, or something else follows them"
                : code == Zstd.errDictionaryWrong()
                    ? "its Zstandard data were made with a dictionary, which is not supported"
                    : "its Zstandard data are damaged (" + reason + ")";
    return new IOException(words, cause);
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
