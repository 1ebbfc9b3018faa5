package org.uniem.commands.data;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.widget.Button;
import org.uniem.commands.dialogs.WindowCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.InputVolumes;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.viewers.LabelPainter;
import org.uniem.viewers.PaintedLabels;
import org.uniem.viewers.Viewers;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Opens an image in the best painter there is; its labels are ground truth for training. */
@Plugin(
    type = Command.class,
    name = "paint-labels",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Ground Truth", weight = 0, mnemonic = 'g'),
      @Menu(label = "Paint Labels...", weight = 0, mnemonic = 'p')
    },
    headless = true,
    description = "Opens images for painting classes, saved as labels to train a network with")
public class PaintLabels extends WindowCommand {

  @Parameter(
      label = "Images",
      description = "folder of slices, TIFF stack or OME-Zarr, grey or RGB",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Classes",
      description =
          "names separated by commas, for example mitochondria,membrane; background comes first by"
              + " itself, and what is not painted is ignored by the training",
      persist = false)
  String classes = "mitochondria";

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description =
          "name ending in .tif of the stack that the labels are saved to; one that is there is"
              + " opened and painted on",
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "Labels to start from",
      description = "label stack of the same size; empty for none",
      style = CommandParameters.VOLUME,
      required = false,
      persist = false)
  File labels;

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description = ParameterTexts.VOXEL_SIZE_IS,
      required = false,
      persist = false)
  String voxelSize = "";

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  @Override
  protected String outputEnding() {
    return "-labels.tif";
  }

  @Override
  protected void open(PluginService plugins, Job running) {
    LabelPainter painter = Viewers.best(plugins, LabelPainter.class);
    LabelKey key = LabelKey.parse(classes);
    InputVolumes.requireExists("images", images);
    Volume volume = calibrated(open(images), voxelSize);
    PaintedLabels painted;
    try {
      painted = painted(volume, key, running);
    } catch (RuntimeException e) {
      volume.close();
      throw e;
    }
    painter.open(volume, painted);
    running.message("Painting in " + painter.title() + ", saved to " + output + ".");
  }

  private PaintedLabels painted(Volume volume, LabelKey key, Job running) {
    Path saved = output.toPath();
    boolean given = labels != null && !labels.getPath().isEmpty();
    if (!given && !Files.exists(Volumes.place(saved))) {
      Paths.requireFree("output", saved);
      return PaintedLabels.empty(volume, key, saved);
    }
    if (given && Files.exists(Volumes.place(saved)) && !saved.equals(labels.toPath())) {
      throw new OutputException(
          "Cannot save labels from "
              + labels
              + " to "
              + saved
              + ": the file exists. Give another output, or leave labels empty to go on with it.");
    }
    File start = given ? labels : output;
    InputVolumes.requireExists("labels", start);
    try (Volume earlier = open(start)) {
      return PaintedLabels.of(volume, earlier, key, saved, running);
    }
  }
}
