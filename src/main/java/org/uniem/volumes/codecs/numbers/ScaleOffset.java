package org.uniem.volumes.codecs.numbers;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.codecs.Decoder;

/**
 * The filter {@code fixedscaleoffset}: numbers are stored as whole ones, less an offset and times a
 * scale.
 *
 * @param type of the numbers
 * @param stored in the file
 * @param scale what they were multiplied with
 * @param offset what was subtracted before
 */
public record ScaleOffset(NumberType type, NumberType stored, double scale, double offset)
    implements Decoder {

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    int count = stored.count(encoded);
    ByteBuffer from = stored.wrap(encoded);
    ByteBuffer to = type.allocate(count, limit);
    boolean single = stored.type() == ElementType.FLOAT32;
    for (int i = 0; i < count; i++) {
      double value = stored.real(from, i);
      // Rounded as in the arithmetic of 32-bit floats, which NumPy keeps for those.
      type.putReal(
          to, i, single ? (float) value / (float) scale + (float) offset : value / scale + offset);
    }
    return to.array();
  }

  @Override
  public long most(long raw) {
    return raw / type.type().bytes() * stored.type().bytes();
  }
}
