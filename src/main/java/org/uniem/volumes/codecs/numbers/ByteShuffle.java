package org.uniem.volumes.codecs.numbers;

import java.io.IOException;
import org.uniem.volumes.codecs.Decoder;

/**
 * The filter {@code shuffle}: the first bytes of all numbers, then the second ones, ….
 *
 * @param size bytes of a number
 */
public record ByteShuffle(int size) implements Decoder {

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    if (encoded.length % size != 0) {
      throw new IOException("it has " + encoded.length + " bytes: expected a multiple of " + size);
    }
    int count = encoded.length / size;
    byte[] raw = new byte[encoded.length];
    for (int b = 0, k = 0; b < size; b++) {
      for (int i = 0; i < count; i++, k++) {
        raw[i * size + b] = encoded[k];
      }
    }
    return raw;
  }

  @Override
  public long most(long raw) {
    return raw;
  }
}
