package org.uniem.commands.networks;

import java.io.File;
import java.nio.file.Path;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.job.Job;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.inference.SavedModelExport;

/** Exports a model for use in other TensorFlow programs. */
@Plugin(
    type = Command.class,
    name = "export-model",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Networks", weight = 1, mnemonic = 'n'),
      @Menu(label = "Export Model...", weight = 2, mnemonic = 'e')
    },
    headless = true,
    description = "Exports a model as TensorFlow SavedModel")
public class ExportModel extends UniEmCommand {

  @Parameter(
      label = "Model",
      description = "model folder made by train-network",
      style = "directory")
  File model;

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description = "new folder that becomes the SavedModel",
      style = "save",
      persist = false)
  File output;

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  @Override
  protected Path execute(Job job) {
    SavedModelExport.export(
        ModelFolder.open(model.toPath()), output.toPath(), new TensorFlowRuntime("cpu", 0));
    return output.toPath();
  }
}
