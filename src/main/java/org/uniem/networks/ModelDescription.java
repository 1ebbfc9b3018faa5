package org.uniem.networks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.uniem.job.BadInputException;
import org.uniem.postprocess.affinities.Offset;
import org.uniem.volumes.VoxelSize;

/**
 * All that is known of a model beside its weights; the content of {@code model.json}.
 *
 * <p>Immutable and thread-safe. Maps hold text, booleans, numbers, lists and maps only; whole
 * numbers come back as {@link Integer} ({@link Long} where too large), others as {@link Double}.
 * Scores that are not finite are left out. Made by {@link #builder}.
 *
 * @param formatVersion {@link #FORMAT_VERSION}
 * @param name for people
 * @param architecture name of the architecture
 * @param parameters of the architecture
 * @param inputChannels of the images: grey 1, RGB 3
 * @param context neighbouring slices on each side that are further input channels
 * @param contextStep distance of these slices from each other, in slices, 1 or more
 * @param classes what the outputs stand for; {@code ["foreground"]} for one map
 * @param outputs number of output maps
 * @param activation {@link #SIGMOID} or {@link #SOFTMAX}, turns network outputs to 0 … 1
 * @param normalisation turns pixels to network inputs
 * @param axes {@code "zyx"} for grey, {@code "zyxc"} for colour
 * @param voxelSize of the training images
 * @param sizeMultiple height and width of the network input must be a multiple of it
 * @param inference the settings the model is best predicted with
 * @param floodFilling what flood filling needs to know; {@code null} unless the architecture is
 *     {@link FloodFillingSettings#ARCHITECTURE}
 * @param training where the model comes from: data, steps, seed, time, versions
 * @param scores by name, such as {@code "jaccard"}
 * @param weights the weights file; {@code null} until saved
 */
