package org.uniem.volumes.omezarr;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VoxelSize;

/**
 * The metadata of an OME-Zarr image as its group holds them.
 *
 * @param name of the image
 * @param spec what is written
 * @param channelNames one per channel
 * @param version of the format
 * @param labels whether the values are labels
 * @param resolutions the finest first
 */
record OmeAttributes(
    String name,
    VolumeSpec spec,
    List<String> channelNames,
    OmeZarrOptions.Version version,
    boolean labels,
    List<Resolution> resolutions) {

  private static final int AXES = 3;

  /**
   * The attributes of the group.
   *
   * @param min smallest value of a float image
   * @param max largest value of a float image
   */
  JsonObject json(float min, float max) {
    JsonObject ome = new JsonObject();
    boolean latest = version == OmeZarrOptions.Version.V0_5;
    if (latest) {
      ome.addProperty("version", version.text());
    }
    JsonArray multiscales = new JsonArray();
    multiscales.add(multiscale(latest));
    ome.add("multiscales", multiscales);
    if (labels) {
      JsonObject label = new JsonObject();
      label.addProperty("version", version.text());
      ome.add("image-label", label);
    } else {
      ome.add("omero", omero(min, max));
    }
    spec.labelKey().ifPresent(key -> ome.add(OmeMetadata.OWN, own(key)));
    if (!latest) {
      return ome;
    }
    JsonObject attributes = new JsonObject();
    attributes.add("ome", ome);
    return attributes;
  }

  private JsonObject multiscale(boolean latest) {
    JsonObject multiscale = new JsonObject();
    if (!latest) {
      multiscale.addProperty("version", version.text());
    }
    multiscale.addProperty("name", name);
    multiscale.addProperty("type", labels ? "mode" : "mean");
    JsonArray axes = new JsonArray();
    if (spec.channels() > 1) {
      axes.add(axis("c", "channel"));
    }
    for (String axis : List.of("z", "y", "x")) {
      JsonObject space = axis(axis, "space");
      // Other words make viewers refuse the whole image.
      // Nor has an axis one along which no length is known.
      spec.voxelSize()
          .lengthUnit()
          .filter(unit -> !axis.equals("z") || spec.voxelSize().hasDepth())
          .ifPresent(unit -> space.addProperty("unit", unit.fullName()));
      axes.add(space);
    }
    multiscale.add("axes", axes);
    JsonArray datasets = new JsonArray();
    for (int level = 0; level < resolutions.size(); level++) {
      JsonObject dataset = new JsonObject();
      dataset.addProperty("path", String.valueOf(level));
      dataset.add("coordinateTransformations", transformations(resolutions.get(level)));
      datasets.add(dataset);
    }
    multiscale.add("datasets", datasets);
    return multiscale;
  }

  private static JsonObject axis(String name, String type) {
    JsonObject axis = new JsonObject();
    axis.addProperty("name", name);
    axis.addProperty("type", type);
    return axis;
  }

  private JsonArray transformations(Resolution resolution) {
    VoxelSize voxel = spec.voxelSize();
    double[] edges = {voxel.zOr(1), voxel.y(), voxel.x()};
    JsonArray scale = new JsonArray();
    JsonArray translation = new JsonArray();
    if (spec.channels() > 1) {
      scale.add(1.0);
      translation.add(0.0);
    }
    for (int i = 0; i < AXES; i++) {
      int factor = resolution.scale()[AXES - 1 - i];
      scale.add(edges[i] * factor);
      // The centre of a coarse voxel is that of the fine ones in it.
      translation.add(edges[i] * (factor - 1) / 2);
    }
    JsonArray transformations = new JsonArray();
    transformations.add(transformation("scale", scale));
    transformations.add(transformation("translation", translation));
    return transformations;
  }

  private static JsonObject transformation(String type, JsonArray numbers) {
    JsonObject transformation = new JsonObject();
    transformation.addProperty("type", type);
    transformation.add(type, numbers);
    return transformation;
  }

  private JsonObject omero(float min, float max) {
    JsonArray channels = new JsonArray();
    for (String channelName : channelNames) {
      boolean real = spec.pixelType() == PixelType.FLOAT32;
      JsonObject window = new JsonObject();
      for (String end : List.of("min", "start")) {
        window.addProperty(end, real ? min : 0);
      }
      for (String end : List.of("max", "end")) {
        window.addProperty(end, real ? max : spec.pixelType().fullScale());
      }
      JsonObject channel = new JsonObject();
      channel.addProperty("label", channelName);
      channel.addProperty("color", "FFFFFF");
      channel.addProperty("active", true);
      channel.add("window", window);
      channels.add(channel);
    }
    JsonObject omero = new JsonObject();
    omero.add("channels", channels);
    return omero;
  }

  private static JsonObject own(LabelKey key) {
    JsonObject own = new JsonObject();
    own.addProperty("unlabelled", key.unlabelled());
    JsonArray classes = new JsonArray();
    key.classNames().forEach(classes::add);
    own.add("classes", classes);
    return own;
  }
}
