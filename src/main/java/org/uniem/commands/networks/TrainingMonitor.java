package org.uniem.commands.networks;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.uniem.commands.dialogs.WindowCommand;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.viewers.monitor.TrainingMonitorWindow;

/** Shows how a training goes or went, of this or another process. */
@Plugin(
    type = Command.class,
    name = "training-monitor",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Networks", weight = 1, mnemonic = 'n'),
      @Menu(label = "Training Monitor...", weight = 0.5, mnemonic = 'm')
    },
    headless = true,
    description = "Shows the curves and previews of a training while it runs, or after its end")
public class TrainingMonitor extends WindowCommand {

  @Parameter(required = false)
  private TrainingMonitors monitors;

  @Parameter(
      label = "Model",
      description =
          "folder of a running or ended training; empty for the newest one of this session",
      style = "directory",
      required = false,
      persist = false,
      initializer = "proposeNewest")
  File model;

  // With a single file as its only parameter, a command gets no dialog but a bare file chooser.
  @Parameter(
      label = "Logarithmic loss",
      description = "shows losses on a logarithmic axis at first; the window can change it",
      persist = false)
  boolean logarithmic = true;

  /** Fills the dialog; a macro that leaves the model out means the same. */
  void proposeNewest() {
    if (model == null) {
      model = newest().map(Path::toFile).orElse(null);
    }
  }

  private Optional<Path> newest() {
    return Optional.ofNullable(monitors).flatMap(TrainingMonitors::newest);
  }

  @Override
  protected void open(PluginService plugins, Job running) {
    Path folder = folder();
    if (!newest().equals(Optional.of(folder))) {
      Paths.requireExists("model", folder);
      if (!TrainingMonitorWindow.isTraining(folder)) {
        throw new BadInputException(
            "No training has left its records in "
                + folder
                + ": give the model folder of a training, which holds a folder named training.");
      }
    }
    if (GraphicsEnvironment.isHeadless() || monitors == null) {
      throw new ResourceException(
          "The training monitor is a window and there is no display: start Fiji with one, or look"
              + " at training/log.csv in "
              + folder
              + ", or give that folder to TensorBoard.");
    }
    monitors.open(folder, logarithmic);
  }

  private Path folder() {
    if (model != null && !model.getPath().isEmpty()) {
      return model.toPath().toAbsolutePath().normalize();
    }
    return newest()
        .orElseThrow(
            () ->
                new BadParameterException(
                    "No training was started in this session: give model=, the folder of a"
                        + " training that runs or has ended."));
  }
}
