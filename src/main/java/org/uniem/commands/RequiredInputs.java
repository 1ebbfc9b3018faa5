package org.uniem.commands;

import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.widget.InputHarvester;
import org.uniem.job.BadParameterException;

/** Says after the dialog what is missing, before SciJava does so in fewer words. */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY - 0.5)
public class RequiredInputs extends AbstractPreprocessorPlugin {

  @Override
  public void process(Module module) {
    if (module.getDelegateObject() instanceof DialogCommand command) {
      try {
        CommandParameters.requireGiven(command);
      } catch (BadParameterException e) {
        RunningMacro.abort();
        cancel(e.getMessage());
      }
    }
  }
}
