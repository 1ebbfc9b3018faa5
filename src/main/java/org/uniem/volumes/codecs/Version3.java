package org.uniem.volumes.codecs;

import com.google.gson.JsonObject;

/** Entries of the list of codecs of a Zarr v3 array. */
public final class Version3 {

  private Version3() {}

  /** An entry, or any other named thing, with its configuration. */
  public static JsonObject named(String name, JsonObject configuration) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.add("configuration", configuration);
    return json;
  }
}
