package org.uniem.commands.floodfilling;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.Axes;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.Normalisation;
import org.uniem.networks.checkpoints.TensorFlowCheckpoint;
import org.uniem.networks.floodfilling.PublishedNetwork;

/** Turns a published flood-filling network into a model folder. */
@Plugin(
    type = Command.class,
    name = "ffn-import",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Flood Filling", weight = 2, mnemonic = 'f'),
      @Menu(label = "Import FFN Model...", weight = 0, mnemonic = 'i')
    },
    headless = true,
    description = "Imports a flood-filling network from a TensorFlow checkpoint")
public class FfnImport extends UniEmCommand {

  @Parameter(
      label = "Checkpoint",
      description =
          "name without endings such as model.ckpt-27465036, its .index file, or its folder for the"
              + " highest step")
  File checkpoint;

  @Parameter(label = "Model", description = "new model folder", style = "save", persist = false)
  File model;

  @Parameter(
      label = "Depth",
      description = "residual modules the network must have",
      min = "1",
      max = "1000",
      attrs = @Attr(name = CommandParameters.WORD, value = "0=as in the checkpoint"),
      persist = false)
  int depth = 0;

  @Parameter(
      label = "Field of view",
      description = "voxels the network was trained to see, x,y,z, each odd, or one number",
      persist = false)
  String fov = "33,33,33";

  @Parameter(
      label = "Deltas",
      description = "voxels the field of view moves at a time, x,y,z, or one number",
      persist = false)
  String deltas = "8,8,8";

  @Parameter(
      label = "Mean intensity",
      description = "mean that the training images were normalised with, in grey values",
      persist = false)
  double mean = 128;

  @Parameter(
      label = "Standard deviation",
      description = "standard deviation they were normalised with, in grey values",
      min = "0",
      persist = false)
  double stddev = 33;

  @Parameter(
      label = "Pad probability",
      description = "of voxels not visited yet to belong to the object, as in training",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double padProbability = FloodFillingSettings.DEFAULT_PAD;

  @Parameter(
      label = "Seed probability",
      description = "of the voxel an object starts from, as in training",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double seedProbability = FloodFillingSettings.DEFAULT_SEED;

  @Parameter(
      label = "Move threshold",
      description = "probability from which on the field of view moves there, as in training",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double moveThreshold = FloodFillingSettings.DEFAULT_MOVE;

  @Parameter(
      label = "Segment threshold",
      description = "probability from which on a voxel belongs to the finished object",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double segmentThreshold = FloodFillingSettings.DEFAULT_SEGMENT;

  @Parameter(label = ParameterTexts.ADVANCED_BUTTON, callback = "showAdvanced", required = false)
  private Button advanced;

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  /** A checkpoint goes by a name that no file has. */
  @Override
  protected void requireInput(String name, File value) {
    if (!TensorFlowCheckpoint.isAt(value.toPath())) {
      super.requireInput(name, value);
    }
  }

  @Override
  protected List<Path> inputs() {
    return TensorFlowCheckpoint.open(checkpoint.toPath()).files();
  }

  @Override
  protected void checkParameters() {
    floodFilling();
    normalisation();
  }

  private FloodFillingSettings floodFilling() {
    try {
      return new FloodFillingSettings(
          Axes.parse("fov", fov),
          Axes.parse("deltas", deltas),
          padProbability,
          seedProbability,
          moveThreshold,
          segmentThreshold,
          null);
    } catch (BadInputException e) {
      throw new BadParameterException(e.getMessage(), e);
    }
  }

  private Normalisation normalisation() {
    try {
      return Normalisation.intensity(mean, stddev);
    } catch (BadInputException e) {
      throw new BadParameterException(e.getMessage(), e);
    }
  }

  @Override
  protected String outputEnding() {
    return "-model";
  }

  @Override
  protected Path execute(Job job) {
    TensorFlowCheckpoint source = TensorFlowCheckpoint.open(checkpoint.toPath());
    PublishedNetwork network = new PublishedNetwork(source, depth);
    network.save(model.toPath(), floodFilling(), normalisation());
    job.message(
        "Imported a network of depth "
            + network.depth()
            + " with "
            + network.features()
            + " features from "
            + source.prefix().getFileName()
            + ".");
    return model.toPath();
  }
}
