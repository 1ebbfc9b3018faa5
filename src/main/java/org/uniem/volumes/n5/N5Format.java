package org.uniem.volumes.n5;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeFormat;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.chunked.ChunkedVolume;
import org.uniem.volumes.folders.DiskFolder;
import org.uniem.volumes.folders.PathInFile;
import org.uniem.volumes.folders.StoredFolder;
import org.uniem.volumes.omezarr.arrays.Metadata;

/**
 * Datasets of N5 containers, read, not written. Stateless.
 *
 * <p>A path goes on in the container, as {@code images.n5/raw/s0} or {@code images.n5:/raw/s0}. Of
 * a group the finest resolution is read, or the only dataset in it.
 */
public final class N5Format implements VolumeFormat {

  private static final String ENDING = ".n5";

  /** What the attributes of groups and datasets have, of which folders of images have none. */
  private static final List<String> KEYS =
      List.of(
          N5Attributes.DIMENSIONS,
          "n5",
          "multiScale",
          "multiscales",
          "downsamplingFactors",
          "scales",
          "pixelResolution");

  private static final int MOST_DEPTH = 4;
  private static final int MOST_FOLDERS = 1000;
  private static final int MOST_SHOWN = 8;

  @Override
  public String description() {
    return "N5 dataset (.n5)";
  }

  @Override
  public Path place(Path path) {
    return PathInFile.of(path)
        .map(PathInFile::place)
        .filter(place -> place.toString().endsWith(ENDING))
        .orElse(path);
  }

  @Override
  public boolean reads(Path path) {
    return PathInFile.of(path).filter(found -> isN5(found.place())).isPresent();
  }

  private static boolean isN5(Path place) {
    if (!Files.isDirectory(place)) {
      return place.getFileName().toString().equals(N5Attributes.FILE_NAME);
    }
    Path real = place.toAbsolutePath().normalize();
    for (Path folder = real; folder != null; folder = folder.getParent()) {
      if (folder.toString().endsWith(ENDING)) {
        return true;
      }
    }
    StoredFolder folder = new DiskFolder(real);
    try {
      return N5Attributes.of(folder).filter(at -> KEYS.stream().anyMatch(at::has)).isPresent();
    } catch (BadInputException e) {
      // A file of that name in a folder of another kind.
      return false;
    }
  }

  @Override
  public Volume open(Path path) {
    PathInFile found = PathInFile.of(path).orElseThrow();
    Path place = found.place().toAbsolutePath().normalize();
    // The file in it that a file chooser offered.
    StoredFolder folder = new DiskFolder(Files.isDirectory(place) ? place : place.getParent());
    StoredFolder given = found.inner().isEmpty() ? folder : folder.folder(found.inner());
    if (!Files.isDirectory(given.path())) {
      throw new BadInputException(
          "There is no " + found.inner() + " in " + place + ". " + listed(folder));
    }
    StoredFolder dataset = dataset(given);
    Metadata attributes = N5Attributes.of(dataset).orElseThrow();
    N5Attributes parsed = N5Attributes.parse(attributes);
    String name = dataset.path().getFileName().toString();
    return new ChunkedVolume(
        new N5Array(dataset, parsed),
        N5Geometry.axes(attributes, parsed.dimensions(), dataset.path().toString()),
        new ChunkedVolume.Description(
            name, N5Geometry.voxelSize(dataset, attributes), false, Optional.empty()),
        () -> {});
  }

  private static boolean isDataset(StoredFolder folder) {
    return N5Attributes.of(folder).filter(at -> at.has(N5Attributes.DIMENSIONS)).isPresent();
  }

  /** The dataset that is meant by a group. */
  private static StoredFolder dataset(StoredFolder given) {
    if (isDataset(given)) {
      return given;
    }
    Optional<StoredFolder> listed =
        N5Attributes.of(given)
            .flatMap(N5Format::finest)
            .map(given::folder)
            .filter(N5Format::isDataset);
    if (listed.isPresent()) {
      return listed.get();
    }
    if (isDataset(given.folder("s0"))) {
      return given.folder("s0");
    }
    List<String> all = datasets(given);
    List<String> finest = all.stream().filter(path -> !path.matches("(.*/)?s[1-9][0-9]*")).toList();
    if (finest.size() == 1) {
      return given.folder(finest.get(0));
    }
    throw new BadInputException(
        given.path()
            + " is no dataset and holds "
            + finest.size()
            + ": expected one. "
            + listed(given));
  }

  /** The first path that a list of resolutions names. */
  private static Optional<String> finest(Metadata group) {
    JsonElement images = group.json().get("multiscales");
    if (images == null || !images.isJsonArray() || images.getAsJsonArray().isEmpty()) {
      return Optional.empty();
    }
    return group.objects("multiscales").get(0).objects("datasets").stream()
        .findFirst()
        .map(dataset -> dataset.text("path", ""))
        .filter(path -> !path.isEmpty() && !path.contains(".."));
  }

  private static String listed(StoredFolder folder) {
    List<String> all = datasets(folder);
    if (all.isEmpty()) {
      return "No dataset was found in " + folder.path() + ". Give the path of one.";
    }
    List<String> some = all.subList(0, Math.min(MOST_SHOWN, all.size()));
    return "Give the path of one: there are "
        + String.join(", ", some)
        + (all.size() > MOST_SHOWN ? ", …" : "")
        + ".";
  }

  /** Paths of datasets in a folder; those in datasets are none. */
  private static List<String> datasets(StoredFolder folder) {
    List<String> found = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(""));
    for (int i = 0; i < open.size() && i < MOST_FOLDERS; i++) {
      String at = open.get(i);
      TreeSet<String> names = new TreeSet<>();
      try {
        folder.visit(at, names::add);
      } catch (IOException e) {
        throw new BadInputException("Cannot list " + folder.path() + ": " + e.getMessage(), e);
      }
      for (String name : names) {
        String path = at.isEmpty() ? name : at + "/" + name;
        if (folder.hasFolder(path)) {
          if (isDataset(folder.folder(path))) {
            found.add(path);
          } else if (path.split("/").length < MOST_DEPTH) {
            open.add(path);
          }
        }
      }
    }
    return found;
  }

  @Override
  public List<PixelType> labelTypes() {
    return List.of(PixelType.UINT8, PixelType.UINT16, PixelType.UINT32, PixelType.UINT64);
  }

  @Override
  public boolean writes(Path output) {
    return output.toString().endsWith(ENDING);
  }

  @Override
  public VolumeWriter create(Path output, VolumeSpec spec, List<String> channelNames) {
    throw new OutputException(
        "Cannot write "
            + output
            + ": N5 is read, not written. Give a name ending in .ome.zarr, which the same programs"
            + " read.");
  }
}
