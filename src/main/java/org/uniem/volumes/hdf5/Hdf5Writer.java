package org.uniem.volumes.hdf5;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uniem.job.BadParameterException;
import org.uniem.job.OutputException;
import org.uniem.job.files.StagedOutput;
import org.uniem.volumes.LengthUnit;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.chunked.ChunkSlab;
import org.uniem.volumes.hdf5.structure.DatasetWriter;
import org.uniem.volumes.hdf5.structure.NewAttribute;
import org.uniem.volumes.storage.PixelBytes;
import org.uniem.volumes.storage.SliceCount;

/**
 * Writes a dataset with axes z, y, x, or c, z, y, x, and the attributes that other programs look
 * for. Keeps a layer of chunks; what would take more than an eighth of the largest heap goes
 * through a temporary file beside the output.
 */
final class Hdf5Writer implements VolumeWriter {

  /** Where the dataset goes if no path in the file is given. */
  static final String DEFAULT_PATH = "/data";

  private static final int[] LARGEST_CHUNK = {128, 128, 32};
  private static final int SPACE_FLAG = 2;
  private static final int CHANNEL_FLAG = 1;

  private final VolumeSpec spec;
  private final String path;
  private final int[] chunk = new int[3];
  private final StagedOutput output;
  private final SliceCount slices;
  private final List<ChunkSlab> slabs = new ArrayList<>();
  private Optional<DatasetWriter> file = Optional.empty();
  private boolean labels;

  Hdf5Writer(Hdf5Path target, VolumeSpec spec) {
    this(target, spec, Runtime.getRuntime().maxMemory() / 8);
  }

