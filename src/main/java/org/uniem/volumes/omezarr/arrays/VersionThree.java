package org.uniem.volumes.omezarr.arrays;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uniem.volumes.chunked.ChunkKeys;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.codecs.Codec;
import org.uniem.volumes.codecs.Crc32Checksum;
import org.uniem.volumes.codecs.Decoder;
import org.uniem.volumes.codecs.Version3;

/**
 * The metadata of arrays of <a
 * href="https://zarr-specs.readthedocs.io/en/latest/v3/core/index.html">Zarr v3</a>.
 */
final class VersionThree {

  private static final String CODECS = "codecs";

  /** Chunks of a shard whose places, 16 bytes each, Java holds in one array. */
  private static final int LARGEST_INDEX = Integer.MAX_VALUE / 32;

  private VersionThree() {}

  /** What a list of codecs says: how elements lie in a chunk, and what is done to its bytes. */
  private record Chain(
      int[] axes, ByteOrder order, List<Decoder> codecs, Optional<Metadata> sharding) {}

  static ArrayMetadata parse(Metadata metadata) {
    if (metadata.number("zarr_format", 0) != 3) {
      throw metadata.wrong("zarr_format", "3");
    }
    if (!metadata.text("node_type").equals("array")) {
      throw metadata.wrong("node_type", "array");
    }
    if (!metadata.objects("storage_transformers").isEmpty()) {
      throw metadata.wrong("storage_transformers", "none, since none is supported,");
    }
    ElementType type =
        ElementType.ofName(metadata.text("data_type"))
            .orElseThrow(
                () ->
                    metadata.wrong(
                        "data_type", "an integer of up to 64 bits or a float of 32 or 64"));
    long[] shape = ArrayMetadata.shape(metadata);
    Metadata grid = metadata.object("chunk_grid").orElseThrow(() -> noGrid(metadata));
    if (!grid.text("name").equals("regular")) {
      throw noGrid(metadata);
    }
    Metadata sizes = grid.object("configuration").orElseThrow(() -> noGrid(metadata));
    Chain chain = chain(metadata, CODECS, shape.length);
    if (chain.sharding().isPresent()) {
      return sharded(metadata, chain, shape, sizes, type);
    }
    return new ArrayMetadata(
        shape,
        ArrayMetadata.chunk(sizes, "chunk_shape", shape, type),
        type,
        chain.order(),
        chain.axes(),
        FillValue.bytes(metadata, type, chain.order()),
        keys(metadata),
        chain.codecs(),
        Optional.empty(),
        names(metadata));
  }

  private static RuntimeException noGrid(Metadata metadata) {
    return metadata.wrong("chunk_grid", "a regular grid");
  }

  private static ArrayMetadata sharded(
      Metadata metadata, Chain outside, long[] shape, Metadata shard, ElementType type) {
    Metadata sharding = outside.sharding().orElseThrow();
    Chain inside = chain(sharding, CODECS, shape.length);
    if (!outside.codecs().isEmpty() || inside.sharding().isPresent() || isTransposed(outside)) {
      throw metadata.wrong(CODECS, "sharding_indexed alone, not nested or with other codecs,");
    }
    int[] chunk = ArrayMetadata.chunk(sharding, "chunk_shape", shape, type);
    int[] chunks = chunksOfShard(shard, sharding, chunk);
    Chain index = chain(sharding, "index_codecs", shape.length + 1);
    boolean checksum = index.codecs().equals(List.of(new Crc32Checksum()));
    if (!checksum && !index.codecs().isEmpty() || isTransposed(index)) {
      throw sharding.wrong("index_codecs", "bytes, and perhaps crc32c,");
    }
    boolean atStart = sharding.text("index_location", "end").equals("start");
    return new ArrayMetadata(
        shape,
        chunk,
        type,
        inside.order(),
        inside.axes(),
        FillValue.bytes(metadata, type, inside.order()),
        keys(metadata),
        inside.codecs(),
        Optional.of(new Sharding(chunks, atStart, index.order(), checksum)),
        names(metadata));
  }

  /** Only the index of a shard must fit into memory: it is never decoded as a whole. */
  private static int[] chunksOfShard(Metadata shard, Metadata sharding, int[] chunk) {
    long[] outer = shard.longs("chunk_shape");
    int[] chunks = new int[chunk.length];
    long room = LARGEST_INDEX;
    for (int d = 0; d < chunk.length; d++) {
      if (outer.length != chunk.length || outer[d] < 1 || outer[d] % chunk[d] != 0) {
        throw sharding.wrong("chunk_shape", "sizes that divide those of a shard");
      }
      room /= outer[d] / chunk[d];
      if (room < 1) {
        throw shard.wrong("chunk_shape", "shards of less than " + LARGEST_INDEX + " chunks");
      }
      chunks[d] = (int) (outer[d] / chunk[d]);
    }
    return chunks;
  }

