package org.uniem.volumes.omezarr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.Folders;
import org.uniem.job.files.StagedOutput;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.chunked.ChunkSlab;
import org.uniem.volumes.omezarr.arrays.ZarrWriter;
import org.uniem.volumes.storage.SliceCount;

/**
 * Writes an image with all its resolutions from its slices, in a folder that appears when it is
 * complete.
 *
 * <p>Keeps a layer of chunks of each resolution; what would take more than an eighth of the largest
 * heap goes through a temporary file in that folder.
 */
final class OmeZarrWriter implements VolumeWriter {

  private final VolumeSpec spec;
  private final List<String> channelNames;
  private final OmeZarrOptions options;
  private final Optional<Job> job;
  private final StagedOutput output;
  private final SliceCount slices;
  private final List<Resolution> resolutions;
  private final List<LevelWriter> writers = new ArrayList<>();
  private final List<ChunkSlab> slabs = new ArrayList<>();
  private Optional<Pyramid<float[]>> images = Optional.empty();
  private Optional<Pyramid<long[]>> labels = Optional.empty();
  private float min = Float.POSITIVE_INFINITY;
  private float max = Float.NEGATIVE_INFINITY;

  OmeZarrWriter(
      Path target,
      VolumeSpec spec,
      List<String> channelNames,
      OmeZarrOptions options,
      Optional<Job> job) {
    this(target, spec, channelNames, options, job, Runtime.getRuntime().maxMemory() / 8);
  }