  /** As the other, with the most bytes that a layer of chunks may take in memory. */
  Hdf5Writer(Hdf5Path target, VolumeSpec spec, long memory) {
    this.spec = spec;
    path = target.inner().isEmpty() ? DEFAULT_PATH : target.inner();
    labels = spec.labelKey().isPresent();
    requireSlicesFit();
    long[] size = {spec.width(), spec.height(), spec.depth()};
    for (int d = 0; d < 3; d++) {
      chunk[d] = (int) Math.min(LARGEST_CHUNK[d], size[d]);
    }
    output = new StagedOutput(target.file(), false);
    slices = new SliceCount(output.target(), spec);
    try {
      boolean several = spec.channels() > 1;
      file =
          Optional.of(
              new DatasetWriter(
                  output.temporary(),
                  several
                      ? new long[] {spec.channels(), size[2], size[1], size[0]}
                      : new long[] {size[2], size[1], size[0]},
                  several
                      ? new int[] {1, chunk[2], chunk[1], chunk[0]}
                      : new int[] {chunk[2], chunk[1], chunk[0]},
                  spec.pixelType()));
      createSlabs(memory);
    } catch (IOException e) {
      OutputException failure = slices.failed(e);
      closeAfter(failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      closeAfter(e);
      throw e;
    }
  }

  private void requireSlicesFit() {
    // Divided, since the product could overflow.
    if (spec.width() > Integer.MAX_VALUE / spec.pixelType().bytes() / spec.height()) {
      throw new BadParameterException(
          "Slices of "
              + spec.width()
              + " x "
              + spec.height()
              + " pixels of "
              + spec.pixelType()
              + " are too large to write: expected less than 2 GB. Give a part, or a smaller pixel"
              + " type.");
    }
  }

  private void createSlabs(long memory) throws IOException {
    int bytes = spec.pixelType().bytes();
    long needed = spec.channels() * ChunkSlab.bytes(spec.width(), spec.height(), bytes, chunk);
    String name = output.temporary().getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    for (int c = 0; c < spec.channels(); c++) {
      Path spill = output.temporary().resolveSibling(name + "-layer-" + c + ".partial");
      slabs.add(
          new ChunkSlab(
              (int) spec.width(),
              (int) spec.height(),
              bytes,
              chunk,
              needed > memory ? Optional.of(spill) : Optional.empty()));
    }
  }

  @Override
  public void writeSlice(float[]... channels) {
    slices.requireNext(channels);
    List<byte[]> encoded = new ArrayList<>();
    for (float[] channel : channels) {
      encoded.add(
          PixelBytes.encode(channel, spec.pixelType(), ByteOrder.LITTLE_ENDIAN, slices.position()));
    }
    add(encoded);
  }

  @Override
  public void writeLabels(long[]... channels) {
    slices.requireNext(channels);
    labels |= spec.pixelType() != PixelType.FLOAT32;
    List<byte[]> encoded = new ArrayList<>();
    for (long[] channel : channels) {
      encoded.add(
          PixelBytes.encode(channel, spec.pixelType(), ByteOrder.LITTLE_ENDIAN, slices.position()));
    }
    add(encoded);
  }

  private void add(List<byte[]> encoded) {
    int z = (int) (slices.written() % chunk[2]);
    try {
      for (int c = 0; c < encoded.size(); c++) {
        slabs.get(c).put(z, encoded.get(c));
      }
      if (z == chunk[2] - 1 || slices.written() == spec.depth() - 1) {
        writeLayer((int) (slices.written() / chunk[2]), z + 1);
      }
    } catch (IOException e) {
      throw slices.failed(e);
    }
    slices.advance();
  }

  private void writeLayer(int layer, int filled) throws IOException {
    int layers = (int) ((spec.depth() - 1) / chunk[2] + 1);
    for (int c = 0; c < slabs.size(); c++) {
      ChunkSlab slab = slabs.get(c);
      int columns = slab.columnsX() * slab.columnsY();
      for (int column = 0; column < columns; column++) {
        file.orElseThrow()
            .write((c * layers + layer) * columns + column, slab.chunk(column, filled));
      }
    }
  }

  @Override
  public void commit() {
    slices.requireAll();
    try {
      file.orElseThrow().finish(path, attributes());
      closeFiles();
    } catch (IOException e) {
      throw slices.failed(e);
    }
    output.commit();
  }

  private List<NewAttribute> attributes() {
    List<NewAttribute> attributes = new ArrayList<>();
    VoxelSize size = spec.voxelSize();
    if (size.isKnown()) {
      addSizes(size, attributes);
    }
    attributes.add(NewAttribute.text("axistags", axisTags()));
    if (labels) {
      attributes.add(NewAttribute.numbers(Hdf5Format.LABELS, 1));
    }
    spec.labelKey()
        .ifPresent(
            key -> {
              String names = String.join(",", key.classNames());
              attributes.add(NewAttribute.text(Hdf5Format.CLASSES, names));
              attributes.add(NewAttribute.numbers(Hdf5Format.UNLABELLED, key.unlabelled()));
            });
    return attributes;
  }

  private static void addSizes(VoxelSize size, List<NewAttribute> attributes) {
    String micrometer = LengthUnit.MICROMETER.symbol();
    Optional<VoxelSize> micrometers = size.in(micrometer);
    if (micrometers.isPresent() && size.hasDepth()) {
      VoxelSize nanometers = size.in(LengthUnit.NANOMETER.symbol()).orElseThrow();
      attributes.add(sizes(Hdf5Spacing.MICROMETERS, micrometers.get()));
      attributes.add(sizes(Hdf5Spacing.NANOMETERS, nanometers));
    } else {
      attributes.add(sizes(Hdf5Spacing.OTHERS, size));
    }
    attributes.add(NewAttribute.text(Hdf5Spacing.UNIT, size.unit()));
  }

  private static NewAttribute sizes(String name, VoxelSize size) {
    return NewAttribute.numbers(name, size.zOr(Double.NaN), size.y(), size.x());
  }

  /** The names of the axes as ilastik has them. */
  private String axisTags() {
    JsonArray axes = new JsonArray();
    for (char key : (spec.channels() > 1 ? "czyx" : "zyx").toCharArray()) {
      JsonObject axis = new JsonObject();
      axis.addProperty("key", String.valueOf(key));
      axis.addProperty("typeFlags", key == 'c' ? CHANNEL_FLAG : SPACE_FLAG);
      axis.addProperty("resolution", 0);
      axis.addProperty("description", "");
      axes.add(axis);
    }
    JsonObject tags = new JsonObject();
    tags.add("axes", axes);
    return tags.toString();
  }

  private void closeFiles() throws IOException {
    IOException failure = null;
    List<Closeable> open = new ArrayList<>();
    slabs.forEach(slab -> open.add(slab::close));
    file.ifPresent(writer -> open.add(writer::close));
    for (Closeable each : open) {
      try {
        each.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    try {
      closeFiles();
    } catch (IOException e) {
      throw new OutputException("Cannot close " + output.temporary() + ": " + e.getMessage(), e);
    } finally {
      output.discard();
    }
  }
}
