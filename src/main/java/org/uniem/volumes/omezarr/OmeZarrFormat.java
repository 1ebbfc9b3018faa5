package org.uniem.volumes.omezarr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.uniem.job.Job;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeFormat;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.chunked.ChunkedVolume;
import org.uniem.volumes.chunked.VolumeAxes;
import org.uniem.volumes.folders.DiskFolder;
import org.uniem.volumes.folders.StoredFolder;
import org.uniem.volumes.omezarr.arrays.Metadata;
import org.uniem.volumes.omezarr.arrays.ZarrArray;

/**
 * OME-Zarr images and labels of versions 0.4 and 0.5. Stateless.
 *
 * <p>A group is read in its finest resolution; the path of one of its arrays gives another. A
 * volume keeps decoded chunks of up to an eighth of the largest heap: slices of chunked files are
 * read fast where a layer of chunks fits into it.
 */
public final class OmeZarrFormat implements VolumeFormat {

  private static final List<String> METADATA_FILES =
      List.of(Metadata.VERSION_3, ".zattrs", ".zgroup", ".zarray", ".zmetadata");

  /** Folders between an image and its arrays, as some programs make them. */
  private static final int MOST_FOLDERS_BETWEEN = 3;

  @Override
  public String description() {
    return "OME-Zarr (.ome.zarr)";
  }

  @Override
  public boolean reads(Path path) {
    if (Files.isDirectory(path)) {
      return path.toString().endsWith(".zarr")
          || METADATA_FILES.stream().anyMatch(name -> Files.exists(path.resolve(name)))
          || ZarrArray.isArray(new DiskFolder(path.toAbsolutePath().normalize()));
    }
    return METADATA_FILES.contains(path.getFileName().toString());
  }

  @Override
  public Volume open(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      // The file in it that a file chooser offered.
      folder = folder.getParent();
    }
    return open(new DiskFolder(folder));
  }

  private static Volume open(StoredFolder folder) {
    if (ZarrArray.isArray(folder)) {
      return openArray(folder);
    }
    StoredFolder place = folder;
    Optional<OmeMetadata> image = OmeMetadata.of(folder);
    if (image.isEmpty() && isSeries(folder)) {
      place = folder.folder("0");
      image = OmeMetadata.of(place);
    }
    if (image.isEmpty()) {
      throw OmeMetadata.noImage(place);
    }
    return open(place.path(), image.get(), 0);
  }

  /** The layout of bioformats2raw, where there is one image in it. */
  private static boolean isSeries(StoredFolder folder) {
    return Metadata.attributes(folder).isPresent()
        && folder.hasFolder("0")
        && !folder.hasFolder("1");
  }

  private static Volume openArray(StoredFolder array) {
    Optional<StoredFolder> group = array.parent();
    for (int i = 0; i < MOST_FOLDERS_BETWEEN && group.isPresent(); i++) {
      Optional<OmeMetadata> image = OmeMetadata.of(group.get());
      String path = group.get().path().relativize(array.path()).toString().replace('\\', '/');
      int level = image.map(found -> found.paths().indexOf(path)).orElse(-1);
      if (level >= 0) {
        return open(array.path(), image.get(), level);
      }
      group = group.get().parent();
    }
    return open(array.path(), OmeMetadata.plain(array), false, Optional.empty());
  }

  private static Volume open(Path place, OmeMetadata image, int level) {
    Optional<LabelKey> key = image.own().filter(own -> own.has("classes")).map(OmeZarrFormat::key);
    return open(place, image.level(level), image.labels().isPresent(), key);
  }

  private static LabelKey key(Metadata own) {
    return new LabelKey(own.number("unlabelled", LabelKey.UNPAINTED), own.texts("classes"));
  }

  private static Volume open(Path place, Level level, boolean labels, Optional<LabelKey> key) {
    VolumeAxes axes = Geometry.axes(level, place);
    return new ChunkedVolume(
        level.array(),
        axes,
        new ChunkedVolume.Description(
            place.getFileName().toString(), Geometry.voxelSize(level, axes), labels, key),
        () -> {});
  }

  @Override
  public List<PixelType> labelTypes() {
    return List.of(PixelType.UINT8, PixelType.UINT16, PixelType.UINT32, PixelType.UINT64);
  }

  @Override
  public boolean writes(Path output) {
    return output.toString().endsWith(".zarr");
  }

  @Override
  public VolumeWriter create(Path output, VolumeSpec spec, List<String> channelNames) {
    return create(output, spec, channelNames, OmeZarrOptions.DEFAULT, Optional.empty());
  }

  /**
   * Begins to write a volume in a chosen way.
   *
   * @param output a path that {@link #writes} accepts
   * @param spec what is written
   * @param channelNames one name per channel
   * @param options version, chunks, codec, resolutions
   * @param job compresses chunks with its threads and can be cancelled; empty for one thread
   * @throws org.uniem.job.OutputException if the place is taken or not writable
   */
  public static VolumeWriter create(
      Path output,
      VolumeSpec spec,
      List<String> channelNames,
      OmeZarrOptions options,
      Optional<Job> job) {
    return new OmeZarrWriter(output, spec, channelNames, options, job);
  }
}
