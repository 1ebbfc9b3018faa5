package org.uniem.volumes.hdf5;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.uniem.volumes.hdf5.structure.Attribute;
import org.uniem.volumes.hdf5.structure.Dataset;
import org.uniem.volumes.hdf5.structure.Scale;
import org.uniem.volumes.hdf5.structure.UnsupportedFeatureException;

/**
 * Which axis of a dataset is which.
 *
 * <p>By the names that the file gives (ilastik's {@code axistags}, the labels and scales of h5py,
 * {@code axis_names}), else by their number: y, x; z, y, x; and of four the first or the last is
 * the channel where it has up to {@value #MOST_CHANNELS} elements and no other has as few. Axes of
 * length one beyond these do not count.
 *
 * @param x index of the axis
 * @param y index of the axis
 * @param z index of the axis, {@link #NONE} for a single slice
 * @param channel index of the axis, {@link #NONE} for grey
 */
record Hdf5Axes(int x, int y, int z, int channel) {

  static final int NONE = -1;

  private static final int MOST_CHANNELS = 12;
  private static final int LEAST_OF_COLOUR = 32;

  /** What names that are words stand for. */
  private static final Map<String, String> WORDS =
      Map.of(
          "width",
          "x",
          "column",
          "x",
          "height",
          "y",
          "row",
          "y",
          "depth",
          "z",
          "slice",
          "z",
          "channel",
          "c",
          "channels",
          "c",
          "time",
          "t");

  /**
   * The axes of a dataset.
   *
   * @throws UnsupportedFeatureException if they are not those of a volume, or cannot be told apart
   */
  static Hdf5Axes of(Dataset dataset) throws IOException {
    long[] shape = dataset.shape();
    List<String> names = names(dataset);
    return names.isEmpty() ? ofNumber(shape) : ofNames(names, shape);
  }

  private static List<String> names(Dataset dataset) throws IOException {
    int rank = dataset.shape().length;
    Map<String, Attribute> attributes = dataset.attributes();
    List<List<String>> candidates = new ArrayList<>();
    if (attributes.containsKey("axistags")) {
      candidates.add(ofTags(String.join("", attributes.get("axistags").texts())));
    }
    for (String attribute : List.of("DIMENSION_LABELS", "axis_names", "axes")) {
      if (attributes.containsKey(attribute)) {
        candidates.add(attributes.get(attribute).texts());
      }
    }
    candidates.add(
        dataset.scales().stream().map(scale -> scale.map(Scale::name).orElse("")).toList());
    for (List<String> candidate : candidates) {
      List<String> known = candidate.stream().map(Hdf5Axes::letter).toList();
      if (known.size() == rank && known.contains("x") && known.contains("y")) {
        return known;
      }
    }
    return List.of();
  }

  private static String letter(String name) {
    String word = name.strip().toLowerCase(Locale.ROOT).replace("^", "");
    return WORDS.getOrDefault(word, word);
  }

  private static List<String> ofTags(String json) {
    List<String> names = new ArrayList<>();
    try {
      JsonElement tags = JsonParser.parseString(json);
      if (tags instanceof JsonObject object && object.has("axes")) {
        for (JsonElement axis : object.getAsJsonArray("axes")) {
          names.add(axis.getAsJsonObject().get("key").getAsString());
        }
      }
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | StackOverflowError e) {
      // Then they say nothing, as where there are none.
      return List.of();
    }
    return names;
  }

  private static Hdf5Axes ofNames(List<String> names, long[] shape) throws IOException {
    for (int d = 0; d < shape.length; d++) {
      String name = names.get(d);
      if (shape[d] > 1 && !List.of("x", "y", "z", "c").contains(name)) {
        String what =
            name.equals("t") ? "points in time" : "elements along its axis '" + name + "'";
        throw new UnsupportedFeatureException(
            "it has " + shape[d] + " " + what + ": expected one, beside x, y, z and channels c");
      }
      if (names.indexOf(name) != d && List.of("x", "y", "z", "c").contains(name)) {
        throw new UnsupportedFeatureException("two of its axes are called " + name);
      }
    }
    return new Hdf5Axes(
        names.indexOf("x"), names.indexOf("y"), names.indexOf("z"), names.indexOf("c"));
  }

  private static Hdf5Axes ofNumber(long[] shape) throws IOException {
    List<Integer> axes = new ArrayList<>();
    for (int d = 0; d < shape.length; d++) {
      axes.add(d);
    }
    for (int d = 0; d < shape.length && axes.size() > 3; d++) {
      if (shape[d] == 1) {
        axes.remove(Integer.valueOf(d));
      }
    }
    int channel = NONE;
    if (axes.size() == 4) {
      channel = channelOf(axes, shape);
      axes.remove(Integer.valueOf(channel));
    }
    if (axes.size() != 2 && axes.size() != 3) {
      throw new UnsupportedFeatureException(
          "it has "
              + shape.length
              + " axes, "
              + Arrays.toString(shape)
              + ": expected z, y, x, or y, x, or a fourth for channels");
    }
    int last = axes.size() - 1;
    if (last == 2 && looksLikeColour(axes, shape)) {
      throw new UnsupportedFeatureException(
          "its axes "
              + Arrays.toString(shape)
              + " may be z, y, x or y, x and colours: name them, in h5py with"
              + " dataset.dims[0].label = 'y' and so on");
    }
    return new Hdf5Axes(
        axes.get(last), axes.get(last - 1), last == 2 ? axes.get(0) : NONE, channel);
  }

  private static boolean looksLikeColour(List<Integer> axes, long[] shape) {
    long width = shape[axes.get(2)];
    return (width == 3 || width == 4)
        && shape[axes.get(0)] >= LEAST_OF_COLOUR
        && shape[axes.get(1)] >= LEAST_OF_COLOUR;
  }

  private static int channelOf(List<Integer> axes, long[] shape) throws IOException {
    Optional<Integer> channel = Optional.empty();
    int few = 0;
    for (int d : axes) {
      if (shape[d] <= MOST_CHANNELS) {
        few++;
        channel = Optional.of(d);
      }
    }
    if (few == 1 && (channel.get().equals(axes.get(0)) || channel.get().equals(axes.get(3)))) {
      return channel.get();
    }
    throw new UnsupportedFeatureException(
        "which of its four axes "
            + Arrays.toString(shape)
            + " is the channel cannot be told: name them, in h5py with"
            + " dataset.dims[0].label = 'z' and so on");
  }

  /** The spatial axes in the order of the file. */
  List<Integer> spatial() {
    return IntStream.of(x, y, z).filter(d -> d != NONE).sorted().boxed().toList();
  }
}
