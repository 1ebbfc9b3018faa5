package org.uniem.volumes.codecs.numbers;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.codecs.Decoder;

/**
 * The filter {@code delta}: each number is stored as its difference from the one before.
 *
 * @param type of the numbers
 * @param stored of the differences
 */
public record Delta(NumberType type, NumberType stored) implements Decoder {

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    int count = stored.count(encoded);
    ByteBuffer from = stored.wrap(encoded);
    ByteBuffer to = type.allocate(count, limit);
    if (type.type() == ElementType.FLOAT32) {
      float sum = 0;
      for (int i = 0; i < count; i++) {
        sum += (float) stored.real(from, i);
        to.putFloat(i * Float.BYTES, sum);
      }
    } else if (type.type().isFloat()) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += stored.real(from, i);
        type.putReal(to, i, sum);
      }
    } else {
      // Integers go round, in the numbers as in their differences.
      long sum = 0;
      for (int i = 0; i < count; i++) {
        sum += stored.integer(from, i);
        type.putInteger(to, i, sum);
      }
    }
    return to.array();
  }

  @Override
  public long most(long raw) {
    return raw / type.type().bytes() * stored.type().bytes();
  }
}
