package org.uniem.commands.networks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.execution.NetworkCommand;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.parameters.BundledFiles;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.Folders;
import org.uniem.networks.LoadedModel;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.inference.InferenceOptions;
import org.uniem.networks.inference.NetworkInference;
import org.uniem.networks.inference.OutputType;
import org.uniem.networks.inference.TensorFlowNetwork;
import org.uniem.networks.inference.VolumeSink;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Predicts a stack of any size with one model or the mean of several. */
@Plugin(
    type = Command.class,
    name = "predict",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Networks", weight = 1, mnemonic = 'n'),
      @Menu(label = "Predict...", weight = 1, mnemonic = 'p')
    },
    headless = true,
    description = "Predicts probability maps or classes of a stack with trained models")
public class Predict extends NetworkCommand {

  private static final String AUTO = "auto";

  /** Their mean is better than each; see models/README.md. */
  private static final List<String> BUNDLED_MODELS =
      List.of(
          "models/mitochondria",
          "models/mitochondria-2",
          "models/mitochondria-3",
          "models/mitochondria-4");

  /** Networks that look at neighbouring slices expect them about as far apart as in training. */
  private static final double LARGEST_SPACING_RATIO = 2;

  @Parameter(
      label = ParameterTexts.DATA_HEADING,
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String dataHeading = "";

  @Parameter(
      label = "Images",
      description = "folder of slices, TIFF stack or OME-Zarr, grey or RGB",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Model",
      description =
          "model folder, or several separated by commas, whose mean is taken; empty for the bundled"
              + " mitochondria model",
      required = false,
      persist = false)
  String model = "";

  @Parameter(label = "Choose model...", callback = "chooseModel", required = false)
  private Button chooseModel;

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description = "new folder of slices, or a name ending in .tif or .ome.zarr",
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "<html><b>Prediction</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String predictionHeading = "";

  @Parameter(
      label = "Type",
      description =
          "probability: 8-bit, 255 = 1; probability16: 16-bit, 65535 = 1; float: 0 to 1; classes:"
              + " the label value of the most probable class",
      choices = {"probability", "probability16", "float", "classes"},
      persist = false)
  String type = "probability";

  @Parameter(
      label = "Tile",
      description = "largest edge of a tile in pixels",
      min = "1",
      max = "16384",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=as the model prefers, or by size"),
      persist = false)
  int tile = 0;

  @Parameter(
      label = "Overlap",
      description = "pixels that neighbouring tiles share",
      min = "0",
      max = "16384",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "-1=as the model prefers"),
      persist = false)
  int overlap = -1;

  @Parameter(
      label = "Flips",
      description =
          "mean over 1, 4 or 8 flipped and transposed versions; auto: as the model prefers",
      choices = {AUTO, "1", "4", "8"},
      attrs = @Attr(name = CommandParameters.WORD, value = "0=auto"),
      persist = false)
  String flips = AUTO;

