package org.uniem.volumes;

import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Type;

/** Voxel sizes in models and other files of ours. Stateless. */
final class VoxelSizeJson implements JsonSerializer<VoxelSize>, JsonDeserializer<VoxelSize> {

  @Override
  public JsonElement serialize(VoxelSize size, Type type, JsonSerializationContext context) {
    JsonObject json = new JsonObject();
    json.addProperty("x", size.x());
    json.addProperty("y", size.y());
    json.add("z", size.hasDepth() ? new JsonPrimitive(size.z()) : JsonNull.INSTANCE);
    json.addProperty("unit", size.unit());
    return json;
  }

  @Override
  public VoxelSize deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
    if (!json.isJsonObject()) {
      throw new JsonParseException("a voxel size is no object of x, y, z and unit: " + json);
    }
    JsonElement unit = json.getAsJsonObject().get("unit");
    boolean given = unit != null && unit.isJsonPrimitive();
    return new VoxelSize(
        length(json.getAsJsonObject(), "x"),
        length(json.getAsJsonObject(), "y"),
        length(json.getAsJsonObject(), "z"),
        given ? unit.getAsString() : VoxelSize.UNKNOWN.unit());
  }

  private static double length(JsonObject json, String axis) {
    JsonElement value = json.get(axis);
    if (axis.equals("z") && (value == null || value.isJsonNull())) {
      return Double.NaN;
    }
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
      throw new JsonParseException("the voxel size has no number for " + axis + ": " + json);
    }
    return value.getAsDouble();
  }
}
