package org.uniem.volumes.codecs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * The codecs {@code bz2} of Zarr and {@code bzip2} of N5; several streams may follow each other.
 */
public record Bzip2() implements Decoder {

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    try (InputStream in = new BZip2CompressorInputStream(new ByteArrayInputStream(encoded), true)) {
      return Limits.readAll(in, limit);
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw Limits.damaged("bzip2", e);
    }
  }
}
