package org.uniem.commands.dialogs;

import java.awt.GraphicsEnvironment;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.uniem.job.UniemException;

/**
 * A step before a command of this suite runs; others pass untouched. What it refuses cancels the
 * command with one sentence and ends a running macro.
 */
abstract class SuitePreprocessor extends AbstractPreprocessorPlugin {

  @Parameter(required = false)
  private LogService log;

  /**
   * Prepares the parameters.
   *
   * @throws UniemException if they cannot be used
   */
  abstract void prepare(Module module, DialogCommand command);

  @Override
  public final void process(Module module) {
    if (module.getDelegateObject() instanceof DialogCommand command) {
      try {
        prepare(module, command);
      } catch (UniemException e) {
        // With a display, Fiji shows the reason in a dialog; without, nobody would.
        if (log != null && GraphicsEnvironment.isHeadless()) {
          log.error(command.getClass().getAnnotation(Plugin.class).name() + ": " + e.getMessage());
        }
        RunningMacro.abort();
        cancel(e.getMessage());
      }
    }
  }
}
