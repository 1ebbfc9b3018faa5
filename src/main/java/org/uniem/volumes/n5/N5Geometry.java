package org.uniem.volumes.n5;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.chunked.VolumeAxes;
import org.uniem.volumes.folders.StoredFolder;
import org.uniem.volumes.omezarr.arrays.Metadata;

/**
 * Axes and voxel size of a dataset, in the ways that the programs of the field note them: {@code
 * transform} (COSEM), {@code pixelResolution} and {@code resolution} of the finest resolution with
 * {@code downsamplingFactors} (n5-viewer, Paintera, BigDataViewer), in the dataset or in the groups
 * that it is in.
 */
final class N5Geometry {

  private static final List<String> USUAL = List.of("x", "y", "z");
  private static final int MOST_ABOVE = 3;

  private N5Geometry() {}

  /**
   * Which axis of a dataset is which.
   *
   * @param attributes of the dataset
   * @param dimensions its sizes
   * @param place for messages
   * @throws BadInputException if x or y is missing, or an axis that volumes do not have is longer
   *     than one
   */
  static VolumeAxes axes(Metadata attributes, long[] dimensions, String place) {
    List<String> names = new ArrayList<>();
    JsonElement given = attributes.json().get("axes");
    if (given != null
        && given.isJsonArray()
        && given.getAsJsonArray().size() == dimensions.length) {
      attributes.texts("axes").forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }
    if (!names.contains("x")
        || !names.contains("y")
        || new HashSet<>(names).size() < names.size()) {
      names.clear();
      for (int d = 0; d < dimensions.length; d++) {
        names.add(d < USUAL.size() ? USUAL.get(d) : "axis " + d);
      }
    }
    VolumeAxes axes =
        new VolumeAxes(
            names.indexOf("x"), names.indexOf("y"), names.indexOf("z"), names.indexOf("c"));
    for (int d = 0; d < dimensions.length; d++) {
      boolean known = d == axes.x() || d == axes.y() || d == axes.z() || d == axes.channel();
      if (!known && dimensions[d] != 1) {
        throw new BadInputException(
            "Cannot read "
                + place
                + ": expected axes x, y and z, found "
                + Arrays.toString(dimensions)
                + " elements, whose "
                + names.get(d)
                + " is none of them. Save one of its parts as a dataset of its own.");
      }
    }
    return axes;
  }

  /** The voxel size, of pixels where nothing is noted. */
  static VoxelSize voxelSize(StoredFolder dataset, Metadata attributes) {
    Optional<VoxelSize> transform = attributes.object("transform").flatMap(N5Geometry::ofTransform);
    if (transform.isPresent()) {
      return transform.get();
    }
    double[] factors = triple(attributes, "downsamplingFactors").orElse(new double[] {1, 1, 1});
    Optional<StoredFolder> folder = Optional.of(dataset);
    for (int i = 0; i <= MOST_ABOVE && folder.isPresent(); i++) {
      Optional<VoxelSize> found =
          N5Attributes.of(folder.get()).flatMap(at -> ofLengths(at, factors));
      if (found.isPresent()) {
        return found.get();
      }
      folder = folder.get().parent();
    }
    return VoxelSize.UNKNOWN;
  }

  private static Optional<VoxelSize> ofTransform(Metadata transform) {
    if (!transform.has("axes") || !transform.has("scale")) {
      return Optional.empty();
    }
    List<String> names = transform.texts("axes");
    double[] scale = transform.doubles("scale");
    List<String> units = transform.has("units") ? transform.texts("units") : List.of();
    int[] order = {names.indexOf("x"), names.indexOf("y"), names.indexOf("z")};
    double[] lengths = new double[3];
    String[] words = new String[3];
    for (int i = 0; i < 3; i++) {
      if (order[i] < 0 || order[i] >= scale.length) {
        return Optional.empty();
      }
      lengths[i] = scale[order[i]];
      words[i] = order[i] < units.size() ? units.get(order[i]) : "";
    }
    return Optional.of(size(lengths, words));
  }

  private static Optional<VoxelSize> ofLengths(Metadata attributes, double[] factors) {
    Optional<double[]> lengths;
    String[] words = new String[3];
    JsonElement pixel = attributes.json().get("pixelResolution");
    if (pixel != null && pixel.isJsonObject()) {
      Metadata described = new Metadata(attributes.file(), pixel.getAsJsonObject());
      lengths = triple(described, "dimensions");
      Arrays.fill(words, described.text("unit", ""));
    } else {
      lengths = triple(attributes, pixel != null ? "pixelResolution" : "resolution");
      Arrays.fill(words, attributes.text("unit", ""));
      JsonElement units = attributes.json().get("units");
      if (units != null && units.isJsonArray() && units.getAsJsonArray().size() >= 3) {
        words = attributes.texts("units").subList(0, 3).toArray(String[]::new);
      }
    }
    if (lengths.isEmpty()) {
      return Optional.empty();
    }
    double[] scaled = lengths.get();
    for (int i = 0; i < 3; i++) {
      scaled[i] *= factors[i];
    }
    return Optional.of(size(scaled, words));
  }

  private static VoxelSize size(double[] lengths, String[] words) {
    boolean positive = Arrays.stream(lengths).allMatch(l -> l > 0 && !Double.isInfinite(l));
    if (positive && Arrays.stream(words).allMatch(String::isBlank)) {
      return new VoxelSize(lengths[0], lengths[1], lengths[2], VoxelSize.UNKNOWN.unit());
    }
    return VoxelSize.ofAxes(lengths[0], words[0], lengths[1], words[1], lengths[2], words[2]);
  }

  /** Three numbers, of longer lists the first; empty where there are none. */
  private static Optional<double[]> triple(Metadata attributes, String key) {
    JsonElement found = attributes.json().get(key);
    boolean list = found != null && found.isJsonArray() && found.getAsJsonArray().size() >= 3;
    if (!list || !found.getAsJsonArray().get(0).isJsonPrimitive()) {
      return Optional.empty();
    }
    return Optional.of(Arrays.copyOf(attributes.doubles(key), 3));
  }
}
