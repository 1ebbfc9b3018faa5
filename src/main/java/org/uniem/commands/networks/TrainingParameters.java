package org.uniem.commands.networks;

import java.io.File;
import org.scijava.ItemVisibility;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.Button;
import org.scijava.widget.FileWidget;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.networks.training.Augmentation;
import org.uniem.networks.training.TrainingOptions;

/** What can be set for a training, in the order of the dialog. */
abstract class TrainingParameters extends LearnedNetworkParameters {

  @Parameter(
      label = "<html><b>Training</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String trainingHeading = "";

  @Parameter(
      label = "Steps",
      description = "ends after so many steps",
      min = "1",
      max = "16777216",
      attrs = @Attr(name = CommandParameters.WORD, value = "0=no limit"),
      persist = false)
  long steps = 0;

  @Parameter(
      label = "Minutes",
      description = "ends after so many minutes",
      min = "0",
      max = "1000000",
      attrs = @Attr(name = CommandParameters.WORD, value = "0=no limit, or 10 without steps"),
      persist = false)
  double minutes = 0;

  @Parameter(
      label = "Seed",
      description = "fixes first weights, patches and augmentation",
      persist = false)
  long seed = TrainingOptions.DEFAULT.seed();

  @Parameter(
      label = "Resume",
      description = "goes on with the training in the model folder",
      persist = false)
  boolean resume = false;

  @Parameter(
      label = "Start from model",
      description =
          "model folder of the same network whose weights the training starts from; empty for"
              + " random ones",
      style = FileWidget.DIRECTORY_STYLE + "," + CommandParameters.ADVANCED,
      required = false,
      persist = false)
  File start;

  @Parameter(
      label = "Batch size",
      description = "patches per step",
      min = "1",
      max = "256",
      style = CommandParameters.ADVANCED,
      persist = false)
  int batchSize = TrainingOptions.DEFAULT.network().batchSize();

  @Parameter(
      label = "Patch size",
      description = "side of a patch in pixels, a multiple of what the architecture needs",
      min = "16",
      max = "4096",
      style = CommandParameters.ADVANCED,
      persist = false)
  int patchSize = TrainingOptions.DEFAULT.network().patchSize();

  @Parameter(
      label = "Learning rate",
      description = "of Adam at its highest (the papers': 2e-4)",
      min = "0",
      max = "10",
      stepSize = "0.0001",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=what suits the architecture"),
      persist = false)
  double learningRate = 0;

  @Parameter(
      label = "Learning rate schedule",
      description =
          "cosine: falls towards the end; constant: as in the papers; auto: what suits the"
              + " architecture",
      choices = {"auto", "cosine", "constant"},
      style = CommandParameters.ADVANCED,
      persist = false)
  String schedule = "auto";

  @Parameter(
      label = "Beta 1",
      description = "of Adam (the papers': 0.5)",
      min = "0",
      max = "0.999999",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "-1=what suits the architecture"),
      persist = false)
  double beta1 = -1;

  @Parameter(
      label = "Beta 2",
      description = "of Adam (the papers': 0.999)",
      min = "0",
      max = "0.999999999",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "-1=what suits the architecture"),
      persist = false)
  double beta2 = -1;

  @Parameter(
      label = "Weight decay",
      description = "per unit of learning rate (the papers': 0)",
      min = "0",
      max = "10",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "-1=what suits the architecture"),
      persist = false)
  double weightDecay = -1;

  @Parameter(
      label = "Averaging of weights",
      description =
          "decay of the moving average that becomes the model, 0 = the last weights (as in the papers)",
      min = "0",
      max = "0.999999",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "-1=what suits the architecture"),
      persist = false)
  double averageDecay = -1;

  @Parameter(
      label = "<html><b>Augmentation and validation</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String checksHeading = "";

  @Parameter(
      label = "Augmentation",
      description =
          "all, none, or a list of flips,rotations,scale,brightness,contrast,gamma,elastic,noise,"
              + "blur",
      style = CommandParameters.ADVANCED,
      persist = false)
  String augmentation = Augmentation.ALL.toString();

  @Parameter(
      label = "Validation share",
      description = "share of the labelled slices kept for validation, 0 = none",
      min = "0",
      max = "0.9",
      style = CommandParameters.ADVANCED,
      attrs =
          @Attr(
              name = CommandParameters.WORD,
              value = "-1=0.15 from four labelled slices on, else none"),
      persist = false)
  double validationFraction = TrainingOptions.DEFAULT.holdout().fraction();

  @Parameter(
      label = "Steps between validations",
      description = "how often the network is validated",
      min = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  int validateEvery = TrainingOptions.DEFAULT.holdout().every();

  @Parameter(
      label = "Patience",
      description = "ends after so many validations without a better score",
      min = "1",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=never"),
      persist = false)
  int patience = TrainingOptions.DEFAULT.holdout().patience();

  @Parameter(
      label = "Seconds between models",
      description = "saves the model so often while it trains, for previews",
      min = "0",
      max = "1000000",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=at the end alone"),
      persist = false)
  double publishEvery = 0;

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
}