  /** As the other, with the most bytes that layers of chunks may take in memory. */
  OmeZarrWriter(
      Path target,
      VolumeSpec spec,
      List<String> channelNames,
      OmeZarrOptions options,
      Optional<Job> job,
      long memory) {
    this.spec = spec;
    this.channelNames = List.copyOf(channelNames);
    this.options = options;
    this.job = job;
    resolutions =
        Resolution.of(
            new long[] {spec.width(), spec.height(), spec.depth()},
            new double[] {
              spec.voxelSize().x(), spec.voxelSize().y(), spec.voxelSize().zOr(spec.voxelSize().x())
            },
            options.levels());
    requireChunksFit();
    output = new StagedOutput(target, true);
    slices = new SliceCount(output.target(), spec);
    try {
      createLevels(memory);
    } catch (IOException e) {
      OutputException failure = slices.failed(e);
      closeAfter(failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      closeAfter(e);
      throw e;
    }
  }

  private void requireChunksFit() {
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
    long bytes = (long) options.chunkX() * options.chunkY();
    if (bytes > Integer.MAX_VALUE / 16 / options.chunkZ() / spec.pixelType().bytes()) {
      throw new BadParameterException(
          "Chunks of "
              + options.chunkX()
              + " x "
              + options.chunkY()
              + " x "
              + options.chunkZ()
              + " voxels are too large: give less than 128 MB.");
    }
  }

  /** The coarse ones get memory first, since a file costs them the most for what it saves. */
  private void createLevels(long memory) throws IOException {
    long left = memory;
    LevelWriter[] levels = new LevelWriter[resolutions.size()];
    for (int level = levels.length - 1; level >= 0; level--) {
      Resolution size = resolutions.get(level);
      int[] chunk = chunkOf(size);
      int bytes = spec.pixelType().bytes();
      long needed = spec.channels() * ChunkSlab.bytes(size.width(), size.height(), bytes, chunk);
      boolean fits = needed <= left;
      left -= fits ? needed : 0;
      List<ChunkSlab> layer = new ArrayList<>();
      for (int c = 0; c < spec.channels(); c++) {
        Path spill = output.temporary().resolve("layer-" + level + "-" + c + ".partial");
        ChunkSlab slab =
            new ChunkSlab(
                (int) size.width(),
                (int) size.height(),
                bytes,
                chunk,
                fits ? Optional.empty() : Optional.of(spill));
        slabs.add(slab);
        layer.add(slab);
      }
      levels[level] = new LevelWriter(arrayOf(level), layer, chunk[2], size.depth(), job);
    }
    writers.addAll(Arrays.asList(levels));
  }

  private int[] chunkOf(Resolution size) {
    return new int[] {
      (int) Math.min(options.chunkX(), size.width()),
      (int) Math.min(options.chunkY(), size.height()),
      (int) Math.min(options.chunkZ(), size.depth())
    };
  }

  private ZarrWriter arrayOf(int level) {
    Resolution size = resolutions.get(level);
    int[] chunk = chunkOf(size);
    boolean several = spec.channels() > 1;
    return new ZarrWriter(
        output.temporary().resolve(String.valueOf(level)),
        options.version().zarr(),
        several
            ? new long[] {spec.channels(), size.depth(), size.height(), size.width()}
            : new long[] {size.depth(), size.height(), size.width()},
        several
            ? new int[] {1, chunk[2], chunk[1], chunk[0]}
            : new int[] {chunk[2], chunk[1], chunk[0]},
        spec.pixelType(),
        options.compression().codec(spec.pixelType()),
        several ? List.of("c", "z", "y", "x") : List.of("z", "y", "x"));
  }

  @Override
  public void writeSlice(float[]... channels) {
    slices.requireNext(channels);
    begin(false);
    List<byte[]> encoded = new ArrayList<>();
    MeanSlices kind = new MeanSlices();
    for (float[] channel : channels) {
      encoded.add(kind.encode(channel, spec.pixelType(), slices.position()));
    }
    if (labels.isPresent()) {
      add(labels.get(), Arrays.stream(channels).map(OmeZarrWriter::ids).toList(), encoded);
    } else {
      addToRange(channels);
      add(images.orElseThrow(), List.of(channels), encoded);
    }
  }

  @Override
  public void writeLabels(long[]... channels) {
    slices.requireNext(channels);
    begin(true);
    List<byte[]> encoded = new ArrayList<>();
    ModeSlices kind = new ModeSlices();
    for (long[] channel : channels) {
      encoded.add(kind.encode(channel, spec.pixelType(), slices.position()));
    }
    if (labels.isPresent()) {
      add(labels.get(), List.of(channels), encoded);
    } else {
      List<float[]> values = Arrays.stream(channels).map(this::intensities).toList();
      addToRange(values.toArray(float[][]::new));
      add(images.orElseThrow(), values, encoded);
    }
  }

  private <A> void add(Pyramid<A> pyramid, List<A> channels, List<byte[]> encoded) {
    job.ifPresent(Job::checkCancelled);
    try {
      pyramid.add(channels, encoded, slices.position());
    } catch (IOException e) {
      throw slices.failed(e);
    }
    slices.advance();
  }

  private void begin(boolean asLabels) {
    if (images.isPresent() || labels.isPresent()) {
      return;
    }
    PixelType type = spec.pixelType();
    if (options.labels().orElse(asLabels || spec.labelKey().isPresent())) {
      if (type == PixelType.FLOAT32) {
        throw new BadParameterException(
            "Labels in an OME-Zarr need whole numbers: choose an integer type, not " + type + ".");
      }
      labels = Optional.of(new Pyramid<>(new ModeSlices(), type, resolutions, writers));
    } else {
      images = Optional.of(new Pyramid<>(new MeanSlices(), type, resolutions, writers));
    }
  }

  private static long[] ids(float[] values) {
    long[] ids = new long[values.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Math.round((double) values[i]);
    }
    return ids;
  }

  private float[] intensities(long[] ids) {
    // The largest value of wide types is no float: the nearest one would not fit into them.
    PixelType type = spec.pixelType();
    float most =
        type == PixelType.FLOAT32 ? Float.MAX_VALUE : Math.nextDown((float) type.fullScale());
    float[] values = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      float value = ids[i] < 0 ? 2f * (ids[i] >>> 1 | ids[i] & 1) : ids[i];
      values[i] = Math.min(value, most);
    }
    return values;
  }

  private void addToRange(float[][] channels) {
    if (spec.pixelType() != PixelType.FLOAT32) {
      return;
    }
    for (float[] channel : channels) {
      for (float value : channel) {
        min = Math.min(min, Float.isFinite(value) ? value : min);
        max = Math.max(max, Float.isFinite(value) ? value : max);
      }
    }
  }

  @Override
  public void commit() {
    slices.requireAll();
    String name = output.target().getFileName().toString().replaceAll("(\\.ome)?\\.zarr$", "");
    OmeAttributes attributes =
        new OmeAttributes(
            name, spec, channelNames, options.version(), labels.isPresent(), resolutions);
    boolean finite = Float.isFinite(min);
    try {
      closeSlabs();
      ZarrWriter.writeGroup(
          output.temporary(),
          options.version().zarr(),
          attributes.json(finite ? min : 0, finite ? max : 1));
      Folders.syncTree(output.temporary());
    } catch (IOException e) {
      throw slices.failed(e);
    }
    output.commit();
  }

  private void closeSlabs() throws IOException {
    for (ChunkSlab slab : slabs) {
      slab.close();
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
      closeSlabs();
    } catch (IOException e) {
      throw new OutputException("Cannot close " + output.temporary() + ": " + e.getMessage(), e);
    } finally {
      output.discard();
    }
  }
}
