package org.uniem.volumes.codecs;

import com.google.gson.JsonObject;

/** Turns the bytes of a chunk into fewer, and back. Stateless and thread-safe. */
public interface Codec extends Decoder {

  /** Compresses bytes, or adds a checksum. */
  byte[] encode(byte[] raw);

  /** The configuration in the metadata of a Zarr v2 array: an id and its parameters. */
  JsonObject asVersion2();

  /** The entry in the metadata of a Zarr v3 array: a name and its configuration. */
  JsonObject asVersion3();
}
