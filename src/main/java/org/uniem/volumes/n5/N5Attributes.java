package org.uniem.volumes.n5;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.codecs.Blosc;
import org.uniem.volumes.codecs.Bzip2;
import org.uniem.volumes.codecs.Decoder;
import org.uniem.volumes.codecs.Deflate;
import org.uniem.volumes.codecs.Lz4;
import org.uniem.volumes.codecs.Xz;
import org.uniem.volumes.codecs.Zstandard;
import org.uniem.volumes.folders.StoredFolder;
import org.uniem.volumes.omezarr.arrays.Metadata;

/**
 * What a dataset says of its blocks.
 *
 * @param dimensions elements per axis, x first
 * @param blockSize elements of a block per axis
 * @param type of an element
 * @param codec what compressed the blocks, empty where nothing did
 */
record N5Attributes(long[] dimensions, int[] blockSize, ElementType type, Optional<Decoder> codec) {

  static final String FILE_NAME = "attributes.json";
  static final String DIMENSIONS = "dimensions";

  private static final int LARGEST_BLOCK = Integer.MAX_VALUE - (1 << 20);
  private static final int MOST_AXES = 6;

  /** What a folder says, empty where it says nothing. */
  static Optional<Metadata> of(StoredFolder folder) {
    return folder.hasFile(FILE_NAME)
        ? Optional.of(Metadata.read(folder, FILE_NAME))
        : Optional.empty();
  }

  /**
   * Reads those of a dataset.
   *
   * @throws BadInputException if they are damaged or ask for what is not supported
   */
  static N5Attributes parse(Metadata metadata) {
    if (metadata.has("isLabelMultiset") && metadata.text("isLabelMultiset").equals("true")) {
      throw metadata.unsupported("label multisets of Paintera", "one label per voxel");
    }
    ElementType type =
        ElementType.ofName(metadata.text("dataType"))
            .filter(known -> known != ElementType.BOOL)
            .orElseThrow(() -> metadata.wrong("dataType", "an integer of 8 to 64 bits or a float"));
    long[] dimensions = metadata.longs(DIMENSIONS);
    long[] sizes = metadata.longs("blockSize");
    if (dimensions.length < 2 || dimensions.length > MOST_AXES) {
      throw metadata.wrong(DIMENSIONS, "2 to " + MOST_AXES + " axes");
    }
    long room = Long.MAX_VALUE / Long.BYTES;
    long bytes = type.bytes();
    int[] blockSize = new int[dimensions.length];
    for (int d = 0; d < dimensions.length; d++) {
      if (dimensions[d] < 1 || dimensions[d] > room) {
        throw metadata.wrong(DIMENSIONS, "sizes of 1 or more");
      }
      room /= dimensions[d];
      if (sizes.length != dimensions.length || sizes[d] < 1 || sizes[d] > LARGEST_BLOCK / bytes) {
        throw metadata.wrong("blockSize", dimensions.length + " sizes of blocks of less than 2 GB");
      }
      bytes *= sizes[d];
      blockSize[d] = (int) sizes[d];
    }
    return new N5Attributes(dimensions, blockSize, type, codec(metadata));
  }

  private static Optional<Decoder> codec(Metadata metadata) {
    JsonElement found = metadata.json().get("compression");
    Metadata compression = metadata;
    String type;
    if (found != null && found.isJsonObject()) {
      compression = new Metadata(metadata.file(), found.getAsJsonObject());
      type = compression.text("type");
    } else {
      // Of the first versions: a name alone.
      type =
          metadata.has("compression")
              ? metadata.text("compression")
              : metadata.text("compressionType", "raw");
      compression = new Metadata(metadata.file(), new JsonObject());
    }
    return switch (type) {
      case "raw" -> Optional.empty();
      case "gzip" -> Optional.of(new Deflate(!isZlib(compression), 1));
      case "bzip2" -> Optional.of(new Bzip2());
      case "lz4" -> Optional.of(new Lz4(true));
      case "xz" -> Optional.of(new Xz(false));
      case "blosc" -> Optional.of(new Blosc("zstd", 1, 1));
      case "zstd" -> Optional.of(new Zstandard(1));
      default ->
          throw metadata.unsupported(
              "the compression " + type, "raw, gzip, bzip2, lz4, xz, blosc or zstd");
    };
  }

  private static boolean isZlib(Metadata compression) {
    return compression.has("useZlib") && compression.text("useZlib").equals("true");
  }
}