  private static List<String> names(Metadata metadata) {
    return metadata.has("dimension_names") ? metadata.texts("dimension_names") : List.of();
  }

  private static boolean isTransposed(Chain chain) {
    int[] axes = chain.axes();
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] != i) {
        return true;
      }
    }
    return false;
  }

  private static Chain chain(Metadata metadata, String key, int dimensions) {
    int[] axes = ArrayMetadata.axes(dimensions, false);
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    List<Decoder> codecs = new ArrayList<>();
    Optional<Metadata> sharding = Optional.empty();
    for (Metadata codec : metadata.objects(key)) {
      Metadata options =
          codec
              .object("configuration")
              .orElseGet(() -> new Metadata(metadata.file(), new JsonObject()));
      switch (codec.text("name")) {
        case "transpose" -> axes = transposed(axes, options);
        case "bytes", "endian" -> order = order(options);
        case "sharding_indexed" -> sharding = Optional.of(options);
        default -> codecs.addAll(NamedCodecs.of(codec.text("name"), options));
      }
    }
    // Filters tell the order of bytes by themselves, which is the usual one.
    if (order == ByteOrder.BIG_ENDIAN && codecs.stream().anyMatch(NamedCodecs::isFilter)) {
      throw metadata.wrong(key, "little-endian numbers where filters are used");
    }
    return new Chain(axes, order, codecs, sharding);
  }

  private static ByteOrder order(Metadata options) {
    return options.text("endian", "little").equals("big")
        ? ByteOrder.BIG_ENDIAN
        : ByteOrder.LITTLE_ENDIAN;
  }

  private static int[] transposed(int[] axes, Metadata options) {
    long[] order = options.longs("order");
    int[] result = new int[axes.length];
    boolean[] seen = new boolean[axes.length];
    if (order.length != axes.length) {
      throw options.wrong("order", "each axis once");
    }
    for (int i = 0; i < order.length; i++) {
      if (order[i] < 0 || order[i] >= axes.length || seen[(int) order[i]]) {
        throw options.wrong("order", "each axis once");
      }
      int axis = (int) order[i];
      seen[axis] = true;
      result[i] = axes[axis];
    }
    return result;
  }

  private static ChunkKeys keys(Metadata metadata) {
    Metadata encoding =
        metadata
            .object("chunk_key_encoding")
            .orElseThrow(() -> metadata.wrong("chunk_key_encoding", "an object"));
    boolean two = encoding.text("name").equals("v2");
    if (!two && !encoding.text("name").equals("default")) {
      throw metadata.wrong("chunk_key_encoding", "default or v2");
    }
    String usual = two ? "." : "/";
    String separator =
        encoding.object("configuration").map(o -> o.text("separator", usual)).orElse(usual);
    if (!separator.equals("/") && !separator.equals(".")) {
      throw metadata.wrong("chunk_key_encoding", "the separator / or .");
    }
    return new ChunkKeys(two ? "" : "c" + separator, separator);
  }

  static JsonObject write(ArrayMetadata array, Optional<Codec> codec) {
    JsonObject json = new JsonObject();
    json.addProperty("zarr_format", 3);
    json.addProperty("node_type", "array");
    json.add("shape", numbers(array.shape()));
    json.addProperty("data_type", array.type().versionThreeName());
    JsonObject sizes = new JsonObject();
    sizes.add("chunk_shape", numbers(array.chunk()));
    json.add("chunk_grid", Version3.named("regular", sizes));
    JsonObject separator = new JsonObject();
    separator.addProperty("separator", array.keys().separator());
    json.add("chunk_key_encoding", Version3.named("default", separator));
    json.add("fill_value", array.type().isFloat() ? new JsonPrimitive(0.0) : new JsonPrimitive(0));
    JsonArray codecs = new JsonArray();
    JsonObject endian = new JsonObject();
    endian.addProperty("endian", "little");
    codecs.add(Version3.named("bytes", endian));
    codec.ifPresent(compressor -> codecs.add(compressor.asVersion3()));
    json.add(CODECS, codecs);
    JsonArray names = new JsonArray();
    array.dimensionNames().forEach(names::add);
    json.add("dimension_names", names);
    json.add("attributes", new JsonObject());
    return json;
  }

  /** What makes a folder a group with these attributes. */
  static JsonObject group(JsonObject attributes) {
    JsonObject json = new JsonObject();
    json.addProperty("zarr_format", 3);
    json.addProperty("node_type", "group");
    json.add("attributes", attributes);
    return json;
  }

  static JsonArray numbers(long[] values) {
    JsonArray array = new JsonArray();
    for (long value : values) {
      array.add(value);
    }
    return array;
  }

  static JsonArray numbers(int[] values) {
    JsonArray array = new JsonArray();
    for (int value : values) {
      array.add(value);
    }
    return array;
  }
}
