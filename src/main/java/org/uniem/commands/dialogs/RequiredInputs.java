package org.uniem.commands.dialogs;

import java.util.List;
import java.util.Optional;
import org.scijava.module.Module;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.ui.DialogPrompt.MessageType;
import org.scijava.ui.UIService;
import org.scijava.widget.InputHarvester;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.job.UniemException;

/**
 * Says after the dialog what is missing or wrong, and opens it again with what was typed. Without a
 * dialog it says what is missing, before SciJava does so in fewer words.
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY - 0.5)
public class RequiredInputs extends SuitePreprocessor {

  @Parameter(required = false)
  private UnfinishedDialogs unfinished;

  @Parameter(required = false)
  private PluginService plugins;

  @Parameter(required = false)
  private UIService windows;

  @Override
  void prepare(Module module, DialogCommand command) {
    Optional<List<String>> shown = Optional.ofNullable(unfinished).flatMap(d -> d.shown(module));
    if (shown.isEmpty() || windows == null || plugins == null) {
      CommandParameters.requireGiven(command);
      return;
    }
    while (true) {
      try {
        command.checkInputs();
        return;
      } catch (UniemException e) {
        windows.showDialog(
            DialogCommand.inLines(e.getMessage()), title(module), MessageType.ERROR_MESSAGE);
        if (!asksAgain(module, shown.get())) {
          return;
        }
      }
    }
  }

  private static String title(Module module) {
    return module.getInfo().getMenuPath().getLeaf().getName().replace("...", "");
  }

  /** Whether the user has confirmed the dialog; else this step has cancelled the command. */
  private boolean asksAgain(Module module, List<String> inputs) {
    inputs.forEach(module::unresolveInput);
    for (PreprocessorPlugin step : plugins.createInstancesOfType(PreprocessorPlugin.class)) {
      if (step instanceof InputHarvester) {
        step.process(module);
        if (step.isCanceled()) {
          cancel(step.getCancelReason());
          return false;
        }
      }
    }
    return true;
  }
}
