package org.uniem.volumes.omezarr.codecs;

import com.google.gson.JsonObject;

/** Entries of the list of codecs of a Zarr v3 array. */
final class Version3 {

  private Version3() {}

  static JsonObject named(String name, JsonObject configuration) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.add("configuration", configuration);
    return json;
  }
}
