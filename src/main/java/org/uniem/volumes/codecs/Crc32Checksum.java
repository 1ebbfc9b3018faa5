package org.uniem.volumes.codecs;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The codec {@code crc32c}: four bytes of checksum after the content. */
public record Crc32Checksum() implements Codec {

  /** Bytes that the checksum takes. */
  public static final int BYTES = 4;

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    int size = encoded.length - BYTES;
    if (size < 0) {
      throw new IOException("it has " + encoded.length + " bytes: expected 4 or more");
    }
    int stored = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt(size);
    if (stored != checksum(encoded, size)) {
      throw new IOException("its checksum does not fit its content");
    }
    return Arrays.copyOf(encoded, size);
  }

  private static int checksum(byte[] bytes, int size) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, size);
    return (int) crc.getValue();
  }

  @Override
  public byte[] encode(byte[] raw) {
    byte[] bytes = Arrays.copyOf(raw, raw.length + BYTES);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(raw.length, checksum(raw, raw.length));
    return bytes;
  }

  @Override
  public JsonObject asVersion2() {
    JsonObject json = new JsonObject();
    json.addProperty("id", "crc32c");
    return json;
  }

  @Override
  public JsonObject asVersion3() {
    JsonObject json = new JsonObject();
    json.addProperty("name", "crc32c");
    return json;
  }
}