public record ModelDescription(
    int formatVersion,
    String name,
    String architecture,
    Map<String, Object> parameters,
    int inputChannels,
    int context,
    int contextStep,
    List<String> classes,
    int outputs,
    String activation,
    Normalisation normalisation,
    String axes,
    VoxelSize voxelSize,
    int sizeMultiple,
    PredictionSettings inference,
    FloodFillingSettings floodFilling,
    Map<String, Object> training,
    Map<String, Double> scores,
    WeightsFile weights) {

  /** The newest version of the file format, which this program writes. */
  public static final int FORMAT_VERSION = 1;

  /** Each output map on its own. */
  public static final String SIGMOID = "sigmoid";

  /** The output maps add to 1 in each pixel. */
  public static final String SOFTMAX = "softmax";

  /**
   * Entry of {@code training} of models whose maps are affinities: the offsets, as text, x,y,z
   * each, one per map.
   */
  public static final String OFFSETS = "offsets";

  /**
   * Entry of {@code training} of models whose classes were values of labels: these values, in the
   * order of the classes.
   */
  public static final String LABEL_VALUES = "labelValues";

  /** Name of the foreground where it is the only class. */
  public static final String FOREGROUND = "foreground";

  /**
   * The weights file beside {@code model.json}.
   *
   * @param file name, without folders
   * @param sha256 checksum, 64 hexadecimal digits
   * @param bytes size
   */
  public record WeightsFile(String file, String sha256, long bytes) {

    public WeightsFile {
      // Only a plain name: a model must not make us read files elsewhere.
      require(
          file != null && file.matches("[A-Za-z0-9_][A-Za-z0-9._-]*"),
          "weights file",
          file,
          "a file name of letters, digits, '.', '_' and '-', without folders");
      require(
          sha256 != null && sha256.matches("[0-9a-f]{64}"),
          "weights sha256",
          sha256,
          "64 hexadecimal digits");
      require(bytes >= 0, "weights bytes", bytes, "0 or more");
    }
  }

  public ModelDescription {
    require(
        formatVersion >= 1 && formatVersion <= FORMAT_VERSION,
        "formatVersion",
        formatVersion,
        "1 … " + FORMAT_VERSION);
    require(name != null && !name.isBlank(), "name", name, "a text");
    require(
        architecture != null && !architecture.isBlank(), "architecture", architecture, "a text");
    parameters = PlainValues.copy("parameters", parameters);
    require(inputChannels >= 1, "inputChannels", inputChannels, "1 for grey or 3 for RGB");
    require(context >= 0, "context", context, "0 or more");
    require(contextStep >= 1, "contextStep", contextStep, "1 or more");
    require(
        classes != null && !classes.isEmpty() && classes.stream().noneMatch(Objects::isNull),
        "classes",
        classes,
        "one name or more");
    classes = List.copyOf(classes);
    require(outputs >= 1, "outputs", outputs, "1 or more");
    require(
        SIGMOID.equals(activation) || SOFTMAX.equals(activation),
        "activation",
        activation,
        "\"sigmoid\" or \"softmax\"");
    require(normalisation != null, "normalisation", null, "mode, mean and std");
    require("zyx".equals(axes) || "zyxc".equals(axes), "axes", axes, "\"zyx\" or \"zyxc\"");
    voxelSize = voxelSize == null ? VoxelSize.UNKNOWN : voxelSize;
    require(sizeMultiple >= 1, "sizeMultiple", sizeMultiple, "1 or more");
    inference = inference == null ? PredictionSettings.NONE : inference;
    require(
        (floodFilling != null) == FloodFillingSettings.ARCHITECTURE.equals(architecture),
        "floodFilling",
        floodFilling,
        "it with the architecture \"" + FloodFillingSettings.ARCHITECTURE + "\" and with no other");
    training = PlainValues.copy("training", training);
    scores = finite(scores);
  }

  /** Whether the model grows objects instead of predicting maps. */
  public boolean isFloodFilling() {
    return floodFilling != null;
  }

  /** The offsets of the affinities that the maps are, one per map; none where they are not. */
  public List<Offset> affinityOffsets() {
    return training.get(OFFSETS) instanceof String text ? Offset.parse(text) : List.of();
  }

  /**
   * The label value of each class, by which maps of classes are written: those of the labels that
   * were trained on, or 0, 1, 2, … for models that do not note them. A single class has 0 for the
   * background and 1.
   */
  public List<Integer> labelValues() {
    int count = Math.max(2, classes.size());
    if (training.get(LABEL_VALUES) instanceof List<?> noted
        && noted.size() == count
        && noted.stream().allMatch(Integer.class::isInstance)) {
      return noted.stream().map(Integer.class::cast).toList();
    }
    return IntStream.range(0, count).boxed().toList();
  }

  /** Channels of the network's input: {@code inputChannels · (2 · context + 1)}. */
  public int networkInputChannels() {
    return inputChannels * (2 * context + 1);
  }

  /**
   * A whole-number parameter of the architecture.
   *
   * @throws BadInputException if it is missing or not a whole number
   */
  public int intParameter(String key) {
    Object value = parameters.get(key);
    require(value instanceof Integer, "parameters." + key, value, "a whole number");
    return (Integer) value;
  }

  /**
   * Starts a description with the defaults: grey, no context, one sigmoid map of the foreground, no
   * normalisation (mean 0, std 1), unknown voxel size.
   */
  public static Builder builder(String name, String architecture) {
    return new Builder(name, architecture);
  }

  /** A builder that starts from this description. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  private static void require(boolean condition, String field, Object found, String expected) {
    if (!condition) {
      throw new BadInputException(
          found == null
              ? field + " is missing: expected " + expected + "."
              : field + " is \"" + found + "\": expected " + expected + ".");
    }
  }

  private static Map<String, Double> finite(Map<String, Double> scores) {
    Map<String, Double> copy = new LinkedHashMap<>();
    if (scores != null) {
      scores.forEach(
          (key, value) -> {
            if (value != null && Double.isFinite(value)) {
              copy.put(key, value);
            }
          });
    }
    return Collections.unmodifiableMap(copy);
  }

  /** Collects a {@link ModelDescription}; not thread-safe. */
  public static final class Builder {

    private String name;
    private final String architecture;
    private Map<String, Object> parameters = Map.of();
    private int inputChannels = 1;
    private int context;
    private int contextStep = 1;
    private List<String> classes = List.of(FOREGROUND);
    private int outputs = 1;
    private String activation = SIGMOID;
    private Normalisation normalisation = Normalisation.fixed(0, 1);
    private VoxelSize voxelSize = VoxelSize.UNKNOWN;
    private int sizeMultiple = 1;
    private PredictionSettings inference = PredictionSettings.NONE;
    private FloodFillingSettings floodFilling;
    private Map<String, Object> training = Map.of();
    private Map<String, Double> scores = Map.of();
    private WeightsFile weights;

    private Builder(String name, String architecture) {
      this.name = name;
      this.architecture = architecture;
    }

    private Builder(ModelDescription from) {
      this(from.name, from.architecture);
      parameters = from.parameters;
      inputChannels = from.inputChannels;
      context = from.context;
      contextStep = from.contextStep;
      classes = from.classes;
      outputs = from.outputs;
      activation = from.activation;
      normalisation = from.normalisation;
      voxelSize = from.voxelSize;
      sizeMultiple = from.sizeMultiple;
      inference = from.inference;
      floodFilling = from.floodFilling;
      training = from.training;
      scores = from.scores;
      weights = from.weights;
    }

    /** Name for people. */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /** Parameters of the architecture. */
    public Builder parameters(Map<String, ?> value) {
      parameters = new LinkedHashMap<>(value);
      return this;
    }

    /** Channels of the images: grey 1, RGB 3. */
    public Builder inputChannels(int value) {
      inputChannels = value;
      return this;
    }

    /** Neighbouring slices on each side and their distance. */
    public Builder context(int slices, int step) {
      context = slices;
      contextStep = step;
      return this;
    }

    /** Names of the classes, and as many output maps. */
    public Builder classes(List<String> value) {
      classes = value;
      outputs = value.size();
      return this;
    }

    /** Number of output maps where it is not that of the classes; call after {@link #classes}. */
    public Builder outputs(int value) {
      outputs = value;
      return this;
    }

    /** {@link #SIGMOID} or {@link #SOFTMAX}. */
    public Builder activation(String value) {
      activation = value;
      return this;
    }

    /** How pixels become inputs. */
    public Builder normalisation(Normalisation value) {
      normalisation = value;
      return this;
    }

    /** Voxel size of the training images. */
    public Builder voxelSize(VoxelSize value) {
      voxelSize = value;
      return this;
    }

    /** Height and width of the network input must be a multiple of it. */
    public Builder sizeMultiple(int value) {
      sizeMultiple = value;
      return this;
    }

    /** The settings the model is best predicted with. */
    public Builder inference(PredictionSettings value) {
      inference = value;
      return this;
    }

    /** What flood filling needs to know, for the architecture of that name alone. */
    public Builder floodFilling(FloodFillingSettings value) {
      floodFilling = value;
      return this;
    }

    /** Where the model comes from. */
    public Builder training(Map<String, ?> value) {
      training = new LinkedHashMap<>(value);
      return this;
    }

    /** Scores by name. */
    public Builder scores(Map<String, Double> value) {
      scores = value;
      return this;
    }

    /** The weights file; {@link ModelFolder#save} sets it. */
    Builder weights(WeightsFile value) {
      weights = value;
      return this;
    }

    /**
     * The description.
     *
     * @throws BadInputException if a value is not possible; names it
     */
    public ModelDescription build() {
      return new ModelDescription(
          FORMAT_VERSION,
          name,
          architecture,
          parameters,
          inputChannels,
          context,
          contextStep,
          classes,
          outputs,
          activation,
          normalisation,
          inputChannels == 1 ? "zyx" : "zyxc",
          voxelSize,
          sizeMultiple,
          inference,
          floodFilling,
          training,
          scores,
          weights);
    }
  }
}
