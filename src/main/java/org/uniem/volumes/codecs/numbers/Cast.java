package org.uniem.volumes.codecs.numbers;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.uniem.volumes.codecs.Decoder;

/**
 * The filters {@code astype} and {@code quantize}: numbers are stored in another type.
 *
 * @param type of the numbers
 * @param stored in the file
 */
public record Cast(NumberType type, NumberType stored) implements Decoder {

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    int count = stored.count(encoded);
    ByteBuffer from = stored.wrap(encoded);
    ByteBuffer to = type.allocate(count, limit);
    for (int i = 0; i < count; i++) {
      if (stored.type().isFloat() || type.type().isFloat()) {
        type.putReal(to, i, stored.real(from, i));
      } else {
        type.putInteger(to, i, stored.integer(from, i));
      }
    }
    return to.array();
  }

  @Override
  public long most(long raw) {
    return raw / type.type().bytes() * stored.type().bytes();
  }
}