  @Parameter(
      label = "Smoothing across slices",
      description = "sigma of a Gaussian in slices, 0 for none",
      min = "0",
      max = "20",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "-1=as the model prefers"),
      persist = false)
  double smoothing = -1;

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description = ParameterTexts.VOXEL_SIZE_IS,
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String voxelSize = "";

  @Parameter(
      label = ParameterTexts.COMPUTE_HEADING,
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String computeHeading = "";

  @Parameter(
      label = ParameterTexts.DEVICE,
      description = ParameterTexts.DEVICE_IS,
      choices = {"auto", "cpu", "gpu"},
      style = CommandParameters.ADVANCED,
      persist = false)
  String device = "auto";

  @Parameter(
      label = ParameterTexts.THREADS,
      description = ParameterTexts.THREADS_IS,
      attrs = @Attr(name = CommandParameters.WORD, value = ParameterTexts.ALL_THREADS),
      min = "1",
      max = "1024",
      style = CommandParameters.ADVANCED,
      persist = false)
  int threads = 0;

  @Parameter(label = ParameterTexts.ADVANCED_BUTTON, callback = "showAdvanced", required = false)
  private Button advanced;

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  /** Called by a button: adds a folder to the models. */
  protected void chooseModel() {
    chooseFolder()
        .ifPresent(folder -> model = model.isBlank() ? folder.getPath() : model + "," + folder);
  }

  @Override
  protected List<Path> inputs() {
    List<Path> inputs = new ArrayList<>(super.inputs());
    inputs.addAll(modelFolders());
    return inputs;
  }

  /** The folders given; a comma separates them unless the whole is a folder. */
  private List<Path> modelFolders() {
    if (model.isBlank()) {
      return List.of();
    }
    Path whole = Paths.resolve(model);
    if (Files.exists(whole)) {
      return List.of(whole);
    }
    List<Path> folders = new ArrayList<>();
    for (String part : model.split(",")) {
      folders.add(Paths.resolve(part.trim()));
    }
    return folders;
  }

  /** Makes the paths absolute, so that the provenance holds from any folder. */
  @Override
  protected void checkParameters() {
    model = String.join(",", modelFolders().stream().map(Path::toString).toList());
  }

  @Override
  protected String outputEnding() {
    return "-probability.tif";
  }

  @Override
  protected List<ResultView> views() {
    return List.of(
        new ResultView(
            type.equals("classes") ? ResultView.Kind.LABELS : ResultView.Kind.PROBABILITY,
            output.toPath()));
  }

  @Override
  protected Path execute(Job job) {
    List<LoadedModel> models = new ArrayList<>();
    try (Volume stack = calibrated(open(images), voxelSize)) {
      List<ModelFolder> folders = openModels(stack, job);
      TensorFlowRuntime runtime = tensorFlow();
      for (ModelFolder folder : folders) {
        models.add(new LoadedModel(folder.description(), new TensorFlowNetwork(folder, runtime)));
      }
      job.device(runtime.describe());
      job.message("Predicting on " + runtime.describe() + ".");
      predict(models, stack, job);
    } finally {
      models.forEach(loaded -> loaded.network().close());
    }
    return output.toPath();
  }

  private List<ModelFolder> openModels(Volume stack, Job job) {
    if (!model.isBlank()) {
      return modelFolders().stream().map(ModelFolder::open).toList();
    }
    List<ModelFolder> all = BUNDLED_MODELS.stream().map(Predict::openBundled).toList();
    List<ModelFolder> fitting =
        all.stream().filter(folder -> fits(folder.description(), stack.voxelSize())).toList();
    if (fitting.size() < all.size()) {
      job.message(
          "The slices are farther apart than those that the bundled model was trained on: its"
              + " networks that look at neighbouring slices are left out.");
    }
    return fitting;
  }

  private static boolean fits(ModelDescription model, VoxelSize images) {
    VoxelSize trained = model.voxelSize();
    Optional<VoxelSize> seen = images.in(trained.unit()).filter(VoxelSize::hasDepth);
    boolean comparable = images.isKnown() && trained.hasDepth() && seen.isPresent();
    return model.context() == 0
        || !comparable
        || seen.get().z() <= LARGEST_SPACING_RATIO * trained.z();
  }

  private static ModelFolder openBundled(String name) {
    try {
      Path copy = Files.createTempDirectory("uniem-model-");
      try {
        BundledFiles.copy(name, copy);
        return ModelFolder.open(copy);
      } finally {
        Folders.deleteTree(copy);
      }
    } catch (IOException e) {
      throw new OutputException("Cannot unpack the bundled model: " + e.getMessage() + ".", e);
    }
  }

  private void predict(List<LoadedModel> models, Volume stack, Job job) {
    ModelDescription first = models.get(0).description();
    OutputType stored = OutputType.valueOf(type.toUpperCase(Locale.ROOT));
    int maps = models.get(0).network().outputs();
    List<Integer> values = first.labelValues();
    List<String> names = stored.channels(maps) == 1 ? List.of("map") : first.classes();
    try (VolumeWriter writer =
        Volumes.create(output.toPath(), stored.spec(stack, maps, values), names)) {
      NetworkInference.predict(
          models, stack, options(first, stack), new VolumeSink(writer, stored, values), job);
      writer.commit();
    }
  }

  private InferenceOptions options(ModelDescription description, Volume stack) {
    InferenceOptions wish = InferenceOptions.preferredBy(description, stack.voxelSize());
    return new InferenceOptions(
        flips.equals(AUTO) || flips.equals("0") ? wish.flips() : Integer.parseInt(flips),
        tile == 0 ? wish.tile() : tile,
        overlap < 0 ? wish.overlap() : overlap,
        smoothing < 0 ? wish.smoothingSigma() : smoothing);
  }
}
