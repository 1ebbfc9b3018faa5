package org.uniem.volumes.omezarr.arrays;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.codecs.Blosc;
import org.uniem.volumes.codecs.Codec;
import org.uniem.volumes.codecs.Deflate;
import org.uniem.volumes.codecs.Zstandard;

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
    if (!metadata.objects("filters").isEmpty()) {
      throw metadata.wrong("filters", "no filters, since none is supported,");
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
        ArrayMetadata.fill(metadata, type, order),
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

  private static List<Codec> codecs(Metadata metadata) {
    List<Codec> codecs = new ArrayList<>();
    metadata.object("compressor").ifPresent(compressor -> codecs.add(codec(metadata, compressor)));
    return codecs;
  }

  private static Codec codec(Metadata metadata, Metadata compressor) {
    return switch (compressor.text("id")) {
      case "gzip" -> new Deflate(true, compressor.number("level", 1));
      case "zlib" -> new Deflate(false, compressor.number("level", 1));
      case "zstd" -> new Zstandard(compressor.number("level", 1));
      case "blosc" -> new Blosc("zstd", 1, 1);
      default -> throw metadata.wrong("compressor", "none, gzip, zlib, zstd or blosc");
    };
  }

  static JsonObject write(ArrayMetadata array) {
    JsonObject json = new JsonObject();
    json.addProperty("zarr_format", 2);
    json.add("shape", VersionThree.numbers(array.shape()));
    json.add("chunks", VersionThree.numbers(array.chunk()));
    String sign = array.type().bytes() == 1 ? "|" : "<";
    json.addProperty("dtype", sign + array.type().code());
    json.add(
        "compressor",
        array.codecs().isEmpty() ? JsonNull.INSTANCE : array.codecs().get(0).asVersion2());
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
