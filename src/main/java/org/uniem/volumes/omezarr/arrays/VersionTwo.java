package org.uniem.volumes.omezarr.arrays;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uniem.volumes.chunked.ChunkKeys;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.codecs.Codec;
import org.uniem.volumes.codecs.Decoder;

/**
 * The metadata of arrays of <a href="https://zarr-specs.readthedocs.io/en/latest/v2/v2.0.html">Zarr
 * v2</a>.
 */
final class VersionTwo {

  static final String FILE_NAME = ".zarray";

  private VersionTwo() {}

  static ArrayMetadata parse(Metadata metadata) {
    if (metadata.number("zarr_format", 0) != 2) {
      throw metadata.wrong("zarr_format", "2");
    }
    String dtype = metadata.text("dtype");
    Optional<ElementType> known =
        dtype.matches("[<>|].+") ? ElementType.ofCode(dtype.substring(1)) : Optional.empty();
    ElementType type =
        known.orElseThrow(
            () -> metadata.wrong("dtype", "an integer of up to 64 bits or a float of 32 or 64"));
    ByteOrder order = dtype.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    String layout = metadata.text("order");
    if (!layout.equals("C") && !layout.equals("F")) {
      throw metadata.wrong("order", "C or F");
    }
    long[] shape = ArrayMetadata.shape(metadata);
    return new ArrayMetadata(
        shape,
        ArrayMetadata.chunk(metadata, "chunks", shape, type),
        type,
        order,
        ArrayMetadata.axes(shape.length, layout.equals("F")),
        FillValue.bytes(metadata, type, order),
        keys(metadata),
        codecs(metadata),
        Optional.empty(),
        List.of());
  }

  private static ChunkKeys keys(Metadata metadata) {
    String separator = metadata.text("dimension_separator", ".");
    if (!separator.equals("/") && !separator.equals(".")) {
      throw metadata.wrong("dimension_separator", "/ or .");
    }
    return new ChunkKeys("", separator);
  }

  private static List<Decoder> codecs(Metadata metadata) {
    List<Decoder> codecs = new ArrayList<>();
    for (Metadata filter : metadata.objects("filters")) {
      codecs.addAll(NamedCodecs.of(filter.text("id"), filter));
    }
    if (metadata.has("compressor")) {
      Metadata compressor = metadata.object("compressor").orElseThrow();
      codecs.addAll(NamedCodecs.of(compressor.text("id"), compressor));
    }
    return codecs;
  }

  static JsonObject write(ArrayMetadata array, Optional<Codec> codec) {
    JsonObject json = new JsonObject();
    json.addProperty("zarr_format", 2);
    json.add("shape", VersionThree.numbers(array.shape()));
    json.add("chunks", VersionThree.numbers(array.chunk()));
    String sign = array.type().bytes() == 1 ? "|" : "<";
    json.addProperty("dtype", sign + array.type().code());
    json.add("compressor", codec.<JsonElement>map(Codec::asVersion2).orElse(JsonNull.INSTANCE));
    json.addProperty("fill_value", 0);
    json.addProperty("order", "C");
    json.add("filters", JsonNull.INSTANCE);
    json.addProperty("dimension_separator", array.keys().separator());
    return json;
  }

  /** What makes a folder a group. */
  static JsonObject group() {
    JsonObject json = new JsonObject();
    json.addProperty("zarr_format", 2);
    return json;
  }
}
