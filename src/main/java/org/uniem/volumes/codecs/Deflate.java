package org.uniem.volumes.codecs;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The codecs {@code gzip} and {@code zlib}.
 *
 * @param gzip whether with the header of gzip; zlib is in Zarr v2 only
 * @param level 0 … 9
 */
public record Deflate(boolean gzip, int level) implements Codec {

  @Override
  public byte[] decode(byte[] encoded, int limit) throws IOException {
    InputStream bytes = new ByteArrayInputStream(encoded);
    try (InputStream in = gzip ? new GZIPInputStream(bytes) : new InflaterInputStream(bytes)) {
      return Limits.readAll(in, limit);
    } catch (IOException e) {
      throw Limits.damaged(name(), e);
    }
  }

  private String name() {
    return gzip ? "gzip" : "zlib";
  }

  @Override
  public byte[] encode(byte[] raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length / 2 + 64);
    Deflater deflater = new Deflater(level);
    try (OutputStream out = gzip ? gzipped(bytes) : new DeflaterOutputStream(bytes, deflater)) {
      out.write(raw);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory can always be written to.", e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private OutputStream gzipped(OutputStream bytes) throws IOException {
    int chosen = level;
    return new GZIPOutputStream(bytes, 1 << 16) {
      {
        def.setLevel(chosen);
      }
    };
  }

  @Override
  public JsonObject asVersion2() {
    JsonObject json = new JsonObject();
    json.addProperty("id", name());
    json.addProperty("level", level);
    return json;
  }

  @Override
  public JsonObject asVersion3() {
    JsonObject configuration = new JsonObject();
    configuration.addProperty("level", level);
    return Version3.named("gzip", configuration);
  }
}
