package org.uniem.volumes.codecs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;

/**
 * The codecs {@code crc32} and {@code adler32} of Zarr: four bytes of checksum beside the content.
 *
 * @param adler whether it is Adler-32, not CRC-32
 * @param atEnd whether it is after the content, not before it
 */
public record Checksum32(boolean adler, boolean atEnd) implements Decoder {

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    int size = encoded.length - Integer.BYTES;
    if (size < 0) {
      throw new IOException("it has " + encoded.length + " bytes: expected 4 or more");
    }
    int start = atEnd ? 0 : Integer.BYTES;
    Checksum checksum = adler ? new Adler32() : new CRC32();
    checksum.update(encoded, start, size);
    int stored = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt(atEnd ? size : 0);
    if (stored != (int) checksum.getValue()) {
      throw new IOException("its checksum does not fit its content");
    }
    return Arrays.copyOfRange(encoded, start, start + size);
  }
}
