package org.uniem.volumes.codecs.numbers;

import java.io.IOException;
import org.uniem.volumes.codecs.Decoder;

/**
 * The filter {@code packbits}: eight booleans in a byte, the first in the highest bit, behind a
 * byte that says how many bits at the end are none.
 */
public record PackedBits() implements Decoder {

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    int bits = 8 * Math.max(0, encoded.length - 1);
    int unused = encoded.length == 0 ? 0 : encoded[0] & 0xff;
    if (unused > 7 || bits - unused < 0 || bits - unused > limit) {
      throw new IOException("its packed bits are damaged");
    }
    byte[] raw = new byte[bits - unused];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) (encoded[1 + i / 8] >> 7 - i % 8 & 1);
    }
    return raw;
  }

  @Override
  public long most(long raw) {
    return raw / 8 + 2;
  }
}
