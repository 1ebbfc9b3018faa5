package org.uniem.volumes.omezarr;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeFormat;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.chunked.ChunkedVolume;
import org.uniem.volumes.chunked.VolumeAxes;
import org.uniem.volumes.folders.DiskFolder;
import org.uniem.volumes.folders.PathInFile;
import org.uniem.volumes.folders.StoredFolder;
import org.uniem.volumes.folders.ZipArchive;
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

  /** What makes a folder a group or an array. */
  static final List<String> METADATA_FILES =
      List.of(Metadata.VERSION_3, ".zattrs", ".zgroup", ".zarray", ".zmetadata");

  /** Folders between an image and its arrays, as some programs make them. */
  private static final int MOST_FOLDERS_BETWEEN = 3;

  @Override
  public String description() {
    return "OME-Zarr (.ome.zarr, or zipped: .ozx, .ome.zarr.zip)";
  }

  @Override
  public Path place(Path path) {
    return PathInFile.of(path)
        .filter(found -> isZip(found.place()) || found.place().toString().endsWith(".zarr"))
        .map(PathInFile::place)
        .orElse(path);
  }

  private static boolean isZip(Path place) {
    return Files.isRegularFile(place) && ZippedZarr.isName(place);
  }

  @Override
  public boolean reads(Path path) {
    return PathInFile.of(path).filter(OmeZarrFormat::reads).isPresent();
  }

  private static boolean reads(PathInFile path) {
    Path place = path.place();
    if (isZip(place)) {
      // Zip files hold other things as well, but not those of this ending.
      return place.toString().toLowerCase(Locale.ROOT).endsWith(".ozx") || isZippedZarr(place);
    }
    if (Files.isDirectory(place)) {
      return place.toString().endsWith(".zarr")
          || METADATA_FILES.stream().anyMatch(name -> Files.exists(place.resolve(name)))
          || ZarrArray.isArray(new DiskFolder(place.toAbsolutePath().normalize()));
    }
    return METADATA_FILES.contains(place.getFileName().toString());
  }

  private static boolean isZippedZarr(Path file) {
    try (ZipArchive archive = ZippedZarr.open(file)) {
      return ZippedZarr.holdsZarr(archive);
    } catch (BadInputException | IOException e) {
      // Opening a file of such a name says why it cannot be read.
      return file.toString().toLowerCase(Locale.ROOT).endsWith(".zarr.zip");
    }
  }

  @Override
  public Volume open(Path path) {
    PathInFile found = PathInFile.of(path).orElseThrow();
    Path place = found.place().toAbsolutePath().normalize();
    if (isZip(place)) {
      return openZip(place, found.inner());
    }
    if (!Files.isDirectory(place)) {
      // The file in it that a file chooser offered.
      place = place.getParent();
    }
    StoredFolder folder = new DiskFolder(place);
    return open(found.inner().isEmpty() ? folder : folder.folder(found.inner()), () -> {});
  }

  private static Volume openZip(Path file, String inner) {
    ZipArchive archive = ZippedZarr.open(file);
    try {
      return open(ZippedZarr.folder(archive, file, inner), archive);
    } catch (RuntimeException | Error e) {
      try {
        archive.close();
      } catch (IOException f) {
        e.addSuppressed(f);
      }
      throw e;
    }
  }

  private static Volume open(StoredFolder folder, Closeable files) {
    if (ZarrArray.isArray(folder)) {
      return openArray(folder, files);
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
    return open(place.path(), image.get(), 0, files);
  }

  /** The layout of bioformats2raw, where there is one image in it. */
  private static boolean isSeries(StoredFolder folder) {
    return Metadata.attributes(folder).isPresent()
        && folder.hasFolder("0")
        && !folder.hasFolder("1");
  }

  private static Volume openArray(StoredFolder array, Closeable files) {
    Optional<StoredFolder> group = array.parent();
    for (int i = 0; i < MOST_FOLDERS_BETWEEN && group.isPresent(); i++) {
      Optional<OmeMetadata> image = OmeMetadata.of(group.get());
      String path = group.get().path().relativize(array.path()).toString().replace('\\', '/');
      int level = image.map(found -> found.paths().indexOf(path)).orElse(-1);
      if (level >= 0) {
        return open(array.path(), image.get(), level, files);
      }
      group = group.get().parent();
    }
    return open(array.path(), OmeMetadata.plain(array), false, Optional.empty(), files);
  }

  private static Volume open(Path place, OmeMetadata image, int level, Closeable files) {
    Optional<LabelKey> key = image.own().filter(own -> own.has("classes")).map(OmeZarrFormat::key);
    return open(place, image.level(level), image.labels().isPresent(), key, files);
  }

  private static LabelKey key(Metadata own) {
    return new LabelKey(own.number("unlabelled", LabelKey.UNPAINTED), own.texts("classes"));
  }

  private static Volume open(
      Path place, Level level, boolean labels, Optional<LabelKey> key, Closeable files) {
    VolumeAxes axes = Geometry.axes(level, place);
    return new ChunkedVolume(
        level.array(),
        axes,
        new ChunkedVolume.Description(
            place.getFileName().toString(), Geometry.voxelSize(level, axes), labels, key),
        files);
  }

  @Override
  public List<PixelType> labelTypes() {
    return List.of(PixelType.UINT8, PixelType.UINT16, PixelType.UINT32, PixelType.UINT64);
  }

  @Override
  public boolean writes(Path output) {
    // Zip files too, so that they are refused in words instead of becoming folders.
    return output.toString().endsWith(".zarr") || ZippedZarr.isName(output);
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
    if (ZippedZarr.isName(output)) {
      throw new OutputException(
          "Cannot write "
              + output
              + ": zip files are read, not written. Give a name ending in .ome.zarr, and zip that"
              + " folder without compression.");
    }
    return new OmeZarrWriter(output, spec, channelNames, options, job);
  }
}
