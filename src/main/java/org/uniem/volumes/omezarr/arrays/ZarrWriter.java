package org.uniem.volumes.omezarr.arrays;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.chunked.ChunkKeys;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.codecs.Codec;

/**
 * Writes an array chunk by chunk, each file whole or not at all. Elements are little-endian and in
 * C order; chunks of zeros are not stored. When all is written, {@link
 * org.uniem.job.files.Folders#syncTree} brings it to the disk. Thread-safe for different chunks.
 */
public final class ZarrWriter {

  private final Path folder;
  private final ArrayMetadata metadata;
  private final Optional<Codec> codec;

  /**
   * Writes the metadata of a new array.
   *
   * @param folder the new array
   * @param version of Zarr, 2 or 3
   * @param shape elements per axis, slowest axis first
   * @param chunk elements of a chunk per axis
   * @param type type of an element
   * @param codec what compresses the chunks
   * @param dimensionNames one per axis
   * @throws OutputException if it cannot be written
   */
  public ZarrWriter(
      Path folder,
      int version,
      long[] shape,
      int[] chunk,
      PixelType type,
      Optional<Codec> codec,
      List<String> dimensionNames) {
    this.folder = folder;
    this.codec = codec;
    metadata =
        new ArrayMetadata(
            shape.clone(),
            chunk.clone(),
            ElementType.of(type),
            ByteOrder.LITTLE_ENDIAN,
            ArrayMetadata.axes(shape.length, false),
            new byte[type.bytes()],
            new ChunkKeys(version == 2 ? "" : "c/", "/"),
            List.of(),
            Optional.empty(),
            List.copyOf(dimensionNames));
    if (version == 2) {
      write(folder.resolve(VersionTwo.FILE_NAME), VersionTwo.write(metadata, codec));
    } else {
      write(folder.resolve(Metadata.VERSION_3), VersionThree.write(metadata, codec));
    }
  }

  /**
   * Makes a folder a group.
   *
   * @param version of Zarr, 2 or 3
   * @param attributes what the group says
   * @throws OutputException if it cannot be written
   */
  public static void writeGroup(Path folder, int version, JsonObject attributes) {
    if (version == 2) {
      write(folder.resolve(".zgroup"), VersionTwo.group());
      write(folder.resolve(".zattrs"), attributes);
    } else {
      write(folder.resolve(Metadata.VERSION_3), VersionThree.group(attributes));
    }
  }

  private static void write(Path file, JsonObject json) {
    Gson gson = new GsonBuilder().setPrettyPrinting().serializeNulls().create();
    writeWhole(file, (gson.toJson(json) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes of a chunk before it is compressed. */
  public int chunkBytes() {
    return metadata.chunkBytes();
  }

  /**
   * Compresses and writes a chunk.
   *
   * @param bytes of all its elements, also at the edges of the array
   * @param index number of the chunk along each axis
   * @throws OutputException if it cannot be written
   */
  public void write(byte[] bytes, long... index) {
    if (isZero(bytes)) {
      return;
    }
    byte[] encoded = bytes;
    if (codec.isPresent()) {
      encoded = codec.get().encode(encoded);
    }
    writeWhole(folder.resolve(metadata.keys().of(index)), encoded);
  }

  /** Not synced: an array has too many files to wait for each. */
  private static void writeWhole(Path file, byte[] bytes) {
    Path partial = file.resolveSibling("." + file.getFileName() + WholeFile.PARTIAL);
    try {
      // Several threads at a time may need the same folder.
      Files.createDirectories(file.getParent());
      try (OutputStream out = new FileOutputStream(partial.toFile())) {
        out.write(bytes);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new OutputException(
          "Cannot write "
              + file
              + ": "
              + WholeFile.reason(e)
              + ". Check that the place is writable and has room.",
          e);
    }
  }

  private static boolean isZero(byte[] bytes) {
    for (byte value : bytes) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
