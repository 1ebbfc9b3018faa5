package org.uniem.volumes.codecs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/**
 * The codecs {@code lzma} of Zarr and {@code xz} of N5; several streams may follow each other.
 *
 * @param alone whether in the older format of LZMA instead of XZ
 */
public record Xz(boolean alone) implements Decoder {

  /** More than the highest preset needs. */
  private static final int MOST_KIBIBYTES = 1 << 18;

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    InputStream bytes = new ByteArrayInputStream(encoded);
    try (InputStream in =
        alone
            ? new LZMAInputStream(bytes, MOST_KIBIBYTES)
            : new XZInputStream(bytes, MOST_KIBIBYTES)) {
      return Limits.readAll(in, limit);
    } catch (MemoryLimitException e) {
      throw new IOException("its xz data need more than 256 MB to be restored", e);
    } catch (IOException e) {
      throw Limits.damaged("xz", e);
    }
  }
}
