package org.uniem.volumes.omezarr;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.volumes.folders.StoredFolder;
import org.uniem.volumes.omezarr.arrays.Metadata;
import org.uniem.volumes.omezarr.arrays.ZarrArray;

/**
 * What a group says of the image in it: versions 0.4 and 0.5, and of 0.1 to 0.3 what is the same.
 *
 * <p>Translations say where an image lies among others, which volumes do not know: they are left
 * out.
 */
final class OmeMetadata {

  private static final String MULTISCALES = "multiscales";
  private static final String TRANSFORMATIONS = "coordinateTransformations";

  /** Names of the axes of an array as xarray has them in Zarr v2. */
  private static final String DIMENSIONS = "_ARRAY_DIMENSIONS";

  private static final List<String> USUAL_AXES = List.of("t", "c", "z", "y", "x");

  private final StoredFolder folder;
  private final Metadata multiscale;
  private final Metadata ome;

  private OmeMetadata(StoredFolder folder, Metadata ome, Metadata multiscale) {
    this.folder = folder;
    this.ome = ome;
    this.multiscale = multiscale;
  }

  /**
   * The image of a group.
   *
   * @return empty where the group holds none itself
   * @throws BadInputException if its metadata are damaged
   */
  static Optional<OmeMetadata> of(StoredFolder folder) {
    return Metadata.attributes(folder)
        .map(attributes -> attributes.object("ome").orElse(attributes))
        .filter(ome -> ome.has(MULTISCALES))
        .map(
            ome -> {
              List<Metadata> images = ome.objects(MULTISCALES);
              if (images.isEmpty()) {
                throw ome.wrong(MULTISCALES, "an image");
              }
              return new OmeMetadata(folder, ome, images.get(0));
            });
  }

  /** The paths of the arrays, the finest first. */
  List<String> paths() {
    List<String> paths = datasets().stream().map(dataset -> dataset.text("path")).toList();
    if (paths.isEmpty()) {
      throw multiscale.wrong("datasets", "one array or more");
    }
    return paths;
  }

  private List<Metadata> datasets() {
    List<Metadata> datasets = multiscale.objects("datasets");
    if (datasets.isEmpty()) {
      throw new BadInputException(
          multiscale.file()
              + " names no array in \"datasets\": expected one for each resolution. Copy the whole"
              + " folder again, or open one of its arrays by its path.");
    }
    return datasets;
  }

  /**
   * Opens one resolution.
   *
   * @param number 0 is the finest
   * @throws BadInputException if it is missing or does not fit the metadata
   */
  Level level(int number) {
    Metadata dataset = datasets().get(number);
    String path = paths().get(number);
    boolean inside = isInside(path);
    StoredFolder place = inside ? folder.folder(path) : folder;
    if (!inside || !ZarrArray.isArray(place)) {
      throw new BadInputException(
          "The array "
              + path
              + " of "
              + folder.path()
              + " is missing: expected it as "
              + multiscale.file()
              + " says. Copy the whole folder again.");
    }
    ZarrArray array = ZarrArray.open(place);
    int count = array.shape().length;
    List<Axis> axes = axes(count);
    if (axes.size() != count) {
      throw new BadInputException(
          "The array "
              + place.path()
              + " has "
              + count
              + " axes: expected "
              + axes.size()
              + " as "
              + multiscale.file()
              + " says.");
    }
    double[] scale = new double[count];
    Arrays.fill(scale, 1);
    multiply(scale, dataset);
    multiply(scale, multiscale);
    return new Level(array, axes, scale);
  }

  private static boolean isInside(String path) {
    try {
      Path relative = Path.of(path).normalize();
      return !relative.isAbsolute() && !relative.startsWith("..");
    } catch (InvalidPathException e) {
      // It cannot be there.
      return false;
    }
  }

  private List<Axis> axes(int count) {
    if (!multiscale.has("axes")) {
      return USUAL_AXES.subList(Math.max(0, 5 - count), 5).stream()
          .map(name -> new Axis(name, ""))
          .toList();
    }
    List<Axis> axes = new ArrayList<>();
    for (Metadata axis : multiscale.objects("axes")) {
      String name = axis.text("name").toLowerCase(Locale.ROOT);
      boolean channel = axis.text("type", "").equals("channel");
      axes.add(new Axis(channel ? "c" : name, axis.text("unit", "")));
    }
    return axes;
  }

  /**
   * An array that no image lists: its axes are those its metadata name, else t, c, z, y, x or the
   * last of them; its voxel size is not known.
   */
  static Level plain(StoredFolder folder) {
    ZarrArray array = ZarrArray.open(folder);
    int count = array.shape().length;
    List<String> names = array.dimensionNames();
    if (names.isEmpty()) {
      names =
          Metadata.attributes(folder)
              .filter(attributes -> attributes.has(DIMENSIONS))
              .map(attributes -> attributes.texts(DIMENSIONS))
              .orElse(names);
    }
    if (names.stream().allMatch(String::isBlank)) {
      names = USUAL_AXES.subList(Math.max(0, 5 - count), 5);
    }
    if (names.size() != count) {
      throw new BadInputException(
          "The array "
              + folder.path()
              + " has "
              + count
              + " axes: expected 2 (y, x) to 5 (t, c, z, y, x).");
    }
    double[] scale = new double[count];
    Arrays.fill(scale, 1);
    return new Level(
        array,
        names.stream().map(name -> new Axis(name.toLowerCase(Locale.ROOT), "")).toList(),
        scale);
  }

  private static void multiply(double[] scale, Metadata described) {
    for (Metadata transformation : described.objects(TRANSFORMATIONS)) {
      String type = transformation.text("type");
      if (type.equals("scale") && transformation.has("scale")) {
        double[] factors = transformation.doubles("scale");
        for (int d = 0; d < scale.length; d++) {
          if (factors.length != scale.length
              || !(factors[d] > 0)
              || Double.isInfinite(factors[d])) {
            throw transformation.wrong("scale", scale.length + " positive numbers");
          }
          scale[d] *= factors[d];
        }
      } else if (!type.equals("translation") && !type.equals("identity")) {
        throw described.wrong(TRANSFORMATIONS, "scale and translation");
      }
    }
  }

  /** What is said of the labels in the image, empty where they are none. */
  Optional<Metadata> labels() {
    return ome.object("image-label");
  }

  /** What this suite says beyond the standard, empty where it was written by others. */
  Optional<Metadata> own() {
    return ome.object(OWN);
  }

  /** Key of what this suite says beyond the standard. */
  static final String OWN = "uniem";

  /**
   * Why a group that holds no image cannot be opened, and what to open instead.
   *
   * @param folder a group, or a folder that should be one
   */
  static BadInputException noImage(StoredFolder folder) {
    JsonObject attributes =
        Metadata.attributes(folder)
            .map(found -> found.object("ome").orElse(found).json())
            .orElseGet(JsonObject::new);
    JsonElement labels = attributes.get("labels");
    String hint =
        attributes.has("plate") || attributes.has("well")
            ? "it is a plate: give one image in it"
            : labels != null
                ? "it is a group of label images: give one of " + labels
                : folder.hasFolder("0")
                    ? "perhaps the image is " + folder.path().resolve("0")
                    : "expected multiscales in its .zattrs or zarr.json";
    return new BadInputException(folder.path() + " holds no OME-Zarr image: " + hint + ".");
  }
}
