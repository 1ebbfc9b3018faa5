package org.uniem.volumes.codecs;

import java.io.IOException;

/** Restores the bytes that a codec turned into others. Stateless and thread-safe. */
public interface Decoder {

  /**
   * Restores bytes.
   *
   * @param encoded what the codec made, here or elsewhere
   * @param limit the most bytes that can come out
   * @throws IOException if they are damaged or more would come out; says what is wrong
   */
  byte[] decode(byte[] encoded, int limit) throws IOException;

  /**
   * The most bytes that the codec makes of some.
   *
   * @param raw how many there are before
   */
  default long most(long raw) {
    return raw + raw / 16 + (1 << 16);
  }
}
