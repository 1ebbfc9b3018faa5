package org.uniem.commands.dialogs;

import org.scijava.module.Module;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.widget.InputHarvester;
import org.uniem.commands.parameters.CommandParameters;

/** Says after the dialog what is missing, before SciJava does so in fewer words. */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY - 0.5)
public class RequiredInputs extends SuitePreprocessor {

  @Override
  void prepare(Module module, DialogCommand command) {
    CommandParameters.requireGiven(command);
  }
}
