package org.uniem.volumes.codecs;

import com.google.gson.JsonObject;
import java.io.IOException;

/** Turns the bytes of a chunk into fewer, and back. Stateless and thread-safe. */
public interface Codec {

  /**
   * Restores bytes.
   *
   * @param encoded what {@link #encode} made, here or elsewhere
   * @param limit the most bytes that can come out
   * @throws IOException if they are damaged or more would come out; says what is wrong
   */
  byte[] decode(byte[] encoded, int limit) throws IOException;

  /** Compresses bytes, or adds a checksum. */
  byte[] encode(byte[] raw);

  /** The configuration in the metadata of a Zarr v2 array: an id and its parameters. */
  JsonObject asVersion2();

  /** The entry in the metadata of a Zarr v3 array: a name and its configuration. */
  JsonObject asVersion3();
}
