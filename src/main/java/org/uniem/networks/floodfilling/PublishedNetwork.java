package org.uniem.networks.floodfilling;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uniem.job.BadInputException;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Normalisation;
import org.uniem.networks.Weights;
import org.uniem.networks.checkpoints.TensorFlowCheckpoint;

/**
 * A flood-filling network in a checkpoint of the authors' program, of TensorFlow 1 or 2.
 *
 * <p>Variables are {@code …/conv3_a/weights} and {@code …/conv3_a/biases}, or in newer programs
 * {@code …/conv3_a/kernel} and {@code …/conv3_a/bias}; the last layer is {@code conv_lom}. All
 * others, such as counters and states of the optimiser, are ignored. Depth and features are read
 * off the shapes. Immutable.
 */
public final class PublishedNetwork {

  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?:.*/)?(?:conv(\\d{1,3})_([ab])|conv_lom)/(weights|kernel|biases|bias)"
              + "(?:/\\.ATTRIBUTES/VARIABLE_VALUE)?");

  private final TensorFlowCheckpoint checkpoint;
  private final Map<String, String> variables;
  private final ResidualNetwork network;

  /**
   * Finds the network in a checkpoint.
   *
   * @param checkpoint the checkpoint
   * @param depth number of residual modules it must have; 0 = as many as there are
   * @throws BadInputException if variables are missing, or have other shapes than such a network;
   *     names the first
   */
  public PublishedNetwork(TensorFlowCheckpoint checkpoint, int depth) {
    this.checkpoint = checkpoint;
    this.variables = variables(checkpoint);
    int modules = 0;
    while (variables.containsKey(ResidualNetwork.convolution(modules, 'a') + "/kernel")) {
      modules++;
    }
    if (modules == 0) {
      throw new BadInputException(
          "Checkpoint "
              + checkpoint.prefix()
              + " holds no flood-filling network: expected a variable …/conv0_a/weights or"
              + " …/conv0_a/kernel among its "
              + checkpoint.names().size()
              + ".");
    }
    if (depth != 0 && depth != modules) {
      throw new BadInputException(
          "Checkpoint "
              + checkpoint.prefix()
              + " holds a network of depth "
              + modules
              + ", not "
              + depth
              + ". Give depth="
              + modules
              + ", or depth=0 to take what is there.");
    }
    List<Long> first = checkpoint.shape(variables.get("conv0_a/kernel"));
    if (first.size() != 5) {
      throw unfit("conv0_a/kernel", "[3, 3, 3, 2, features]");
    }
    this.network = new ResidualNetwork(modules, (int) Math.min(first.get(4), Integer.MAX_VALUE));
    network.shapes().forEach(this::requireShape);
  }

  private static Map<String, String> variables(TensorFlowCheckpoint checkpoint) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String variable : checkpoint.names()) {
      Matcher matcher = VARIABLE.matcher(variable);
      if (matcher.matches()) {
        String layer =
            matcher.group(1) == null
                ? ResidualNetwork.LAST
                : ResidualNetwork.convolution(
                    Integer.parseInt(matcher.group(1)), matcher.group(2).charAt(0));
        boolean kernel = matcher.group(3).equals("weights") || matcher.group(3).equals("kernel");
        String other = variables.put(layer + (kernel ? "/kernel" : "/bias"), variable);
        if (other != null) {
          throw new BadInputException(
              "Checkpoint "
                  + checkpoint.prefix()
                  + " holds two networks: "
                  + other
                  + " and "
                  + variable
                  + ". Save one of them alone.");
        }
      }
    }
    return variables;
  }

  private void requireShape(String name, int[] expected) {
    List<Long> wanted = Arrays.stream(expected).mapToObj(Long::valueOf).toList();
    if (!variables.containsKey(name) || !checkpoint.shape(variables.get(name)).equals(wanted)) {
      throw unfit(name, wanted.toString());
    }
  }

  private BadInputException unfit(String name, String expected) {
    String variable = variables.get(name);
    return new BadInputException(
        "Checkpoint "
            + checkpoint.prefix()
            + " does not fit a flood-filling network: "
            + (variable == null
                ? "its variable " + name + " is missing"
                : variable + " has shape " + checkpoint.shape(variable))
            + ", expected "
            + expected
            + " (z, y, x, inputs, outputs). Other kinds of networks cannot be imported.");
  }

  /** Number of residual modules. */
  public int depth() {
    return network.depth();
  }

  /** Channels between the layers. */
  public int features() {
    return network.features();
  }

  /**
   * Saves the network as a model.
   *
   * @param folder the model folder
   * @param settings fields of view and probabilities it was trained with
   * @param normalisation of its images, see {@link Normalisation#intensity}
   * @return what {@code model.json} says
   * @throws BadInputException if a variable is damaged
   * @throws org.uniem.job.OutputException if the folder cannot be written
   */
  public ModelDescription save(
      Path folder, FloodFillingSettings settings, Normalisation normalisation) {
    Map<String, String> names = new LinkedHashMap<>();
    List<String> order = new ArrayList<>(network.shapes().keySet());
    order.forEach(name -> names.put(name, variables.get(name)));
    Weights weights = checkpoint.read(names);
    String title = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    ModelDescription description =
        ModelDescription.builder(title, FloodFillingSettings.ARCHITECTURE)
            .parameters(
                Map.of(ResidualNetwork.DEPTH, depth(), ResidualNetwork.FEATURES, features()))
            .normalisation(normalisation)
            .floodFilling(settings)
            .training(Map.of("importedFrom", checkpoint.prefix().getFileName().toString()))
            .build();
    return ModelFolder.save(folder, description, weights);
  }
}
